/**
 * Reads what apk has installed, apk-package(5): a record a package, a field a line, each named by a
 * letter.
 */
import { z } from 'zod';

const apkPackage = z.object({
  name: z.string(),
  version: z.string(),
  architecture: z.string().nullable(),
  /** What the package was built from, by its name alone: its version is the package's. */
  origin: z.string().nullable(),
  licence: z.string().nullable(),
  /** Files of the package whose owner matters. */
  owns: z.array(z.string()),
});

export const apkContent = z.object({
  packages: z.array(apkPackage),
  /** What could not be read, at most {@link MAX_PROBLEMS}. */
  problems: z.array(z.string()),
});

export type ApkContent = z.output<typeof apkContent>;
type ApkPackage = z.output<typeof apkPackage>;

interface Entry {
  /** Its first line, from 1. */
  readonly line: number;
  /** First values of the fields that count. */
  readonly fields: Map<string, string>;
  readonly owns: string[];
}

const MAX_PROBLEMS = 10;
const LONGEST_LICENCE = 1024;
const FIELD = /^([A-Za-z]):(.*)$/su;
/** Those that `apk add --virtual` makes begin with a dot. */
const NAME = /^[a-z0-9_.][a-z0-9_.+-]{0,254}$/iu;
const WORD = /^[!-~]{1,255}$/u;
const COUNTS: ReadonlySet<string> = new Set(['P', 'V', 'A', 'o', 'L']);

/** @param matters - true for the paths whose owner matters */
export function parseInstalled(text: string, matters: (path: string) => boolean): ApkContent {
  const packages: ApkPackage[] = [];
  const problems: string[] = [];
  for (const entry of entriesOf(text, matters, problems)) {
    const read = readEntry(entry);
    if (typeof read === 'string') problems.push(`line ${String(entry.line)}: ${read}`);
    else packages.push(read);
  }
  return { packages, problems: problems.slice(0, MAX_PROBLEMS) };
}

/** Records in the order of the file; empty lines part them. */
function* entriesOf(text: string, matters: (path: string) => boolean, problems: string[]): Generator<Entry> {
  let entry: Entry | null = null;
  let folder = '';
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (line === '') {
      if (entry !== null) yield entry;
      entry = null;
      folder = '';
      continue;
    }
    entry ??= { line: number, fields: new Map(), owns: [] };
    const [, letter = '', value = ''] = FIELD.exec(line) ?? [];
    if (letter === '' && problems.length < MAX_PROBLEMS) problems.push(`line ${String(number)}: no field`);
    else if (letter === 'F') folder = value;
    else if (letter === 'R') {
      const path = folder === '' ? value : `${folder}/${value}`;
      if (matters(path)) entry.owns.push(path);
    } else if (COUNTS.has(letter) && !entry.fields.has(letter)) entry.fields.set(letter, value.trim());
    else if (letter === 'P' || letter === 'V') problems.push(`line ${String(number)}: ${letter} is given twice`);
  }
  if (entry !== null) yield entry;
}

/** The package, or what is wrong with it. */
function readEntry({ fields, owns }: Entry): ApkPackage | string {
  const name = fields.get('P') ?? '';
  if (name === '') return 'an entry without a package name';
  if (!NAME.test(name)) return 'a package name that is none';
  const version = fields.get('V') ?? '';
  if (version === '') return `${name} has no version`;
  if (!WORD.test(version)) return `${name} has a version that is none`;
  const origin = filled(fields.get('o'));
  if (origin !== null && !NAME.test(origin)) return `${name} has an origin that is none`;
  const architecture = filled(fields.get('A'));
  if (architecture !== null && !WORD.test(architecture)) return `${name} has an architecture that is none`;
  const licence = filled(fields.get('L'))?.slice(0, LONGEST_LICENCE) ?? null;
  return { name, version, architecture, origin, licence, owns };
}

function* linesOf(text: string): Generator<string, void, undefined> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    yield text.slice(from, to).trimEnd();
    from = to + 1;
  }
}

function filled(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}
