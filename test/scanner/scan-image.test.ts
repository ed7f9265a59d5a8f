import { describe, expect, it } from '@jest/globals';

import type { Inventory } from '../../lib/core/sbom/inventory.ts';
import { scanImage, SCANNER_VERSION } from '../../lib/scanner/scan-image.ts';
import { dpkgStatus, osRelease } from '../support/debian.ts';
import { type BuiltLayer, type Entry, file, image, layer, openImage, symlink, whiteout } from '../support/images.ts';
import { memoryLayerCache } from '../support/layer-cache.ts';

const STATUS = 'var/lib/dpkg/status';
const RELEASE = file('etc/os-release', osRelease());

function status(...packages: readonly string[]): Entry {
  return file(
    STATUS,
    dpkgStatus(packages.map((one) => ({ name: one.split(' ')[0] ?? '', version: one.split(' ')[1] ?? '' }))),
  );
}

async function scanLayers(layers: readonly BuiltLayer[]): Promise<Inventory> {
  return scanImage(openImage(image(layers)), { cache: memoryLayerCache() });
}

async function scan(...layers: readonly (readonly Entry[])[]): Promise<Inventory> {
  return scanLayers(await Promise.all(layers.map((entries) => layer(entries))));
}

function gapsOf({ gaps }: Inventory): readonly string[] {
  return gaps.map(({ kind, subject }) => `${kind}:${subject}`);
}

const INSTALLED = 'lib/apk/db/installed';

