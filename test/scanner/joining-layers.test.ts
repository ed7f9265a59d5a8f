/**
 * Scanning layer by layer and joining is the same as scanning the flattened image, whatever the
 * layers do to one another.
 *
 * The reference is a file system of its own, as simple as can be: a map of paths.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Inventory, Package } from '../../lib/core/sbom/inventory.ts';
import { scanImage } from '../../lib/scanner/scan-image.ts';
import { apkInstalled } from '../support/alpine.ts';
import { dpkgStatus, osRelease } from '../support/debian.ts';
import { goProgram } from '../support/elf.ts';
import { directory, type Entry, file, image, layer, opaque, openImage, symlink, whiteout } from '../support/images.ts';
import { memoryLayerCache } from '../support/layer-cache.ts';
import { rpmDatabase, rpmHeader } from '../support/rpm.ts';
import { aZip } from '../support/zip.ts';

interface Layer {
  readonly removed: readonly string[];
  readonly hidden: readonly string[];
  readonly entries: readonly Entry[];
}

const STATUS = 'var/lib/dpkg/status';
const INSTALLED = 'lib/apk/db/installed';
const RPM = 'var/lib/rpm/Packages.db';
const FOLDERS = [
  'lib',
  'lib/apk',
  'app',
  'app/node_modules',
  'app/node_modules/x',
  'etc',
  'usr',
  'usr/lib',
  'usr/lib/apk/db',
  'var',
  'var/lib',
  'var/lib/dpkg',
  'var/lib/rpm',
];
const FILES = [
  'app/node_modules/x/package.json',
  'app/y.jar',
  'app/bin/tool',
  'etc/os-release',
  'usr/lib/os-release',
  INSTALLED,
  `usr/${INSTALLED}`,
  STATUS,
  'var/lib/dpkg/status.d/one',
  'var/lib/dpkg/info/a.list',
  RPM,
  'usr/lib/sysimage/rpm/Packages.db',
];
const PLACES = [...FOLDERS, ...FILES];
const TARGETS = [
  'usr/lib/os-release',
  '../usr/lib/os-release',
  '/usr/lib',
  'usr/lib',
  '../x',
  'status.d/one',
  '/etc/os-release',
  '..',
  '/',
  '../../usr/lib/sysimage/rpm',
];

const packages = fc
  .subarray(['a 1', 'a 2', 'b 1', 'c 1'])
  .map((names) => dpkgStatus(names.map((name) => ({ name: name.slice(0, 1), version: name.slice(2) }))));

const installed = fc
  .subarray(['a 1', 'a 2', 'b 1', 'c 1'])
  .map((names) =>
    apkInstalled(names.map((one) => ({ name: one.slice(0, 1), version: one.slice(2), owns: ['app/y.jar'] }))),
  );

const rpmPackages = fc
  .subarray(['a 1', 'a 2', 'd 1'])
  .map((names) => names.map((name) => ({ name: name.slice(0, 1), version: name.slice(2), release: '1' })))
  .map((said) =>
    rpmDatabase(
      'Packages.db',
      said.map((one) => rpmHeader({ ...one, files: ['/app/y.jar'] })),
    ),
  );

const programs = [1, 2].map((nth) => goProgram('go1.22.1', `dep\tx.test/a\tv1.0.${nth}\th1:x\n`));
const archives = [1, 2].map((nth) =>
  aZip([{ name: 'META-INF/maven/a/a/pom.properties', bytes: `groupId=a\nartifactId=a\nversion=${nth}\n` }]),
);

function content(path: string): fc.Arbitrary<string | Uint8Array> {
  if (path.endsWith('Packages.db')) return rpmPackages;
  if (path.endsWith('.jar')) return fc.constantFrom('x', ...archives);
  if (path.endsWith('tool')) return fc.constantFrom('x', ...programs);
  if (path.endsWith(INSTALLED)) return installed;
  if (path.endsWith('os-release')) return fc.constantFrom(osRelease(), osRelease('alpine', '3.20'), '');
  if (path.endsWith('a.list'))
    return fc.constantFrom('/app/y.jar\n/app/bin/tool\n', '/app/node_modules/x/package.json\n', '');
  if (path.endsWith('package.json'))
    return fc.constantFrom('{"name":"x","version":"1.0.0"}', '{"name":"x"}', '{}', 'x');
  return path.startsWith('var/lib/dpkg/status') ? packages : fc.constant('x');
}

const entry: fc.Arbitrary<Entry> = fc
  .constantFrom(...PLACES)
  .chain((path) =>
    fc.oneof(
      { weight: 6, arbitrary: content(path).map((text) => file(path, text)) },
      { weight: 2, arbitrary: fc.constant(directory(path)) },
      { weight: 1, arbitrary: fc.constantFrom(...TARGETS).map((target) => symlink(path, target)) },
    ),
  );

/** One entry a path, parents first, and nothing under what is no folder in the same layer. */
function sensible(entries: readonly Entry[]): readonly Entry[] {
  const unique = [...new Map(entries.map((one) => [one.path, one])).values()];
  const others = unique.filter(({ type }) => type !== 'directory').map(({ path }) => path);
  return unique
    .filter(({ path }) => !others.some((other) => path.startsWith(`${other}/`)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const layers: fc.Arbitrary<readonly Layer[]> = fc.array(
  fc.record({
    removed: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(PLACES, { maxLength: 2 }) },
    ),
    hidden: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.subarray(FOLDERS, { maxLength: 1 }) },
    ),
    entries: fc.array(entry, { maxLength: 8 }).map(sensible),
  }),
  { minLength: 1, maxLength: 5 },
);

