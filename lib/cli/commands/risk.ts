import { Command, InvalidArgumentError, Option } from 'commander';

import { type Stage, STAGES } from '../../core/image/stage.ts';
import { type Risk, RISK_STATES, type Treatment, TREATMENTS } from '../../core/risks/risk.ts';
import { everyRow } from '../../pipeline/operations/every-row.ts';
import { riskHistoryOperation, riskListOperation, riskShowOperation } from '../../pipeline/risks/operations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, readCount, readInstant, withCommon } from '../options.ts';
import { historyText, listText, riskText } from '../render/risk.ts';
import { riskAddCommand, riskAssignCommand, riskCloseCommand, riskTreatCommand } from './risk-changes.ts';

/** `risk list`, which is also meant where nothing is said, `show`, `history`, and what people do to risks. */
export function riskCommand(io: Io): Command {
  const command = new Command('risk').description(
    'the risk register: what is wrong with which asset, and what is done about it',
  );
  command.addCommand(listCommand(io), { isDefault: true });
  for (const one of [
    ...[showCommand(io), historyCommand(io)],
    ...[riskAddCommand(io), riskTreatCommand(io), riskAssignCommand(io), riskCloseCommand(io)],
  ]) {
    command.addCommand(one);
  }
  return command;
}

export interface FilterOptions {
  readonly owner?: string;
  readonly asset?: string;
  readonly stage?: Stage;
  readonly treatment?: Treatment['kind'];
  readonly due?: string;
  readonly at?: string;
}

export function withFilter(command: Command): Command {
  return command
    .option('--owner <name>', 'only what this person or team carries')
    .option('--asset <id>', 'only of this asset')
    .addOption(new Option('--stage <stage>', 'only what was seen in this stage').choices(STAGES))
    .addOption(new Option('--treatment <kind>', 'only what is treated so').choices(TREATMENTS))
    .option('--due <date>', 'only what is to be mitigated by then', readInstant)
    .option('--at <instant>', 'as it was recorded then (default: as it is)', readInstant);
}

export function filterOf({ owner, asset, stage, treatment, due, at }: FilterOptions) {
  return {
    ...{ owner: owner ?? null, asset: asset ?? null, stage: stage ?? null, treatment: treatment ?? null },
    ...{ due: due ?? null, at: at ?? null },
  };
}

interface ListOptions extends CommonOptions, FilterOptions {
  readonly state: Risk['state'] | 'any';
  readonly limit?: number;
  readonly after?: string;
}

function listCommand(io: Io): Command {
  return withFilter(withCommon(new Command('list')))
    .description('open risks, the greatest first; with --limit a page of them, in the order of assets')
    .addOption(new Option('--state <state>', 'in which state').choices([...RISK_STATES, 'any']).default('open'))
    .option('--limit <count>', 'one page of at most so many, at most 1000', readPageSize)
    .option('--after <cursor>', 'the page behind the one that said so')
    .action(async ({ as, data, home, json, state, limit, after, ...options }: ListOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const filter = { ...filterOf(options), state: state === 'any' ? null : state };
        if (limit !== undefined || after !== undefined) {
          const page = await operate(riskListOperation, { ...filter, limit: limit ?? 1000, after: after ?? null });
          if (json === true) printJson(io, page);
          else print(io, listText(page.rows, page.next, io));
          return;
        }
        const rows = greatestFirst(await everyRow((page) => operate(riskListOperation, { ...filter, ...page })));
        if (json === true) printJson(io, rows);
        else print(io, listText(rows, null, io));
      });
    });
}

function readPageSize(text: string): number {
  const size = readCount(text);
  if (size > 1000) throw new InvalidArgumentError('It is a number from 1 to 1000.');
  return size;
}

function greatestFirst(risks: readonly Risk[]): readonly Risk[] {
  return [...risks].sort((a, b) => b.scores.inherent - a.scores.inherent || (a.id < b.id ? -1 : 1));
}

function showCommand(io: Io): Command {
  return withCommon(new Command('show'))
    .description('one risk whole, with the placements that have it')
    .argument('<risk>', 'its id')
    .action(async (id: string, { as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const shown = await operate(riskShowOperation, { id });
        if (json === true) printJson(io, shown);
        else print(io, riskText(shown, io));
      });
    });
}

function historyCommand(io: Io): Command {
  return withCommon(new Command('history'))
    .description('every change of a risk: when, by whom and why')
    .argument('<risk>', 'its id')
    .action(async (id: string, { as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const changes = await everyRow((page) => operate(riskHistoryOperation, { id, ...page }));
        if (json === true) printJson(io, changes);
        else print(io, historyText(changes));
      });
    });
}
