import { pacingBy } from '../../lib/pipeline/announce/pacing.ts';
import { reminderHandlers } from '../../lib/pipeline/reminders/plan-reminders.ts';
import { remind } from '../../lib/pipeline/reminders/remind.ts';
import { topicsOfSubscribers } from '../../lib/pipeline/subscribers/read-subscribers.ts';
import { openAnnouncing } from '../shared/announcing/compose.ts';
import type { Environment } from '../shared/environment.ts';
import { openHome } from '../shared/home/compose.ts';
import { openQueues } from '../shared/queues/compose.ts';
import { remindingOf } from '../shared/reminding.ts';
import { tellingExceptions } from '../shared/telling-exceptions.ts';
import { openTimers } from '../shared/timers/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  const home = openHome(environment, tools);
  const now = (): Date => new Date();
  const whom = { ...home, ...openAnnouncing(environment, tools) };
  const announcing = { ...whom, ...pacingBy(home.appetite, now, whom) };
  const timers = openTimers(environment, tools);
  const readers = () => topicsOfSubscribers(announcing.ofStack, announcing);
  const reminding = remindingOf({ ...announcing, timers, readers });
  return createHandler({
    ...tools,
    ...openQueues(environment, tools),
    source: 'remind',
    queue: home.queue,
    clock: now,
    handlers: async () => {
      const parts = await reminding();
      const { post } = parts;
      return {
        ...reminderHandlers({ reminding: parts, now }),
        ...tellingExceptions({ ...announcing, post }),
      };
    },
    remind: async (ladder) => (await remind(ladder, now(), await reminding())).outcome,
  });
}
