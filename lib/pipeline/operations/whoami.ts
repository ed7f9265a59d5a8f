/** Who the home takes the caller for, and what they may do. */
import { z } from 'zod';

import { mayCall, type OperationName, PERMISSIONS } from '../../core/people/permissions.ts';
import { operation } from './operation.ts';

export const whoamiOperation = operation({
  name: 'whoami',
  changes: false,
  input: z.strictObject({}),
  run: (_, { caller }) => {
    const { principal, person, roles, enforced } = caller;
    const names = Object.keys(PERMISSIONS) as OperationName[];
    return Promise.resolve({ principal, person, roles, enforced, may: names.filter((name) => mayCall(name, roles)) });
  },
});
