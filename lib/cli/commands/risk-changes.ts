import { Argument, Command, InvalidArgumentError, Option } from 'commander';

import { type Digest, isDigest } from '../../core/image/digest.ts';
import type { Stage } from '../../core/image/stage.ts';
import { SEVERITIES, type Severity } from '../../core/matching/finding.ts';
import { type Risk, type Treatment, TREATMENTS } from '../../core/risks/risk.ts';
import {
  riskAddOperation,
  riskAssignOperation,
  riskCloseOperation,
  riskTreatOperation,
} from '../../pipeline/risks/operations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, stagesOption, withCommon } from '../options.ts';
import { changedText } from '../render/risk.ts';

interface AddOptions extends CommonOptions {
  readonly asset: string;
  readonly title: string;
  readonly owner?: string;
  readonly stage: readonly Stage[];
  readonly severity: Severity;
  readonly likelihood?: number;
  readonly impact?: number;
  readonly control: readonly string[];
  readonly why?: string;
}

export function riskAddCommand(io: Io): Command {
  return withCommon(new Command('add'))
    .description('enter a risk that no scanner finds: of a penetration test, a missing control')
    .requiredOption('--asset <id>', 'an asset of the appetite, or repository:NAME')
    .requiredOption('--title <text>', 'what it is, in one line')
    .addOption(new Option('--severity <severity>', 'how bad it is').choices(SEVERITIES).makeOptionMandatory())
    .addOption(stagesOption().makeOptionMandatory())
    .option('--likelihood <0-1>', 'that it happens within 30 days; else what is usual', readShare)
    .option('--impact <0-1>', 'what it does; else by its severity', readShare)
    .option('--owner <name>', "who carries it (default: the asset's owner)")
    .option('--control <text>', 'what is done against it already; may be given several times', collect, [])
    .option('--why <text>', 'where it comes from')
    .addHelpText(
      'after',
      '\nExample:\n  cavendish risk add --asset shop --title "Session ids are guessable (pen test 2026, 4.2)" --severity high --stage production',
    )
    .action(async ({ as, data, home, json, stage, control, ...given }: AddOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const { asset, title, severity, owner = null, likelihood = null, impact = null, why = null } = given;
        const told = { asset, title, severity, owner, likelihood, impact, why };
        say(await operate(riskAddOperation, { ...told, stages: [...stage], controls: [...control] }), json, io);
      });
    });
}

interface TreatOptions extends CommonOptions {
  readonly due?: string;
  readonly exception?: string;
  readonly control?: readonly string[];
  readonly why: string;
}

export function riskTreatCommand(io: Io): Command {
  return withCommon(new Command('treat'))
    .description('say what is done about a risk; it changes no verdict: an exception does')
    .argument('<risk>', 'its id')
    .addArgument(new Argument('<treatment>', 'what is done').choices(TREATMENTS))
    .requiredOption('--why <text>', 'why so')
    .option('--due <date>', 'mitigate: to the end of this day where the programme is at home, or until an instant')
    .option('--exception <id>', 'accept: the exception that covers it')
    .option('--control <text>', 'what is done against it; replaces those that were named before', collect)
    .addHelpText(
      'after',
      '\nExamples:\n  cavendish risk treat RISK-… mitigate --due 2027-01-31 --why "moves to the next base"\n  cavendish risk treat RISK-… accept --exception EX-… --why "behind the proxy"',
    )
    .action(async (id: string, kind: Treatment['kind'], options: TreatOptions) => {
      const { as, data, home, json, due = null, exception = null, control, why } = options;
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const controls = control === undefined ? null : [...control];
        say(await operate(riskTreatOperation, { id, kind, due, exception, controls, why }), json, io);
      });
    });
}

export function riskAssignCommand(io: Io): Command {
  return withCommon(new Command('assign'))
    .description('say who carries a risk')
    .argument('<risk>', 'its id')
    .argument('[owner]', "a person or a team; left out: the asset's owner")
    .option('--why <text>', 'why')
    .action(async (id: string, owner: string | undefined, options: CommonOptions & { readonly why?: string }) => {
      const { as, data, home, json, why = null } = options;
      await withHome({ home, data, as }, io, async ({ operate }) => {
        say(await operate(riskAssignOperation, { id, owner: owner ?? null, why }), json, io);
      });
    });
}

export function riskCloseCommand(io: Io): Command {
  return withCommon(new Command('close'))
    .description('close a risk that was entered; what scanners find closes when no image has it')
    .argument('<risk>', 'its id')
    .requiredOption('--why <text>', 'how it was ended')
    .option('--evidence <sha256>', 'the hash of the report that shows it', readDigest)
    .action(async (id: string, options: CommonOptions & { readonly why: string; readonly evidence?: Digest }) => {
      const { as, data, home, json, why, evidence = null } = options;
      await withHome({ home, data, as }, io, async ({ operate }) => {
        say(await operate(riskCloseOperation, { id, why, evidence }), json, io);
      });
    });
}

function say(risk: Risk, json: boolean | undefined, io: Io): void {
  if (json === true) printJson(io, risk);
  else print(io, changedText(risk));
}

export function readDigest(text: string): Digest {
  const digest = /^[0-9a-f]{64}$/u.test(text) ? `sha256:${text}` : text;
  if (!isDigest(digest)) throw new InvalidArgumentError('It is a SHA-256: 64 hexadecimal digits.');
  return digest;
}

function readShare(text: string): number {
  const share = Number(text);
  if (!/^(?:0|1|[01]?\.\d{1,4})$/u.test(text) || share > 1)
    throw new InvalidArgumentError('It is a number from 0 to 1.');
  return share;
}

function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}
