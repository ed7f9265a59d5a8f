/**
 * Packages of Red Hat, SUSE, Azure Linux and their kin: the database of rpm, in the form of each of
 * its times, or the list that stands for it in images without one.
 */
import type { Gap } from '../../../core/sbom/gap.ts';
import { type Cataloger, type CataloguedPackage, type Files, type Found, NOTHING, type Owned } from '../cataloger.ts';
import { wholeFile } from '../whole-file.ts';
import { DATABASES, JOURNAL, parseRpm, type RpmContent, rpmContent, WAL } from './parse.ts';
import { sourcesOf } from './sources.ts';

/** Where it is: of old, of SUSE and Fedora, and of systems whose `/var` is not part of the image. */
const FOLDERS = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'];
const MANIFEST_FOLDER = 'var/lib/rpmmanifest';
const MANIFEST = `${MANIFEST_FOLDER}/container-manifest-2`;

/** Bytes of a file, which is held in memory while it is read. The largest that are known have some 100 MiB. */
const MOST_BYTES = 144 * 1024 * 1024;

const JOURNALS = FOLDERS.flatMap((folder) => [WAL, JOURNAL].map((name) => `${folder}/${name}`));
const PLACES = [...FOLDERS.flatMap((folder) => DATABASES.map((name) => `${folder}/${name}`)), ...JOURNALS, MANIFEST];
const WANTED: ReadonlySet<string> = new Set(PLACES);

type Read = Extract<Found<RpmContent>, { is: 'read' }>;

export const rpm: Cataloger<RpmContent> = {
  name: 'rpm',
  folders: [...FOLDERS, MANIFEST_FOLDER],
  wants: (path) => WANTED.has(path),
  read: (path, bytes, matters) =>
    parseRpm(nameIn(path), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), matters),
  open: (path, size, matters) =>
    wholeFile(size, MOST_BYTES, (bytes) => parseRpm(nameIn(path), bytes, matters), tooLarge),
  content: rpmContent,

  catalog(files) {
    const found = foundIn(files);
    if (found.length === 0) return NOTHING;
    const read = found.flatMap((one) => (one.is === 'read' ? [one] : []));
    const packages = read.map(packagesOf);
    return {
      packages: packages.flatMap((of) => of.map(([one]) => one)),
      gaps: found.flatMap(gapsOf),
      database: true,
      owns: () => packages.flatMap((of) => of.flatMap(([one, owns]) => owns.map((path): Owned => [path, one]))),
      distribution: null,
    };
  },
};

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function tooLarge(): RpmContent {
  return { kind: 'database', packages: [], problems: [`has more than ${MOST_BYTES} bytes`] };
}

/** Each file once: one folder may be a link to another. */
function foundIn(files: Files<RpmContent>): readonly Exclude<Found<RpmContent>, { is: 'absent' }>[] {
  const found = new Map<string, Exclude<Found<RpmContent>, { is: 'absent' }>>();
  for (const place of PLACES) {
    const one = files.file(place);
    if (one.is !== 'absent') found.set(one.path, one);
  }
  return [...found.values()];
}

function packagesOf({ path, content }: Read): readonly (readonly [CataloguedPackage, readonly string[]])[] {
  if (content.kind !== 'database') return [];
  const sourceOf = sourcesOf(content.packages);
  return content.packages.map((one) => {
    const { name, version, architecture, licence, owns } = one;
    const licences = licence === null ? [] : [licence];
    return [{ type: 'rpm', name, version, architecture, source: sourceOf(one), licences, path }, owns];
  });
}

function gapsOf(found: Exclude<Found<RpmContent>, { is: 'absent' }>): readonly Gap[] {
  const { path } = found;
  const why = found.is === 'blocked' ? found.why : problemOf(found.content);
  if (why === null) return [];
  return [{ kind: 'malformed-database', subject: path, message: `The package database ${path} ${why}.` }];
}

function problemOf(content: RpmContent): string | null {
  if (content.kind === 'journal')
    return content.unfinished ? 'holds changes that are not in the database itself' : null;
  const [first, ...more] = content.problems;
  if (first === undefined) return null;
  return `could not be read whole: it ${first}${more.length === 0 ? '' : `, and ${more.length} more`}`;
}
