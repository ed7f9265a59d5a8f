/**
 * Reads what dpkg knows of packages: the status file, and the lists of what a package brought.
 */
import { z } from 'zod';

import { type Stanza, stanzasOf } from './deb822.ts';

const dpkgPackage = z.object({
  name: z.string(),
  version: z.string(),
  architecture: z.string().nullable(),
  source: z.object({ name: z.string(), version: z.string() }),
});

export const dpkgContent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    packages: z.array(dpkgPackage),
    /** What could not be read, at most {@link MAX_PROBLEMS}. */
    problems: z.array(z.string()),
  }),
  /** Files of the package whose owner matters. */
  z.object({ kind: z.literal('list'), owns: z.array(z.string()) }),
]);

export type DpkgContent = z.output<typeof dpkgContent>;
type DpkgPackage = z.output<typeof dpkgPackage>;

const MAX_PROBLEMS = 10;
const NAME = /^[a-z0-9][a-z0-9+._-]{0,254}$/iu;
const WORD = /^[!-~]{1,255}$/u;
const CHECKSUM = /^[0-9a-f]{32} {2}/u;
const SOURCE = /^([!-~]+)(?:\s+\(([!-~]{1,255})\))?$/u;

/**
 * States of the third word of `Status` (dpkg(1), "Package states"). In all but two of them the
 * files of the package are there, or some of them.
 */
const STATES = {
  'not-installed': false,
  'config-files': false,
  'half-installed': true,
  unpacked: true,
  'half-configured': true,
  'triggers-awaited': true,
  'triggers-pending': true,
  installed: true,
} as const satisfies Record<string, boolean>;

/** Reads a status file; files of `status.d` have the same form, one package each and no state. */
export function parseStatus(text: string): DpkgContent {
  const packages: DpkgPackage[] = [];
  const problems: string[] = [];
  for (const stanza of stanzasOf(text)) {
    const read = readStanza(stanza);
    problems.push(...stanza.problems, ...read.problems);
    if (read.package !== null) packages.push(read.package);
  }
  return { kind: 'status', packages, problems: problems.slice(0, MAX_PROBLEMS) };
}

/** Reads the list of a package's files, with or without their checksums, and keeps those whose owner matters. */
export function parseList(text: string, matters: (path: string) => boolean): DpkgContent {
  const owns = text.split('\n').flatMap((line) => {
    const path = line.replace(CHECKSUM, '').replace(/^\/+/u, '').trimEnd();
    return path !== '' && matters(path) ? [path] : [];
  });
  return { kind: 'list', owns };
}

function readStanza({ line, fields }: Stanza): { package: DpkgPackage | null; problems: readonly string[] } {
  const wrong = (what: string): { package: null; problems: readonly string[] } => ({
    package: null,
    problems: [`line ${line}: ${what}`],
  });

  const name = fields.get('package') ?? '';
  const { present, problem } = stateOf(fields.get('status'));
  if (!present) return { package: null, problems: [] };
  if (name === '') return wrong('an entry without a package name');
  if (!NAME.test(name)) return wrong('a package name that is none');
  const version = fields.get('version') ?? '';
  if (version === '') return wrong(`${name} has no version`);
  if (!WORD.test(version)) return wrong(`${name} has a version that is none`);
  const [, source, sourceVersion] = SOURCE.exec(filled(fields.get('source')) ?? name) ?? [];
  if (source === undefined || !NAME.test(source)) return wrong(`${name} has a source that is none`);
  const architecture = filled(fields.get('architecture'));
  if (architecture !== null && !WORD.test(architecture)) return wrong(`${name} has an architecture that is none`);

  return {
    package: { name, version, architecture, source: { name: source, version: sourceVersion ?? version } },
    problems: problem === null ? [] : [`line ${line}: ${name} ${problem}`],
  };
}

/** A package whose state is not known, or not given, is taken for present: rather one too many. */
function stateOf(status: string | undefined): { present: boolean; problem: string | null } {
  if (status === undefined) return { present: true, problem: null };
  const words = status.split(/\s+/u);
  const [, , state = ''] = words;
  if (words.length !== 3 || !Object.hasOwn(STATES, state))
    return { present: true, problem: 'has a status that is none' };
  return { present: STATES[state as keyof typeof STATES], problem: null };
}

function filled(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
