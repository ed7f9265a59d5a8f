/** `appetite adopt FILE --why REASON`, `appetite history`: which version counts, and which did. */
import { Command } from 'commander';

import type { Adoption } from '../../core/appetite/adoption.ts';
import { shortDigest } from '../../core/image/digest.ts';
import { callerName } from '../../core/people/caller.ts';
import { plainLine } from '../../core/text/plain.ts';
import { adoptOperation, historyOperation } from '../../pipeline/appetite/operations.ts';
import { everyRow } from '../../pipeline/operations/every-row.ts';
import { appetiteVersion } from '../compose/appetite-version.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { table } from '../render/table.ts';

interface AdoptOptions extends CommonOptions {
  readonly why: string;
}

export function adoptCommand(io: Io): Command {
  return withCommon(new Command('adopt'))
    .description('put a version in force: everything is judged again by it, without a restart')
    .argument('<version>', 'a file, a preset, or a digest of an earlier version')
    .requiredOption('--why <reason>', 'why, in a line: it is kept')
    .action(async (version: string, { as, data, home, json, why }: AdoptOptions) => {
      const { text, source, name } = await appetiteVersion(version, { as, data, home }, io);
      await withHome({ home, data, as, mode: 'beside' }, io, async ({ operate }) => {
        const adopted = await operate(adoptOperation, { text, name, why });
        const { adoption, changed } = adopted;
        if (json === true) printJson(io, adopted);
        else if (!changed) print(io, `${plainLine(source)} is in force already, since ${adoption.at}.`);
        else {
          print(io, `${plainLine(source)} is in force: ${adoption.hash}`);
          if (adoption.before === adoption.hash) print(io, 'Everything is judged by it already.');
          else print(io, `Everything is judged again by it. What changed: ${diffOf(adoption)}`);
        }
      });
    });
}

function diffOf({ before, hash }: Adoption): string {
  return `cavendish appetite diff ${shortDigest(before)} ${shortDigest(hash)}`;
}

export function historyCommand(io: Io): Command {
  return withCommon(new Command('history'))
    .description('which versions were put in force, when, by whom and why')
    .action(async ({ as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const adoptions = await everyRow((page) => operate(historyOperation, page));
        if (json === true) printJson(io, adoptions);
        else print(io, adoptions.length === 0 ? NOTHING : render(adoptions));
      });
    });
}

const NOTHING =
  'Nothing was adopted yet: what comes with the home counts. To put a file in force: cavendish appetite adopt FILE --why REASON';

function render(adoptions: readonly Adoption[]): string {
  const rows = adoptions.map(({ at, hash, name, by, why }) => [
    `${at.slice(0, 16).replace('T', ' ')} UTC`,
    shortDigest(hash),
    ...[name, callerName(by), why].map(plainLine),
  ]);
  return table([['ADOPTED', 'VERSION', 'FILE', 'BY', 'WHY'], ...rows]).join('\n');
}
