import { pacingBy } from '../../lib/pipeline/announce/pacing.ts';
import { tellSubscribers } from '../../lib/pipeline/announce/tell-subscribers.ts';
import { subscribersOf } from '../../lib/pipeline/subscribers/read-subscribers.ts';
import { openAnnouncing } from '../shared/announcing/compose.ts';
import type { Environment } from '../shared/environment.ts';
import { openHome } from '../shared/home/compose.ts';
import { openQueues } from '../shared/queues/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

/** A page takes seconds to minutes; a message that comes too early costs two reads. */
const LOOK_AGAIN_SECONDS = 15;

/** A refresh brings one feed after the other. */
const SETTLE_SECONDS = 60;

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  const { queue, appetite, ...stores } = openHome(environment, tools);
  const now = (): Date => new Date();
  const whom = { ...stores, ...openAnnouncing(environment, tools) };
  const announcing = { ...whom, ...pacingBy(appetite, now, whom) };
  return createHandler({
    ...tools,
    ...openQueues(environment, tools),
    source: 'again',
    queue,
    clock: now,
    handling: async () => ({
      ...announcing,
      appetite: await appetite(),
      asOf: () => null,
      everySeconds: LOOK_AGAIN_SECONDS,
      settleSeconds: SETTLE_SECONDS,
      tell: async (entries, round, mustBeSaid) => {
        const subscribers = await subscribersOf(announcing.ofStack, announcing, (await appetite()).value);
        return await tellSubscribers(entries, round, mustBeSaid, { ...announcing, subscribers });
      },
    }),
  });
}