describe('scanImage', () => {
  it('finds the packages of a Debian, and who says so', async () => {
    const text = dpkgStatus([{ name: 'perl-base', version: '5.36.0-7+deb12u3', source: 'perl' }]);
    const base = await layer([
      file('usr/lib/os-release', osRelease()),
      symlink('etc/os-release', '../usr/lib/os-release'),
      file(STATUS, text),
    ]);
    const built = image([base], { history: ['ADD rootfs'] });
    expect(await scanImage(openImage(built), { cache: memoryLayerCache() })).toEqual({
      schemaVersion: 1,
      scanner: { name: 'cavendish', version: SCANNER_VERSION },
      image: built.manifest.digest,
      created: '2026-11-23T00:00:00.000Z',
      distribution: { id: 'debian', versionId: '12', codename: null, name: 'Debian GNU/Linux 12 (bookworm)' },
      layers: [{ diffId: base.diffId, digest: base.digest, createdBy: 'ADD rootfs' }],
      packages: [
        {
          type: 'deb',
          name: 'perl-base',
          version: '5.36.0-7+deb12u3',
          architecture: 'amd64',
          purl: 'pkg:deb/debian/perl-base@5.36.0-7%2Bdeb12u3?arch=amd64&distro=debian-12',
          source: { name: 'perl', version: '5.36.0-7+deb12u3' },
          ecosystem: 'Debian:12',
          layer: base.diffId,
          path: STATUS,
          foundBy: 'dpkg',
          licences: [],
        },
      ],
      owned: [],
      gaps: [],
    });
  });

  it('reads the packages of a distroless image, a file each', async () => {
    const one = (name: string): Entry =>
      file(`var/lib/dpkg/status.d/${name}`, `Package: ${name}\nVersion: 1\nArchitecture: all\n`);
    const sums = file('var/lib/dpkg/status.d/base.md5sums', 'd41d8cd98f00b204e9800998ecf8427e  etc/x\n');
    const { packages, gaps } = await scan(
      [RELEASE, one('base'), sums],
      [one('tzdata')],
      [whiteout('var/lib/dpkg/status.d/base')],
    );
    expect(packages).toMatchObject([{ name: 'tzdata', path: 'var/lib/dpkg/status.d/tzdata' }]);
    expect(gaps).toEqual([]);
  });

  it('leaves to a package of a distroless image what its checksums name', async () => {
    const one = file('var/lib/dpkg/status.d/six', 'Package: python3-six\nVersion: 1.16-4\nArchitecture: all\n');
    const wheel = 'usr/lib/python3/dist-packages/six-1.16.dist-info/METADATA';
    const sums = file('var/lib/dpkg/status.d/six.md5sums', `d41d8cd98f00b204e9800998ecf8427e  ${wheel}\n`);
    const metadata = file(wheel, 'Metadata-Version: 2.1\nName: six\nVersion: 1.16\n');

    const { packages, owned } = await scan([RELEASE, one, sums, metadata]);
    expect(packages.map(({ name }) => name)).toEqual(['python3-six']);
    const owner = 'pkg:deb/debian/python3-six@1.16-4?arch=all&distro=debian-12';
    expect(owned).toEqual([{ type: 'pypi', name: 'six', version: '1.16', path: wheel, owner }]);
    expect((await scan([RELEASE, one, metadata])).packages.map(({ name }) => name)).toEqual(['python3-six', 'six']);
  });

  it('lists a package once, however often it is written down', async () => {
    const again = file('var/lib/dpkg/status.d/a', 'Package: a\nVersion: 1\nArchitecture: amd64\n');
    const { packages } = await scan([RELEASE, status('a 1', 'a 1', 'a 2'), again]);
    expect(packages.map(({ version, path }) => [version, path])).toEqual([
      ['1', STATUS],
      ['2', STATUS],
    ]);
  });

  describe('first layers', () => {
    async function layersOf(...states: readonly (readonly Entry[])[]): Promise<Record<string, number>> {
      const { packages, layers } = await scan(...states.map((entries, nth) => [...entries, file(`srv/${nth}`)]));
      return Object.fromEntries(
        packages.map(({ name, version, layer: since }) => [
          `${name} ${version}`,
          layers.findIndex(({ diffId }) => diffId === since),
        ]),
      );
    }

    it.each<[string, (readonly Entry[])[], Record<string, number>]>([
      ['a package that stays', [[status('a 1')], [status('a 1', 'b 1')]], { 'a 1': 0, 'b 1': 1 }],
      ['a layer that leaves the database alone', [[status('a 1')], [], [status('a 1', 'b 1')]], { 'a 1': 0, 'b 1': 2 }],
      ['an upgrade', [[status('a 1')], [status('a 2')]], { 'a 2': 1 }],
      ['an upgrade and a downgrade back', [[status('a 1')], [status('a 2')], [status('a 1')]], { 'a 1': 2 }],
      ['a removal and a new installation', [[status('a 1')], [status('b 1')], [status('a 1')]], { 'a 1': 2 }],
      ['a database that was gone for a while', [[status('a 1')], [whiteout(STATUS)], [status('a 1')]], { 'a 1': 2 }],
      [
        'a database that moved',
        [
          [status('a 1')],
          [whiteout(STATUS), file('var/lib/dpkg/status.d/a', 'Package: a\nVersion: 1\nArchitecture: amd64\n')],
        ],
        { 'a 1': 0 },
      ],
    ])('are right for %s', async (_what, states, expected) => {
      expect(await layersOf(...states)).toEqual(expected);
    });
  });

  describe('gaps', () => {
    it.each<[string, readonly (readonly Entry[])[], readonly string[]]>([
      ['no layers', [], ['empty-image:image']],
      ['nothing but folders', [[{ path: 'etc', type: 'directory' }]], ['empty-image:image']],
      ['no database', [[file('bin/app')]], ['no-package-database:image']],
      [
        'a database that was removed',
        [[RELEASE, status('a 1')], [whiteout('var/lib/dpkg')]],
        ['no-package-database:image'],
      ],
      ['a database that names nothing', [[RELEASE, file(STATUS)]], ['no-package-database:image']],
      ['a database and no os-release', [[status('a 1')]], ['unknown-distribution:unnamed']],
      [
        'another distribution',
        [[file('etc/os-release', osRelease('slackware', '15.0')), file('usr/lib/opkg/status')]],
        ['unknown-distribution:slackware 15.0', 'unread-ecosystem:opkg'],
      ],
      [
        'an Alpine that has no release',
        [[file('etc/os-release', osRelease('alpine', '3.21.0_alpha20240807')), file(INSTALLED, 'P:a\nV:1-r0\n')]],
        ['unknown-distribution:alpine 3.21.0_alpha20240807'],
      ],
      [
        'an Alpine without a package',
        [[file('etc/os-release', osRelease('alpine', '3.10.4')), file(INSTALLED)]],
        ['no-package-database:image'],
      ],
      [
        'a Debian without a release',
        [[file('etc/os-release', osRelease('debian', null)), status('a 1')]],
        ['unknown-distribution:debian'],
      ],
      [
        'an os-release that leads elsewhere',
        [[symlink('etc/os-release', '/opt/os'), status('a 1')]],
        ['unknown-distribution:os-release'],
      ],
      [
        'a database behind a link',
        [[RELEASE, symlink('var/lib/dpkg', '/opt/db'), file('opt/db/status')]],
        [
          'malformed-database:var/lib/dpkg/status',
          'malformed-database:var/lib/dpkg/status.d',
          'no-package-database:image',
        ],
      ],
      [
        'a database that is broken',
        [[RELEASE, file(STATUS, `${dpkgStatus([{ name: 'a', version: '1' }])}asdf\n`)]],
        ['malformed-database:var/lib/dpkg/status'],
      ],
      [
        'a list of files in place of a database',
        [
          [
            RELEASE,
            status('a 1'),
            symlink('var/lib/dpkg/status.d/x', '../info/a.list'),
            file('var/lib/dpkg/info/a.list'),
          ],
        ],
        ['malformed-database:var/lib/dpkg/info/a.list'],
      ],
      [
        'packages of languages',
        [[RELEASE, status('a 1'), file('app/.pnp.cjs'), file('app/conda-meta/y.json')]],
        ['unread-ecosystem:conda', 'unread-ecosystem:npm'],
      ],
      [
        'packages of languages that were removed',
        [[RELEASE, status('a 1'), file('app/node_modules/x/package.json'), file('app/x.egg')], [whiteout('app')]],
        [],
      ],
      [
        'systems in the system',
        [[RELEASE, status('a 1'), file('srv/root/var/lib/dpkg/status'), file('srv/alpine/lib/apk/db/installed')]],
        ['unread-ecosystem:apk', 'unread-ecosystem:deb'],
      ],
    ])('name %s', async (_what, layers, expected) => {
      expect(gapsOf(await scan(...layers))).toEqual(expected);
    });

    it('say how many files, and name one', async () => {
      const { gaps } = await scan([
        RELEASE,
        status('a 1'),
        file('conda-meta/b.json'),
        file('conda-meta/a.json'),
        file('conda-meta/c.json'),
      ]);
      expect(gaps).toMatchObject([
        { message: 'Packages of conda are present and were not read: conda-meta/a.json and 2 more.' },
      ]);
    });

    it('leave out what a package of the distribution brought', async () => {
      const jar = 'usr/share/java/six.jar';
      const broken = 'usr/share/nodejs/six/package.json';
      const list = (name: string): Entry => file(`var/lib/dpkg/info/${name}.list`, `/.\n/usr\n/${jar}\n/${broken}\n`);
      const files = [RELEASE, file(jar), file(broken)];
      expect(gapsOf(await scan([...files, status('six 1'), list('six')]))).toEqual([]);
      expect(gapsOf(await scan([...files, status('six 1'), list('six:amd64')]))).toEqual([]);
      // The list of a package that is not there proves nothing.
      expect(gapsOf(await scan([...files, status('a 1'), list('six')]))).toEqual([
        'unread-ecosystem:java',
        'unread-ecosystem:npm',
      ]);
    });
  });
});
