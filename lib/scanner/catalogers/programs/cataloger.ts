/**
 * What programs say of themselves: modules of Go, crates of Rust, and runtimes that no package manager
 * brought. Programs are told by their content, whatever their names.
 */
import { type Cataloger, type CataloguedPackage, type Found, NOTHING, type Unread } from '../cataloger.ts';
import { type ProgramContent, programContent, readProgram } from './parse.ts';
import { isRelease } from './runtimes.ts';

/** Smaller than any program: not worth a look. */
const SMALLEST = 4096;

/** Each way to find, with the type of package that it finds. */
const GO = { type: 'golang', foundBy: 'go-buildinfo' } as const;
const RUST = { type: 'cargo', foundBy: 'cargo-auditable' } as const;
const RUNTIME = { type: 'generic', foundBy: 'runtime' } as const;

export const programs: Cataloger<ProgramContent> = {
  name: 'programs',
  folders: [],
  wants: () => false,
  looksInto: (path, size) => size >= SMALLEST || isRelease(path),
  open: (path) => readProgram(path),
  read: (path, bytes) => readWhole(path, bytes),
  content: programContent,

  catalog(files) {
    const found = files.all();
    return { ...NOTHING, packages: found.flatMap(packagesOf), unread: found.flatMap(unreadIn) };
  },
};

function readWhole(path: string, bytes: Uint8Array): ProgramContent {
  const reader = readProgram(path);
  reader.write(bytes);
  return reader.end() ?? { go: null, rust: null, runtime: null, packed: false };
}

function packagesOf(found: Found<ProgramContent>): readonly CataloguedPackage[] {
  if (found.is !== 'read') return [];
  const { go, rust, runtime } = found.content;
  return [
    ...(go?.modules ?? []).map((one) => ({ ...one, ...GO })),
    ...(rust?.crates ?? []).map((one) => ({ ...one, ...RUST })),
    ...(runtime === null ? [] : [{ ...runtime, ...RUNTIME }]),
  ].map(({ name, version, ...how }) => ({
    ...how,
    name,
    version,
    architecture: null,
    source: { name, version },
    licences: [],
    path: found.path,
  }));
}

function unreadIn(found: Found<ProgramContent>): readonly Unread[] {
  if (found.is !== 'read') return [];
  const { path, content } = found;
  const unread = (ecosystem: string, problems: readonly string[]): readonly Unread[] =>
    problems.length === 0 ? [] : [{ path, ecosystem, why: problems.join(' and '), exceeds: false }];
  return [
    ...unread('go', content.go?.problems ?? []),
    ...unread('rust', content.rust?.problems ?? []),
    ...unread('upx', content.packed ? ['can not be looked into'] : []),
  ];
}
