import { z } from 'zod';

import { callerOf } from '../../lib/core/people/caller.ts';
import { openSubscriberTopics } from '../shared/announcing/compose.ts';
import { type Environment, readSetting } from '../shared/environment.ts';
import { openHome } from '../shared/home/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  const { queue: work, appetite: appetiteNow, ...stores } = openHome(environment, tools);
  const trusted = readSetting(environment, 'trustedSessionRoles', z.array(z.string())) ?? [];
  const topics = openSubscriberTopics(environment, tools);
  return createHandler({
    ...tools,
    trusted,
    contextOf: async (principal) => {
      const appetite = await appetiteNow();
      return {
        ...stores,
        work,
        topics,
        appetite,
        at: new Date().toISOString(),
        caller: callerOf(appetite.value, principal, true),
      };
    },
  });
}
