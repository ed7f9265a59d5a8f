/** Packages of Alpine, Wolfi, Chainguard and their kin: the database of apk. */
import type { Gap } from '../../../core/sbom/gap.ts';
import { type Cataloger, type CataloguedPackage, type Found, NOTHING, type Owned } from '../cataloger.ts';
import { type ApkContent, apkContent, parseInstalled } from './parse.ts';

/** The second since `/lib` is a link to `/usr/lib`. */
const PLACES = ['lib/apk/db/installed', 'usr/lib/apk/db/installed'] as const;

interface ReadPackage {
  readonly one: CataloguedPackage;
  readonly owns: readonly string[];
}

export const apk: Cataloger<ApkContent> = {
  name: 'apk',
  folders: ['lib/apk/db', 'usr/lib/apk/db'],
  wants: (path) => (PLACES as readonly string[]).includes(path),
  read: (_path, bytes, matters) => parseInstalled(new TextDecoder().decode(bytes), matters),
  content: apkContent,

  catalog(files) {
    const found = PLACES.map((place) => files.file(place)).filter(({ is }) => is !== 'absent');
    if (found.length === 0) return NOTHING;
    // Where one folder leads to the other, both names are of one file.
    const databases = [...new Map(found.map((one) => [one.is === 'absent' ? '' : one.path, one])).values()];
    const packages = databases.flatMap(packagesOf);
    return {
      packages: packages.map(({ one }) => one),
      gaps: databases.flatMap(gapsOf),
      database: true,
      owns: () => packages.flatMap(({ one, owns }) => owns.map((path): Owned => [path, one])),
      distribution: null,
    };
  },
};

function packagesOf(found: Found<ApkContent>): readonly ReadPackage[] {
  if (found.is !== 'read') return [];
  const { path, content } = found;
  return content.packages.map(({ name, version, architecture, origin, licence, owns }) => ({
    one: {
      ...{ type: 'apk', name, version, architecture, source: { name: origin ?? name, version }, path },
      licences: licence === null ? [] : [licence],
    },
    owns,
  }));
}

function gapsOf(found: Found<ApkContent>): readonly Gap[] {
  if (found.is === 'absent') return [];
  const { path } = found;
  const why = found.is === 'blocked' ? found.why : problemOf(found.content);
  if (why === null) return [];
  return [{ kind: 'malformed-database', subject: path, message: `The package database ${path} ${why}.` }];
}

function problemOf({ problems: [first, ...more] }: ApkContent): string | null {
  if (first === undefined) return null;
  return `could not be read whole: ${first}${more.length === 0 ? '' : `, and ${String(more.length)} more`}`;
}
