import type { Environment } from '../shared/environment.ts';
import { openHome } from '../shared/home/compose.ts';
import { openQueues } from '../shared/queues/compose.ts';
import { openRegistries } from '../shared/registries/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  const { queue, appetite, ...stores } = openHome(environment, tools);
  const { images, referenceOf } = openRegistries(environment, tools);
  return createHandler({
    ...tools,
    ...openQueues(environment, tools),
    source: 'scan',
    queue,
    clock: () => new Date(),
    judging: async () => ({ ...stores, images, referenceOf, appetite: await appetite() }),
  });
}
