/**
 * Archives of Java, and the archives in them.
 */

import { type Cataloger, type CataloguedPackage, type Found, NOTHING, type Unread } from '../cataloger.ts';
import { wholeFile } from '../whole-file.ts';
import { type ArchiveContent, archiveContent, isArchive, readArchive } from './parse.ts';

/** Bytes of an archive, which is held in memory while it is read. */
const MOST_BYTES = 256 * 1024 * 1024;

export const java: Cataloger<ArchiveContent> = {
  name: 'java',
  folders: [],
  wants: isArchive,
  read: (path, bytes) => readArchive(nameIn(path), Buffer.from(bytes)),
  open: (path, size) => wholeFile(size, MOST_BYTES, (bytes) => readArchive(nameIn(path), bytes), tooLarge),
  content: archiveContent,

  catalog(files) {
    const found = files.all();
    return { ...NOTHING, packages: found.flatMap(packagesOf), unread: found.flatMap(unreadIn) };
  },
};

function tooLarge(): ArchiveContent {
  return { packages: [], unread: [{ inside: '', why: `has more than ${MOST_BYTES} bytes` }], exceeds: null };
}

function packagesOf(found: Found<ArchiveContent>): readonly CataloguedPackage[] {
  if (found.is !== 'read') return [];
  return found.content.packages.map(({ name, version, licence, inside }) => ({
    type: 'maven',
    name,
    version,
    architecture: null,
    source: { name, version },
    licences: licence === null ? [] : [licence],
    path: `${found.path}${inside}`,
  }));
}

function unreadIn(found: Found<ArchiveContent>): readonly Unread[] {
  const ecosystem = 'java';
  if (found.is === 'absent') return [];
  const { path } = found;
  if (found.is === 'blocked') return [{ path, ecosystem, why: found.why, exceeds: false }];
  const { unread, exceeds } = found.content;
  return [
    ...unread.map(({ inside, why }) => ({ path: `${path}${inside}`, ecosystem, why, exceeds: false })),
    ...(exceeds === null ? [] : [{ path, ecosystem, why: exceeds, exceeds: true }]),
  ];
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
