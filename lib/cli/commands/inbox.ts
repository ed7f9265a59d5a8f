import { Command } from 'commander';

import { plainLine } from '../../core/text/plain.ts';
import { openLaptop } from '../compose/laptop.ts';
import { noticesIn } from '../compose/notices.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { table } from '../render/table.ts';

/** `inbox`: the notices. */
export function inboxCommand(io: Io): Command {
  return withCommon(new Command('inbox'))
    .description('the notices that went out')
    .action(async ({ data, json }: CommonOptions) => {
      const laptop = await openLaptop({ data, as: 'read', now: io.now() });
      try {
        const notices = await noticesIn(laptop);
        if (json === true) printJson(io, notices);
        else if (notices.length === 0) print(io, 'No notice yet: one goes out when the outcome of an image changes.');
        else {
          const rows = notices.map(({ at, to, subject, file }) => [
            at.slice(0, 16),
            plainLine(to),
            plainLine(subject),
            file,
          ]);
          print(io, table([['AS OF (UTC)', 'TO', 'SUBJECT', 'FILE'], ...rows]).join('\n'));
          print(io, `\nThe files are in ${laptop.home.paths.inbox}`);
        }
      } finally {
        await laptop.close();
      }
    });
}
