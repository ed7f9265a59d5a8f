import { remind } from '../../lib/pipeline/reminders/remind.ts';
import type { Environment } from '../shared/environment.ts';
import { openHome } from '../shared/home/compose.ts';
import { openQueues } from '../shared/queues/compose.ts';
import { openTimers } from '../shared/timers/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  const { queue, appetite, register } = openHome(environment, tools);
  const timers = openTimers(environment, tools);
  return createHandler({
    ...tools,
    ...openQueues(environment, tools),
    source: 'remind',
    queue,
    clock: () => new Date(),
    handlers: () => Promise.resolve({}),
    remind: async (ladder) => {
      const { value } = await appetite();
      const { outcome } = await remind(ladder, new Date(), {
        ...{ register, timers, appetite: value },
        dated: () => Promise.resolve(null),
        post: { deliver: () => Promise.resolve(null) },
        onUnreachable: () => Promise.resolve(),
      });
      return outcome;
    },
  });
}
