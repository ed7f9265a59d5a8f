import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';

import { type Stage, STAGES } from '../../core/image/stage.ts';
import { counted } from '../../core/text/plain.ts';
import { sightOperation } from '../../pipeline/sightings/operations.ts';
import type { ReportedPlace } from '../../pipeline/sightings/report-place.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, readInstant, readWhere, withCommon } from '../options.ts';
import { sightingLine } from '../render/sighting.ts';

interface SightOptions extends CommonOptions {
  readonly where: string;
  readonly environment: Stage;
  readonly ended?: boolean;
  readonly only?: boolean;
  readonly at?: string;
}

/** `sight IMAGE… --where W`: tells that images run somewhere, or ended. */
export function sightCommand(io: Io): Command {
  return withCommon(new Command('sight'))
    .description('tell that images run somewhere: what runs in production is judged for production')
    .argument('<image...>', 'digests, references, names on the board; or - for one a line on standard input')
    .requiredOption('--where <place>', 'where they run: a cluster, a host, a namespace', readWhere)
    .addOption(new Option('--environment <environment>', 'what the place is').choices(STAGES).default('production'))
    .addOption(new Option('--ended', 'they run there no longer').conflicts('only'))
    .option('--only', 'nothing else runs there: what was told of the place before has ended')
    .option('--at <instant>', 'when it was seen (default: now)', readInstant)
    .action(async (given: readonly string[], options: SightOptions) => {
      const { as, data, home, json, where, environment, ended = false, only = false } = options;
      const names = given.length === 1 && given[0] === '-' ? linesOf(await text(io.stdin)) : given;
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const report = { names, where, environment, ended, only, at: options.at ?? null };
        const told = await operate(sightOperation, report);
        if (json === true) printJson(io, told.sightings);
        else print(io, [...told.sightings.map(sightingLine), ...othersLine(told, where)].join('\n'));
      });
    });
}

function linesOf(input: string): readonly string[] {
  return input.split(/\s+/u).filter((line) => line !== '');
}

function othersLine({ sightings, othersEnded }: ReportedPlace, where: string): readonly string[] {
  if (othersEnded > 0) return [`${counted(othersEnded, 'other')} ended in ${where}`];
  return sightings.length === 0 ? [`Nothing runs in ${where}, as before`] : [];
}
