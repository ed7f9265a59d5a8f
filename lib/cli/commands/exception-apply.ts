import { Command } from 'commander';
import { parseDocument } from 'yaml';
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { plainLine } from '../../core/text/plain.ts';
import {
  type Applied,
  type AppliedEntry,
  appliedEntry,
  type Planned,
} from '../../pipeline/exceptions/apply-exceptions.ts';
import { askedTerms } from '../../pipeline/exceptions/asked-terms.ts';
import { applyOperation, planOperation } from '../../pipeline/exceptions/operations.ts';
import { withHome } from '../compose/home.ts';
import { readInput } from '../compose/read-input.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { table } from '../render/table.ts';

interface ApplyOptions extends CommonOptions {
  readonly dryRun?: boolean;
}

const MOST_BYTES = 1024 * 1024;

/** An entry of the file: its name, and the terms with what may be left out. */
const entry = z
  .strictObject({
    name: appliedEntry.shape.name,
    ...askedTerms.shape,
    vulnerabilities: askedTerms.shape.vulnerabilities.default([]),
    packages: askedTerms.shape.packages.default([]),
    controls: askedTerms.shape.controls.default([]),
    links: askedTerms.shape.links.default([]),
    review: askedTerms.shape.review.default(null),
  })
  .transform(({ name, ...terms }): AppliedEntry => ({ name, terms }));

const fileSchema = z.strictObject({ exceptions: z.array(entry) });

/** `exception apply`: requests that are kept in version control. */
export function exceptionApplyCommand(io: Io): Command {
  return withCommon(new Command('apply'))
    .description('ask for what a file in version control says; approving stays an act of a person')
    .argument('<file>', 'exceptions.yaml, as docs/exceptions.md says; - for standard input')
    .option('--dry-run', 'only show what would be asked for')
    .action(async (file: string, { as, data, home, json, dryRun = false }: ApplyOptions) => {
      const entries = readEntries(await readInput(file, MOST_BYTES, io), file);
      await withHome({ home, data, as }, io, async ({ operate }) => {
        if (dryRun) {
          const plan = await operate(planOperation, { entries });
          if (json === true) printJson(io, plan);
          else print(io, text(plan));
          return;
        }
        // The plan comes first, also where what follows fails.
        if (json !== true) print(io, text(await operate(planOperation, { entries })));
        const applied = await operate(applyOperation, { entries });
        if (json === true) printJson(io, applied);
        else print(io, asked(applied));
      });
    });
}

function readEntries(bytes: Uint8Array, file: string): AppliedEntry[] {
  const document = parseDocument(new TextDecoder().decode(bytes), { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) throw new CavendishError('bad-input', `${file} is no YAML: ${error.message}`);
  // No entry of such a file stands for another: an alias would only be a bomb.
  const read = fileSchema.safeParse(toPlain(document, file));
  if (read.success) return read.data.exceptions;
  const mistakes = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new CavendishError('bad-input', [`${file} is not right:`, ...mistakes].join('\n'), {
    next: 'What it holds is said in docs/exceptions.md.',
  });
}

function toPlain(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw new CavendishError('bad-input', `${file} has aliases`, { cause });
  }
}

const SAYS: Readonly<Record<Planned['does'], string>> = {
  request: 'is asked for',
  renew: 'is asked for, to take the place of',
  pending: 'differs from what is still asked for: withdraw that first',
  unchanged: 'is as it was',
  gone: 'is no longer in the file: to end it is up to people',
};

function text(plan: readonly Planned[]): string {
  if (plan.length === 0) return 'The file asks for nothing.';
  const rows = plan.map(({ name, does, exception, state }) => [
    plainLine(name),
    SAYS[does],
    exception === null ? '' : `${exception} (${state ?? ''})`,
  ]);
  return table(rows).join('\n');
}

function asked(applied: readonly Applied[]): string {
  const requested = applied.flatMap(({ requested: id }) => id ?? []);
  if (requested.length === 0) return 'There was nothing to ask for.';
  return [
    'Asked for; nothing follows until another person approves:',
    ...requested.map((id) => `  cavendish exception approve ${id}`),
  ].join('\n');
}
