import { setTimeout } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';

import { counted, plainLine } from '../../core/text/plain.ts';
import type { Check } from '../../pipeline/examine-home/check.ts';
import { examine } from '../compose/doctor.ts';
import { withParts } from '../compose/home.ts';
import { EXIT } from '../exit-codes.ts';
import { type End, type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withHomeOptions } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { table } from '../render/table.ts';

interface DoctorOptions extends CommonOptions {
  readonly patience: number;
}

/** `doctor`: walks the way of an image through the home, and says what is not well. */
export function doctorCommand(io: Io, end: End): Command {
  return withHomeOptions(new Command('doctor'))
    .description('walk the way of an image through the home: what is not well, and what to do about it')
    .option('--patience <seconds>', 'how long to wait before looking again at what should move', readSeconds, 10)
    .addHelpText('after', '\nExit codes: 0 all is well, 1 something is not, 70 the home can not be opened.')
    .action(async ({ data, home, json, patience }: DoctorOptions) => {
      await withParts({ home, data }, io, async (opened) => {
        const checks = await examine(opened, {
          now: io.now,
          waitAWhile: () => setTimeout(patience * 1000, undefined, { signal: io.signal }),
        });
        const allWell = checks.every(({ well }) => well);
        if (json === true) printJson(io, { well: allWell, checks });
        else print(io, render(checks, io));
        end(allWell ? EXIT.go : EXIT['no-go']);
      });
    });
}

function render(checks: readonly Check[], io: Io): string {
  const colours = coloursFor(io.stdout);
  const rows = table(
    checks.map(({ id, well, says }) => [well ? colours.good('✓') : colours.bad('✗'), id, plainLine(says)]),
  );
  const lines = checks.flatMap(({ next }, at) => [
    rows[at] ?? '',
    ...(next === null ? [] : next.split('\n').map((line) => `     ${plainLine(line)}`)),
  ]);
  const ill = checks.filter(({ well }) => !well).length;
  const sum = ill === 0 ? 'All is well.' : `${counted(ill, 'thing')} of ${String(checks.length)} not well.`;
  return [...lines, '', sum].join('\n');
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d{1,3}$/u.test(text)) throw new InvalidArgumentError('It is a number of seconds, 0 to 999.');
  return seconds;
}