/** The file system that layers make, as the entries of one layer. */
function flatten(stack: readonly Layer[]): readonly Entry[] {
  const files = new Map<string, Entry>();
  const removeUnder = (path: string): void => {
    for (const other of [...files.keys()]) if (other.startsWith(`${path}/`)) files.delete(other);
  };
  const makeFolder = (path: string): void => {
    if (files.get(path)?.type !== 'directory') files.set(path, directory(path));
  };
  const makeFoldersAbove = (path: string): void => {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) makeFolder(parts.slice(0, depth).join('/'));
  };

  for (const { removed, hidden, entries } of stack) {
    for (const path of removed) {
      files.delete(path);
      removeUnder(path);
    }
    hidden.forEach(removeUnder);
    for (const path of removed) makeFoldersAbove(path);
    for (const path of hidden) makeFoldersAbove(`${path}/x`);
    for (const one of entries) {
      makeFoldersAbove(one.path);
      if (one.type === 'directory') makeFolder(one.path);
      else {
        removeUnder(one.path);
        files.set(one.path, one);
      }
    }
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function scan(stack: readonly (readonly Entry[])[], cache = memoryLayerCache()): Promise<Inventory> {
  // A file that nothing removes: an image that holds nothing at all is a case of its own.
  const built = await Promise.all(
    stack.map((entries, nth) => layer([...entries, file(`srv/${nth}`, `${nth}`)], 'plain')),
  );
  return scanImage(openImage(image(built)), { cache });
}

function entriesOf({ removed, hidden, entries }: Layer): readonly Entry[] {
  return [...entries, ...removed.map(whiteout), ...hidden.map(opaque)];
}

function named({ type, name, version }: Package): string {
  return `${type} ${name} ${version}`;
}

/** All that does not speak of layers. */
function holds({ distribution, packages: found, owned, gaps }: Inventory): unknown {
  return { distribution, gaps, owned, packages: found.map(({ layer: _layer, ...one }) => one) };
}

describe('joining layers', () => {
  it('finds what a scan of the flattened image finds', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (stack) => {
        const joined = await scan(stack.map(entriesOf));
        const flat = await scan([flatten(stack)]);
        expect(holds(joined)).toEqual(holds(flat));
      }),
      { numRuns: 400 },
    );
  });

  it('names the first layer from which a version is present unbroken', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (stack) => {
        const { packages: found, layers: diffIds } = await scan(stack.map(entriesOf));
        const states = await Promise.all(stack.map((_, nth) => scan([flatten(stack.slice(0, nth + 1))])));
        const has = states.map((state) => new Set(state.packages.map(named)));
        for (const one of found) {
          const absent = has.findLastIndex((names) => !names.has(named(one)));
          expect(one.layer).toBe(diffIds[absent + 1]?.diffId);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same from kept layers as from layers that are read', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (stack) => {
        const cache = memoryLayerCache();
        const first = await scan(stack.map(entriesOf), cache);
        expect(await scan(stack.map(entriesOf), cache)).toEqual(first);
        expect(cache.hits()).toBeGreaterThanOrEqual(stack.length);
      }),
      { numRuns: 50 },
    );
  });
});
