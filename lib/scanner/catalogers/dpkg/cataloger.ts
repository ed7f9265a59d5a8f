/**
 * Packages of Debian and its kin: the database of dpkg, whole or, as in distroless images, a file
 * a package.
 */
import type { Gap } from '../../../core/sbom/gap.ts';
import { type Cataloger, type CataloguedPackage, type Files, type Found, NOTHING, type Owned } from '../cataloger.ts';
import { type DpkgContent, dpkgContent, parseList, parseStatus } from './parse.ts';

const STATUS = 'var/lib/dpkg/status';
const STATUS_FOLDER = 'var/lib/dpkg/status.d';
const INFO_FOLDER = 'var/lib/dpkg/info';

const SINGLE = /^var\/lib\/dpkg\/status\.d\/[^/]+$/u;
const LIST = /^var\/lib\/dpkg\/info\/([^/:]+)(?::([^/]+))?\.list$/u;

/** In place of the lists, where each package has a file of its own; they begin with a checksum. */
const SUMS = '.md5sums';

export const dpkg: Cataloger<DpkgContent> = {
  name: 'dpkg',
  folders: ['var/lib/dpkg', STATUS_FOLDER, INFO_FOLDER],
  wants: (path) => path === STATUS || SINGLE.test(path) || LIST.test(path),
  read: (path, bytes, matters) =>
    LIST.test(path) || path.endsWith(SUMS) ? parseList(decode(bytes), matters) : parseStatus(decode(bytes)),
  content: dpkgContent,

  catalog(files) {
    const single = files.folder(STATUS_FOLDER).filter((found) => found.is === 'absent' || !found.path.endsWith(SUMS));
    const databases = [files.file(STATUS), ...single].filter(({ is }) => is !== 'absent');
    if (databases.length === 0) return NOTHING;

    const packages = databases.flatMap(packagesOf);
    return {
      packages,
      gaps: databases.flatMap(gapsOf),
      database: true,
      owns: () => ownedBy(packages, files),
      distribution: null,
    };
  },
};

function packagesOf(found: Found<DpkgContent>): readonly CataloguedPackage[] {
  if (found.is !== 'read' || found.content.kind !== 'status') return [];
  const { path, content } = found;
  return content.packages.map((read) => ({ ...read, type: 'deb', path, licences: [] }));
}

function gapsOf(found: Found<DpkgContent>): readonly Gap[] {
  if (found.is === 'absent') return [];
  const { path } = found;
  const why = found.is === 'blocked' ? found.why : problemOf(found.content);
  if (why === null) return [];
  return [{ kind: 'malformed-database', subject: path, message: `The package database ${path} ${why}.` }];
}

function problemOf(content: DpkgContent): string | null {
  if (content.kind !== 'status') return 'leads to a file that is none';
  const [first, ...more] = content.problems;
  if (first === undefined) return null;
  return `could not be read whole: ${first}${more.length === 0 ? '' : `, and ${more.length} more`}`;
}

/** Only the lists of packages that are there count. */
function* ownedBy(packages: readonly CataloguedPackage[], files: Files<DpkgContent>): Iterable<Owned> {
  const byName = Map.groupBy(packages, ({ name }) => name);
  for (const found of files.folder(INFO_FOLDER)) {
    if (found.is !== 'read' || found.content.kind !== 'list') continue;
    const [, name = '', architecture] = LIST.exec(found.path) ?? [];
    const named = byName.get(name) ?? [];
    const owner = named.find((one) => one.architecture === architecture) ?? named[0];
    if (owner !== undefined) for (const path of found.content.owns) yield [path, owner];
  }
  for (const one of packages.filter(({ path }) => SINGLE.test(path))) {
    const sums = files.file(`${one.path}${SUMS}`);
    if (sums.is !== 'read' || sums.content.kind !== 'list') continue;
    for (const path of sums.content.owns) yield [path, one];
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
