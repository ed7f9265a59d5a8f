import { Command } from 'commander';

import { CavendishError } from '../../core/errors/error.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { DeadLetter, Entry } from '../../pipeline/dead-letters/dead-letter.ts';
import { redrive, type Redriven } from '../../pipeline/dead-letters/redrive.ts';
import { withDeadLetters } from '../compose/dead-letters.ts';
import { withParts } from '../compose/home.ts';
import { EXIT } from '../exit-codes.ts';
import { type End, type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withHomeOptions } from '../options.ts';
import { table } from '../render/table.ts';

interface ChosenOptions extends CommonOptions {
  readonly id?: readonly string[];
  readonly all?: boolean;
}

const LONGEST_CAUSE = 100;

/** `dead-letters list`, which is also meant where nothing is said, `redrive` and `discard`. */
export function deadLettersCommand(io: Io, end: End): Command {
  const command = new Command('dead-letters').description('what could not be done or read: see it, send it again');
  command.addCommand(listCommand(io), { isDefault: true });
  command.addCommand(redriveCommand(io, end));
  command.addCommand(discardCommand(io));
  return command;
}

function listCommand(io: Io): Command {
  return withHomeOptions(new Command('list'))
    .description('what could not be done or read, with its cause')
    .action(async ({ data, home, json }: CommonOptions) => {
      await withParts({ home, data }, io, async (opened) => {
        await withDeadLetters(opened, ({ entries, taken }) => {
          if (json === true) printJson(io, entries.map(documentOf));
          else print(io, render(entries, taken.complete));
          return Promise.resolve();
        });
      });
    });
}

function redriveCommand(io: Io, end: End): Command {
  return withHomeOptions(new Command('redrive'))
    .description('send them where they came from, to be tried again')
    .option('--id <id...>', 'these')
    .option('--all', 'all of them')
    .addHelpText('after', '\nExit codes: 0 all were sent, 1 some stay where they are, 70 failure.')
    .action(async ({ data, home, json, id, all }: ChosenOptions) => {
      if ((id === undefined) === (all !== true)) {
        throw new CavendishError('wrong-use', 'it is not said which', { next: 'Say --id ID, or --all.' });
      }
      await withParts({ home, data }, io, async (opened) => {
        await withDeadLetters(opened, async ({ entries, taken, ports }) => {
          const redriven: Redriven[] = [];
          for (const entry of chosen(entries, id)) {
            const one = await redrive(entry, taken, ports);
            redriven.push(one);
            if (json !== true) print(io, `${plainLine(one.id)}: ${plainLine(one.says)}`);
          }
          if (json === true) printJson(io, redriven);
          else if (redriven.length === 0) print(io, 'There are none.');
          end(redriven.every(({ to }) => to !== null) ? EXIT.go : EXIT['no-go']);
        });
      });
    });
}

function discardCommand(io: Io): Command {
  return withHomeOptions(new Command('discard'))
    .description('take letters away for good, when you have seen to them; they are printed as they came')
    .requiredOption('--id <id...>', 'these')
    .action(async ({ data, home, id = [] }: ChosenOptions) => {
      await withParts({ home, data }, io, async (opened) => {
        await withDeadLetters(opened, async ({ entries, taken }) => {
          const gone = chosen(entries, id);
          const kept = gone.find(({ buried }) => buried);
          if (kept !== undefined) {
            throw new CavendishError(
              'wrong-use',
              `${kept.id} is work that was set aside, and nothing of it disappears`,
              {
                next: `Try it again: cavendish dead-letters redrive --id ${kept.id}`,
              },
            );
          }
          // Printed first: who has read them can write them again.
          printJson(io, gone.map(documentOf));
          for (const letter of gone.flatMap(({ letters }) => letters)) await taken.remove(letter);
        });
      });
    });
}

function chosen(entries: readonly Entry[], ids: readonly string[] | undefined): readonly Entry[] {
  if (ids === undefined) return entries;
  return ids.map((id) => {
    const entry = entries.find((one) => one.id === id);
    if (entry !== undefined) return entry;
    throw new CavendishError('not-found', `there is no dead letter ${id}`, {
      next: 'See which there are: cavendish dead-letters. One that somebody else looks at is back in five minutes.',
    });
  });
}

function documentOf({ id, source, cause, at, work, body }: Entry): DeadLetter {
  return { id, source, cause, at, work, body };
}

function render(entries: readonly Entry[], complete: boolean): string {
  if (entries.length === 0) return 'None.';
  const rows = entries.map(({ id, source, cause, at, work }) => [
    at === null ? '-' : `${at.slice(0, 16).replace('T', ' ')} UTC`,
    source,
    work ?? '-',
    plainLine(id),
    plainLine(cause.length > LONGEST_CAUSE ? `${cause.slice(0, LONGEST_CAUSE - 3)}...` : cause),
  ]);
  return [
    ...table([['SINCE', 'FROM', 'WORK', 'ID', 'CAUSE'], ...rows]),
    '',
    `${counted(entries.length, 'dead letter')}${complete ? '' : ', and more behind them'}. Whole: --json. Try again: cavendish dead-letters redrive --id ID, or --all`,
  ].join('\n');
}
