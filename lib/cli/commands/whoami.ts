import { Command } from 'commander';

import { callerName } from '../../core/people/caller.ts';
import { plainLine } from '../../core/text/plain.ts';
import { whoamiOperation } from '../../pipeline/operations/whoami.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';

/** `whoami`: who the home takes the caller for. */
export function whoamiCommand(io: Io): Command {
  return withCommon(new Command('whoami'))
    .description('who the home takes you for, and what you may do')
    .action(async ({ as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const me = await operate(whoamiOperation, {});
        if (json === true) printJson(io, me);
        else print(io, render(me));
      });
    });
}

function render(me: Awaited<ReturnType<typeof whoamiOperation.run>>): string {
  const { person, roles, enforced, may } = me;
  return [
    callerName(me),
    person === null
      ? 'The appetite names nobody with this principal: it may only request.'
      : `Roles: ${roles.join(', ')}`,
    `May: ${may.join(', ')}`,
    ...(enforced ? [] : ['On a laptop this is a record and no proof: anybody can give any name (--as).']),
  ]
    .map(plainLine)
    .join('\n');
}
