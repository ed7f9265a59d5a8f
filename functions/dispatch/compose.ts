import { readEntry } from '../../lib/adapters/aws/register/entry.ts';
import { OUTBOX, TABLE_KEY } from '../../lib/stacks/register-table/names.ts';
import type { Environment } from '../shared/environment.ts';
import { openQueues } from '../shared/queues/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  return createHandler({
    ...tools,
    ...openQueues(environment, tools),
    readEntry: ({ eventName, dynamodb }) => {
      const image = dynamodb?.NewImage;
      if (eventName !== 'INSERT' || image?.[TABLE_KEY.sort]?.S !== OUTBOX.sort) return null;
      const { id, type } = readEntry(image as Parameters<typeof readEntry>[0]);
      return { id, type };
    },
  });
}
