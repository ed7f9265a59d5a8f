import { Command, InvalidArgumentError, Option } from 'commander';
import { parse } from 'yaml';

import { isCavendishError } from '../../core/errors/error.ts';
import { type Control, controlSchema } from '../../core/exceptions/exception.ts';
import type { Stage } from '../../core/image/stage.ts';
import type { AskedTerms } from '../../pipeline/exceptions/asked-terms.ts';
import { previewOperation, requestOperation } from '../../pipeline/exceptions/operations.ts';
import type { Preview } from '../../pipeline/exceptions/preview-exception.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, stagesOption, withCommon } from '../options.ts';
import { previewText, requestedText } from '../render/exception.ts';
import { imagesIn, type ScopeOptions, stagesIn, withScope } from './scope-options.ts';

interface RequestOptions extends CommonOptions, ScopeOptions {
  readonly vuln?: readonly string[];
  readonly package?: readonly string[];
  readonly stage?: readonly Stage[];
  readonly reason?: string;
  readonly owner?: string;
  readonly control?: readonly Control[];
  readonly review?: string;
  readonly until?: string;
  readonly link?: readonly string[];
  readonly dryRun?: boolean;
}

/** `exception request`: asks that a risk be accepted, and shows what that would cover. */
export function exceptionRequestCommand(io: Io): Command {
  return asking(withCommon(new Command('request')))
    .description('ask that a risk be accepted until an end; shows what it would cover and change')
    .addHelpText('after', EXAMPLES)
    .action(async (options: RequestOptions) => {
      await ask(options, null, io);
    });
}

/** `exception renew`: asks for another one that takes the place of one in force; it needs an approval of its own. */
export function exceptionRenewCommand(io: Io): Command {
  return asking(withCommon(new Command('renew')))
    .description('ask for an exception that takes the place of one in force, once another person approves it')
    .argument('<id>', 'the exception in force: EX-…')
    .action(async (id: string, options: RequestOptions) => {
      await ask(options, id, io);
    });
}

function asking(command: Command): Command {
  return withScope(command)
    .addOption(several('--vuln <id>', 'a CVE or another identifier of a vulnerability; may be given several times'))
    .addOption(several('--package <name>', 'only in this package (binary or source); without --vuln all of it'))
    .addOption(stagesOption())
    .option('--reason <text>', 'why the risk is accepted')
    .option('--owner <person>', 'who carries it, by name as in the appetite')
    .addOption(
      new Option(
        '--control <yaml>',
        'a compensating control: "{ id: waf, does: …, evidence: …, lowers: { likelihood: 0.5 } }"; may be given several times',
      ).argParser((text: string, before: readonly Control[] | undefined) => [...(before ?? []), readControl(text)]),
    )
    .option('--review <date>', 'when it is looked at again: a day, or an instant with its zone')
    .option('--until <date>', 'when it ends: the end of that day where the programme is at home, or an instant')
    .addOption(several('--link <url>', 'where more is said; may be given several times'))
    .option('--dry-run', 'only show what it would cover and change');
}

async function ask(options: RequestOptions, renews: string | null, io: Io): Promise<void> {
  const { as, data, home, json, dryRun = false } = options;
  const terms = termsIn(options);
  await withHome({ home, data, as }, io, async ({ operate }) => {
    const preview = await previewed(() => operate(previewOperation, { terms }));
    const shown = preview === null ? NOT_SHOWN : previewText(preview, io);
    if (dryRun) {
      if (json === true) printJson(io, { preview });
      else print(io, shown);
      return;
    }
    const { exception } = await operate(requestOperation, { terms, renews });
    if (json === true) printJson(io, { exception, preview });
    else print(io, [shown, '', requestedText(exception, io)].join('\n'));
  });
}

const NOT_SHOWN = 'What it would cover is shown to people whom the appetite names.';

/** Whoever asks may ask, also where they get to see nothing: null then. */
async function previewed(ask: () => Promise<Preview>): Promise<Preview | null> {
  try {
    return await ask();
  } catch (error) {
    if (isCavendishError(error, 'forbidden')) return null;
    throw error;
  }
}

function termsIn(options: RequestOptions): AskedTerms {
  return {
    vulnerabilities: [...(options.vuln ?? [])],
    packages: [...(options.package ?? [])],
    images: imagesIn(options),
    stages: stagesIn(options),
    reason: options.reason ?? null,
    owner: options.owner ?? null,
    controls: [...(options.control ?? [])],
    review: options.review ?? null,
    expiry: options.until ?? null,
    links: [...(options.link ?? [])],
  };
}

function several(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    text,
  ]);
}

function readControl(text: string): Control {
  let said: unknown;
  try {
    said = parse(text);
  } catch (cause) {
    throw new InvalidArgumentError(`It is YAML in one line. ${Error.isError(cause) ? cause.message : ''}`);
  }
  const read = controlSchema.safeParse(said);
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new InvalidArgumentError(`It has id, does, evidence and lowers. ${mistakes.join('; ')}`);
}

const EXAMPLES = `
Examples:
  cavendish exception request --vuln CVE-2026-13221 --asset shop --stage production --owner "Olive Owner" \\
    --reason "the parser is not reachable" --review 2027-01-15 --until 2027-01-31
  cavendish exception request --package perl --base debian:12 --stage testing … --dry-run`;
