import type { Environment } from '../shared/environment.ts';
import { openHome } from '../shared/home/compose.ts';
import { openQueues } from '../shared/queues/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  const { queue, appetite, ...stores } = openHome(environment, tools);
  return createHandler({
    ...tools,
    ...openQueues(environment, tools),
    source: 'judge',
    queue,
    clock: () => new Date(),
    judging: async () => ({ ...stores, appetite: await appetite() }),
  });
}
