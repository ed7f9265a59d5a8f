import { Command, Option } from 'commander';

import type { Digest } from '../../core/image/digest.ts';
import type { Stage } from '../../core/image/stage.ts';
import { plainLine } from '../../core/text/plain.ts';
import { everyRow } from '../../pipeline/operations/every-row.ts';
import { evidenceAddOperation, evidenceListOperation } from '../../pipeline/validations/operations.ts';
import type { Validation } from '../../pipeline/validations/read-validations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, stagesOption, withCommon } from '../options.ts';
import { readDigest } from './risk-changes.ts';

/** `evidence add` and `evidence list`: what somebody from outside found of an asset. */
export function evidenceCommand(io: Io): Command {
  const command = new Command('evidence').description(
    'external validations: who looked at an asset, and what came of it',
  );
  command.addCommand(addCommand(io));
  command.addCommand(listCommand(io));
  return command;
}

interface AddOptions extends CommonOptions {
  readonly asset: string;
  readonly who: string;
  readonly scope: string;
  readonly stage: readonly Stage[];
  readonly date: string;
  readonly outcome: Validation['outcome'];
  readonly report?: Digest;
}

function addCommand(io: Io): Command {
  return withCommon(new Command('add'))
    .description('record an external validation; criteria may ask for one not older than some days (validated.days)')
    .requiredOption('--asset <id>', 'an asset of the appetite')
    .requiredOption('--who <name>', 'who did it')
    .requiredOption('--scope <text>', 'what they looked at')
    .addOption(stagesOption().makeOptionMandatory())
    .requiredOption('--date <day>', 'when: YYYY-MM-DD')
    .addOption(new Option('--outcome <outcome>', 'what came of it').choices(['passed', 'failed']).makeOptionMandatory())
    .option('--report <sha256>', 'the hash of the report', readDigest)
    .addHelpText(
      'after',
      '\nExample:\n  cavendish evidence add --asset shop --who "Example Pen Testers" --scope "web front" --stage production --date 2026-11-20 --outcome passed --report "$(sha256sum report.pdf | cut -c1-64)"',
    )
    .action(async ({ as, data, home, json, stage, report, ...given }: AddOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const { asset, who, scope, date, outcome } = given;
        const told = { asset, who, scope, date, outcome, report: report ?? null, stages: [...stage] };
        const validation = await operate(evidenceAddOperation, told);
        if (json === true) printJson(io, validation);
        else print(io, `${lineOf(validation)}\nWhat the asset runs is judged again.`);
      });
    });
}

function listCommand(io: Io): Command {
  return withCommon(new Command('list'))
    .description('the external validations of an asset, the oldest first')
    .requiredOption('--asset <id>', 'an asset of the appetite')
    .action(async ({ as, data, home, json, asset }: CommonOptions & { readonly asset: string }) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const rows = await everyRow((page) => operate(evidenceListOperation, { asset, ...page }));
        if (json === true) printJson(io, rows);
        else print(io, rows.length === 0 ? 'None was recorded.' : rows.map(lineOf).join('\n'));
      });
    });
}

function lineOf({ asset, who, scope, stages, date, outcome, report }: Validation): string {
  const hash = report ?? 'no report';
  return plainLine(
    `${date.slice(0, 10)}  ${asset}  ${outcome} for ${stages.join(', ')}  by ${who}: ${scope} (${hash})`,
  );
}
