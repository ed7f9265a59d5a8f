/**
 * Reads an archive of Java, and the archives in it: what each says that it is.
 *
 * Bounded in depth, count, bytes and ratio; what passes a bound, or says nothing, is named.
 */
import { z } from 'zod';

import { type Coordinates, readByName, readManifest, readProperties } from './coordinates.ts';
import type { Manifest } from './groups.ts';
import { openZip, type Zip, type ZipEntry } from './zip.ts';

/** `inside` is the way from the file on: empty, or `!/BOOT-INF/lib/x.jar`. */
export const archiveContent = z.object({
  packages: z.array(
    z.object({ name: z.string(), version: z.string(), licence: z.string().nullable(), inside: z.string() }),
  ),
  /** Archives that hold classes and do not say what they are, or could not be read: at most {@link MOST_PROBLEMS}. */
  unread: z.array(z.object({ inside: z.string(), why: z.string() })),
  /** The bound that it passes; what lies behind it was not read. */
  exceeds: z.string().nullable(),
});

export type ArchiveContent = z.output<typeof archiveContent>;

export interface ArchiveBounds {
  /** Archives in archives. */
  readonly depth: number;
  /** Archives in one file, and all their entries. */
  readonly archives: number;
  readonly entries: number;
  /** Bytes that are unpacked and held at one time, and in all. */
  readonly heldBytes: number;
  readonly unpackedBytes: number;
  /** Unpacked bytes for each byte of the file, once `ratioFrom` bytes are unpacked. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

const MIB = 1024 * 1024;

export const ARCHIVE_BOUNDS: ArchiveBounds = {
  depth: 16,
  archives: 5000,
  entries: 1_000_000,
  heldBytes: 128 * MIB,
  unpackedBytes: 1024 * MIB,
  ratio: 100,
  ratioFrom: 64 * MIB,
};

const ARCHIVE = /\.(?:jar|war|ear|hpi|jpi|nar)$/iu;
const PROPERTIES = /(?:^|\/)pom\.properties$/u;
const MANIFEST = /^META-INF\/MANIFEST\.MF$/iu;
/** Bytes of a manifest or a `pom.properties`. */
const MOST_TEXT = 4 * MIB;
const MOST_PROBLEMS = 10;
const MOST_LICENCE = 200;

export function isArchive(path: string): boolean {
  return ARCHIVE.test(path);
}

/** Stops the reading of the whole file. */
class Exceeded extends Error {}

/**
 * @param name - of the file, without its folder
 * @param bytes - the whole file
 */
export function readArchive(name: string, bytes: Buffer, bounds: ArchiveBounds = ARCHIVE_BOUNDS): ArchiveContent {
  const packages: ArchiveContent['packages'] = [];
  const unread: ArchiveContent['unread'] = [];
  let exceeds: string | null = null;
  let archives = 0;
  let entries = 0;
  let held = 0;
  let unpacked = 0;

  function bound(passed: boolean, what: string): void {
    if (passed) throw new Exceeded(what);
  }

  function fail(inside: string, why: string): void {
    if (unread.length < MOST_PROBLEMS) unread.push({ inside, why });
  }

  function unpack(entry: ZipEntry, inside: string, most: number): Buffer | null {
    const left = Math.min(most, bounds.heldBytes - held, bounds.unpackedBytes - unpacked);
    const plain = entry.read(left);
    if (!Buffer.isBuffer(plain)) {
      bound(plain.tooLarge && left < most, 'unpacks to more than is read');
      fail(inside, plain.why);
      return null;
    }
    unpacked += plain.length;
    bound(
      unpacked > bounds.ratioFrom && unpacked > bounds.ratio * bytes.length,
      `unpacks to more than ${bounds.ratio} times its size`,
    );
    return plain;
  }

  function text(entry: ZipEntry, inside: string): string {
    return unpack(entry, `${inside}!/${entry.name}`, MOST_TEXT)?.toString() ?? '';
  }

  function nested(entry: ZipEntry, inside: string, depth: number): void {
    const place = `${inside}!/${entry.name}`;
    bound(depth === bounds.depth, `holds archives in archives, deeper than ${bounds.depth}`);
    const plain = unpack(entry, place, Number.POSITIVE_INFINITY);
    if (plain === null) return;
    held += plain.length;
    walk(entry.name.slice(entry.name.lastIndexOf('/') + 1), plain, place, depth + 1);
    held -= plain.length;
  }

  function walk(own: string, content: Buffer, inside: string, depth: number): void {
    archives += 1;
    bound(archives > bounds.archives, `holds more than ${bounds.archives} archives`);
    const zip = openZip(content);
    if (zip === null) {
      fail(inside, 'is no archive that can be read');
      return;
    }
    const said = readEntries(zip, inside, depth);
    const problem = zip.problem();
    if (problem !== null) fail(inside, problem);
    say(own, inside, said);
  }

  function readEntries(zip: Zip, inside: string, depth: number): Said {
    const said: { poms: Coordinates[]; manifest: Manifest; classes: boolean } = {
      poms: [],
      manifest: new Map(),
      classes: false,
    };
    for (const entry of zip.entries()) {
      entries += 1;
      bound(entries > bounds.entries, `holds more than ${bounds.entries} entries`);
      if (entry.name.endsWith('.class')) said.classes = true;
      else if (MANIFEST.test(entry.name)) said.manifest = readManifest(text(entry, inside));
      else if (isArchive(entry.name)) nested(entry, inside, depth);
      else if (PROPERTIES.test(entry.name)) {
        const pom = readProperties(text(entry, inside));
        if (pom === null) fail(`${inside}!/${entry.name}`, 'does not say what it is of');
        else said.poms.push(pom);
      }
    }
    return said;
  }

  /** The archive itself, and what was put into it (a shaded archive has a `pom.properties` of each). */
  function say(own: string, inside: string, { poms, manifest, classes }: Said): void {
    const self = poms.find(({ artifact }) => isNamedBy(own, artifact)) ?? readByName(own, manifest);
    const licence = manifest.get('bundle-license')?.slice(0, MOST_LICENCE) ?? null;
    if (self !== null) add(self, inside, licence);
    else if (poms.length !== 1 && classes) fail(inside, 'does not say what it is');
    for (const pom of poms) if (pom !== self) add(pom, inside, self === null && poms.length === 1 ? licence : null);
  }

  function add({ group, artifact, version }: Coordinates, inside: string, licence: string | null): void {
    packages.push({ name: `${group}:${artifact}`, version, licence, inside });
  }

  try {
    walk(name, bytes, '', 0);
  } catch (error) {
    if (!(error instanceof Exceeded)) throw error;
    exceeds = error.message;
  }
  return { packages, unread, exceeds };
}

function isNamedBy(own: string, artifact: string): boolean {
  return own.startsWith(artifact) && /^[-_.]/u.test(own.slice(artifact.length));
}

/** What was found in one archive. */
interface Said {
  readonly poms: readonly Coordinates[];
  readonly manifest: Manifest;
  readonly classes: boolean;
}
