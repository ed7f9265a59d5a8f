import { announceVerdicts } from '../../lib/pipeline/announce/announce-verdicts.ts';
import { pacingBy } from '../../lib/pipeline/announce/pacing.ts';
import { adviser } from '../../lib/pipeline/lineage/advise.ts';
import { subscribersOf } from '../../lib/pipeline/subscribers/read-subscribers.ts';
import { openAnnouncing } from '../shared/announcing/compose.ts';
import type { Environment } from '../shared/environment.ts';
import { openHome } from '../shared/home/compose.ts';
import { openQueues } from '../shared/queues/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  const { queue, appetite, ...stores } = openHome(environment, tools);
  const clock = (): Date => new Date();
  const whom = { ...stores, ...openAnnouncing(environment, tools) };
  const announcing = { ...whom, ...pacingBy(appetite, clock, whom) };
  return createHandler({
    ...tools,
    ...openQueues(environment, tools),
    source: 'announce',
    queue,
    clock,
    ready: appetite,
    announce: async (works, count) => {
      const { value } = await appetite();
      const advise = adviser(new Date().toISOString(), stores);
      const subscribers = await subscribersOf(announcing.ofStack, announcing, value);
      const told = await announceVerdicts(works, {
        ...{ ...announcing, subscribers, advise },
        fallbackOwner: value.unnamed.owner,
      });
      count('noticesSent', told.noticesSent);
      count('noticesHeldBack', told.noticesHeldBack);
      return told.failures;
    },
  });
}
