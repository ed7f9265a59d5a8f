/**
 * Reads one file of rpm, whichever of its forms it has. What is wrong with it is part of the answer.
 */
import { z } from 'zod';

import { readBdb } from './bdb.ts';
import { assertLeft, type Budget, EACH, filesOf, newBudget } from './files.ts';
import { readHeader } from './header.ts';
import { isUnfinishedJournal, isUnfinishedWal } from './journal.ts';
import { readManifest } from './manifest.ts';
import { readNdb } from './ndb.ts';
import { packageOf, type RpmPackage } from './package.ts';
import { attempt, Damage, type Pieces } from './pieces.ts';
import { readSqlite } from './sqlite.ts';

const rpmPackage = z.object({
  name: z.string(),
  version: z.string(),
  architecture: z.string().nullable(),
  source: z.object({ name: z.string(), version: z.string() }).nullable(),
  licence: z.string().nullable(),
  /** Files of the package whose owner matters, in the order of the header. */
  owns: z.array(z.string()),
});

export const rpmContent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('database'),
    packages: z.array(rpmPackage),
    /** What could not be read, at most {@link MOST_PROBLEMS}; each the end of a sentence. */
    problems: z.array(z.string()),
  }),
  /** A journal beside a database, and whether it holds what the database does not. */
  z.object({ kind: z.literal('journal'), unfinished: z.boolean() }),
]);

export type RpmContent = z.output<typeof rpmContent>;
type OwningPackage = z.output<typeof rpmPackage>;
type Read = RpmPackage & { readonly owns: string[] };
type Found = Generator<Read | Damage, void, undefined>;

const MOST_PROBLEMS = 10;
/** More than any distribution has. */
const MOST_PACKAGES = 100_000;

const READERS: Readonly<Record<string, (bytes: Buffer) => Pieces>> = {
  'rpmdb.sqlite': readSqlite,
  'Packages.db': readNdb,
  Packages: readBdb,
};

/** Names of the files that are read, without their folders. */
export const DATABASES: readonly string[] = Object.keys(READERS);
export const WAL = 'rpmdb.sqlite-wal';
export const JOURNAL = 'rpmdb.sqlite-journal';

/**
 * @param name - of the file, without its folder
 * @param matters - true for the paths whose owner matters
 */
export function parseRpm(name: string, bytes: Buffer, matters: (path: string) => boolean): RpmContent {
  if (name === WAL) return { kind: 'journal', unfinished: isUnfinishedWal(bytes) };
  if (name === JOURNAL) return { kind: 'journal', unfinished: isUnfinishedJournal(bytes) };
  const read = READERS[name];
  return collect(read === undefined ? fromManifest(bytes) : fromHeaders(bytes, read(bytes), matters));
}

function* fromHeaders(bytes: Buffer, pieces: Pieces, matters: (path: string) => boolean): Found {
  const budget = newBudget();
  // Honest headers share no bytes, so together they are no longer than the file.
  let left = bytes.length;
  for (const piece of pieces) {
    if (piece instanceof Damage) {
      yield piece;
      continue;
    }
    left -= piece.length;
    if (left < 0) {
      yield new Damage('has headers that overlap');
      return;
    }
    const read = attempt(() => fromHeader(piece, budget, matters));
    if (read instanceof Damage) yield read;
    else yield* read;
  }
}

/** A package whose files can't be told is there all the same. */
function fromHeader(bytes: Buffer, budget: Budget, matters: (path: string) => boolean): readonly (Read | Damage)[] {
  const header = readHeader(bytes);
  const found = packageOf(header);
  if (found === null) return [];
  budget.kept -= (found.licence ?? '').length + EACH;
  assertLeft(budget);
  const owns = attempt(() => filesOf(header, budget, matters));
  return owns instanceof Damage ? [{ ...found, owns: [] }, owns] : [{ ...found, owns }];
}

function* fromManifest(bytes: Buffer): Found {
  for (const found of readManifest(bytes.toString('utf8'))) {
    yield found instanceof Damage ? found : { ...found, owns: [] };
  }
}

function collect(found: Found): RpmContent {
  const packages: OwningPackage[] = [];
  const problems: string[] = [];
  let count = 0;
  for (const one of found) {
    count += 1;
    if (count > MOST_PACKAGES) problems.unshift('goes on, and was not read further');
    else if (!(one instanceof Damage)) packages.push(one);
    else if (problems.length < MOST_PROBLEMS) problems.push(one.message);
    if (count > MOST_PACKAGES) break;
  }
  return { kind: 'database', packages, problems: problems.slice(0, MOST_PROBLEMS) };
}
