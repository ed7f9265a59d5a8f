/** Files of others (test/fixtures/scanner, test/fixtures/images): each is read, or refused with a reason. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { openImageFile } from '../../lib/adapters/local/images/open-image-file.ts';
import type { Inventory } from '../../lib/core/sbom/inventory.ts';
import { scanImage } from '../../lib/scanner/scan-image.ts';
import { dpkgStatus, osRelease } from '../support/debian.ts';
import { file, image, layer, layerOf, openImage } from '../support/images.ts';
import { memoryLayerCache } from '../support/layer-cache.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');

async function scanFile(path: string): Promise<Inventory> {
  const opened = await openImageFile(join(FIXTURES, path));
  const [only] = opened.images;
  if (only === undefined) throw new Error(`${path} holds no image`);
  try {
    return await scanImage(only, { cache: memoryLayerCache() });
  } finally {
    await opened.close();
  }
}

/** The tar as a layer on a small Debian. */
async function scanOnDebian(tar: string): Promise<Inventory> {
  const base = await layer([
    file('etc/os-release', osRelease()),
    file('etc/profile', 'x'),
    file('a/a_file.txt', 'x'),
    file('var/lib/dpkg/status', dpkgStatus([{ name: 'base-files', version: '12' }])),
  ]);
  const top = layerOf(readFileSync(join(FIXTURES, 'scanner/tars', tar)));
  return scanImage(openImage(image([base, top])), { cache: memoryLayerCache() });
}

describe('a real Debian', () => {
  it('has the packages that it has', async () => {
    const { packages, gaps, distribution } = await scanFile('images/debian-12.15-minbase-dbonly');
    expect(distribution).toMatchObject({ id: 'debian', versionId: '12' });
    expect(packages).toHaveLength(88);
    expect(new Set(packages.map(({ source }) => source.name)).size).toBe(63);
    expect(packages.every(({ ecosystem }) => ecosystem === 'Debian:12')).toBe(true);
    expect(gaps).toEqual([]);
  });
});

describe('layers of others', () => {
  it.each([
    ['whiteout.tar', []],
    ['whiteout_advanced.tar', []],
    ['whiteout_opaque.tar', []],
    ['bad_name.tar', []],
    ['concat.tar', []],
    ['oddlayer.tar', []],
    ['empty.tar', []],
    ['escape.tar', []],
  ])('%s is read', async (tar, unread) => {
    const { packages, gaps } = await scanOnDebian(tar);
    expect(packages).toMatchObject([{ name: 'base-files' }]);
    expect(gaps.map(({ subject }) => subject)).toEqual(unread);
  });

  it('layer-with-bad-version.tar holds a package of Python, and one in an archive', async () => {
    const { packages, gaps } = await scanOnDebian('layer-with-bad-version.tar');
    expect(packages.map(({ purl }) => purl)).toEqual([
      'pkg:deb/debian/base-files@12?arch=amd64&distro=debian-12',
      'pkg:pypi/mypackage@xxx',
    ]);
    expect(gaps).toMatchObject([{ kind: 'unread-ecosystem', subject: 'python' }]);
  });
});

describe('archives of others', () => {
  it.each([
    'overwrite-file.tar',
    'symlink-attack.tar',
    'symlink-basic.tar',
    'symlink-cycle.tar',
    'symlink-dangling.tar',
    'symlink-depth-exceeded.tar',
    'symlinks.tar',
  ])('%s is read, and has no package database', async (tar) => {
    const { packages, gaps } = await scanFile(`scanner/tars/${tar}`);
    expect(packages).toEqual([]);
    expect(gaps).toMatchObject([{ kind: 'no-package-database' }]);
  });
});
