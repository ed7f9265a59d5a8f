import { Command } from 'commander';

import { icalendarOf } from '../../core/reminders/icalendar.ts';
import { everyRow } from '../../pipeline/operations/every-row.ts';
import { remindersAckOperation, remindersListOperation } from '../../pipeline/reminders/operations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { acknowledgedText, remindersText } from '../render/reminders.ts';

const MINE = 'only what you are told of before it is overdue';

/** `reminders list`, which is also meant where nothing is said, `ack` and `calendar`. */
export function remindersCommand(io: Io): Command {
  const command = new Command('reminders').description('what comes due, and when people hear of it next');
  command.addCommand(listCommand(io), { isDefault: true });
  command.addCommand(ackCommand(io));
  command.addCommand(calendarCommand(io));
  return command;
}

interface ListOptions extends CommonOptions {
  readonly all?: boolean;
  readonly mine?: boolean;
  readonly asset?: string;
}

function listCommand(io: Io): Command {
  return withCommon(new Command('list'))
    .description('what comes due, the soonest first')
    .option('--all', 'also what somebody acknowledged, and what nobody hears of any more')
    .option('--mine', MINE)
    .option('--asset <id>', 'only of this asset')
    .action(async ({ as, data, home, json, all = false, mine = false, asset }: ListOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const filter = { all, mine, asset: asset ?? null };
        const rows = await everyRow((page) => operate(remindersListOperation, { ...filter, ...page }));
        if (json === true) printJson(io, rows);
        else print(io, remindersText(rows, io));
      });
    });
}

function calendarCommand(io: Io): Command {
  return withCommon(new Command('calendar'))
    .description('every date that is open as iCalendar; taken in again, what moved moves')
    .option('--mine', MINE)
    .option('--asset <id>', 'only of this asset')
    .addHelpText('after', '\nExample:\n  cavendish reminders calendar --mine > dates.ics')
    .action(async ({ as, data, home, json, mine = false, asset }: Omit<ListOptions, 'all'>) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const filter = { all: true, mine, asset: asset ?? null };
        const entries = await everyRow((page) => operate(remindersListOperation, { ...filter, ...page }));
        if (json === true) printJson(io, entries);
        else io.stdout.write(icalendarOf({ entries, at: io.now().toISOString(), from: null }));
      });
    });
}

interface AckOptions extends CommonOptions {
  readonly until?: string;
  readonly why?: string;
}

function ackCommand(io: Io): Command {
  return withCommon(new Command('ack'))
    .description('say that you know: nobody hears of it until its date changes, or until a day')
    .argument('<reminder>', 'as in expiry:EX-…, review:EX-…, risk:RISK-…, evidence:ASSET, approval:sha256:…')
    .option('--until <date>', 'to the end of this day, or until this instant; left out: until its date changes')
    .option('--why <reason>', 'in a sentence; it stays in the register')
    .addHelpText(
      'after',
      '\nExample:\n  cavendish reminders ack expiry:EX-… --until 2027-01-31 --why "the release is planned"',
    )
    .action(async (ladder: string, { as, data, home, json, until, why }: AckOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const acknowledged = await operate(remindersAckOperation, { ladder, until: until ?? null, why: why ?? null });
        if (json === true) printJson(io, acknowledged);
        else print(io, acknowledgedText(acknowledged));
      });
    });
}
