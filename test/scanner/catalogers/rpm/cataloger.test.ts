import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import type { Inventory } from '../../../../lib/core/sbom/inventory.ts';
import { scanImage } from '../../../../lib/scanner/scan-image.ts';
import { osRelease } from '../../../support/debian.ts';
import { type Entry, file, image, layer, openImage, symlink, whiteout } from '../../../support/images.ts';
import { memoryLayerCache } from '../../../support/layer-cache.ts';
import { rpmDatabase, type RpmForm, type RpmHeader, rpmHeader } from '../../../support/rpm.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/scanner/rpm');
const ROCKY = file('etc/os-release', osRelease('rocky', '9.4', 'Rocky Linux 9.4'));

const bash: RpmHeader = {
  name: 'bash',
  version: '5.1.8',
  release: '6.el9',
  sourceRpm: 'bash-5.1.8-6.el9.src.rpm',
  licence: 'GPLv3+',
};
const openssl: RpmHeader = { name: 'openssl-libs', version: '3.0.7', release: '27.el9', epoch: 1, licence: 'ASL 2.0' };

async function scan(...layers: readonly (readonly Entry[])[]): Promise<Inventory> {
  const built = await Promise.all(layers.map((entries) => layer(entries)));
  return scanImage(openImage(image(built)), { cache: memoryLayerCache() });
}

function database(path: string, headers: readonly RpmHeader[]): Entry {
  const form = path.slice(path.lastIndexOf('/') + 1) as RpmForm;
  return file(path, rpmDatabase(form, headers.map(rpmHeader)));
}

function malformed({ gaps }: Inventory): readonly (readonly [string, string])[] {
  return gaps.flatMap(({ kind, subject, message }) =>
    kind === 'malformed-database' ? [[subject, message] as const] : [],
  );
}

describe('an image with a database of rpm', () => {
  it('has its packages, each with version, source, licence and package URL', async () => {
    const inventory = await scan([ROCKY, database('var/lib/rpm/rpmdb.sqlite', [bash, openssl])]);
    expect(inventory.packages).toMatchObject([
      {
        type: 'rpm',
        name: 'bash',
        version: '5.1.8-6.el9',
        architecture: 'x86_64',
        source: { name: 'bash', version: '5.1.8-6.el9' },
        licences: ['GPLv3+'],
        purl: 'pkg:rpm/rocky/bash@5.1.8-6.el9?arch=x86_64&distro=rocky-9.4',
        path: 'var/lib/rpm/rpmdb.sqlite',
        foundBy: 'rpm',
      },
      {
        name: 'openssl-libs',
        version: '1:3.0.7-27.el9',
        source: { name: 'openssl-libs', version: '1:3.0.7-27.el9' },
        purl: 'pkg:rpm/rocky/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=rocky-9.4&epoch=1',
      },
    ]);
    expect(malformed(inventory)).toEqual([]);
  });

  it.each(['var/lib/rpm/Packages', 'usr/lib/sysimage/rpm/Packages.db', 'usr/share/rpm/rpmdb.sqlite'])(
    'is read at %s',
    async (path) => {
      const { packages } = await scan([ROCKY, database(path, [bash])]);
      expect(packages).toMatchObject([{ name: 'bash', path }]);
    },
  );

  it('is read once where one folder is a link to another', async () => {
    const inventory = await scan([
      ROCKY,
      symlink('var/lib/rpm', '../../usr/lib/sysimage/rpm'),
      database('usr/lib/sysimage/rpm/rpmdb.sqlite', [bash]),
    ]);
    expect(inventory.packages).toMatchObject([{ name: 'bash', path: 'usr/lib/sysimage/rpm/rpmdb.sqlite' }]);
    expect(malformed(inventory)).toEqual([]);
  });

  it('names a link that leads to what was not read', async () => {
    const inventory = await scan([
      ROCKY,
      symlink('var/lib/rpm/Packages', '../../../srv/Packages'),
      file('srv/Packages', 'x'),
    ]);
    expect(malformed(inventory)).toEqual([
      ['var/lib/rpm/Packages', 'The package database var/lib/rpm/Packages leads to srv/Packages, which was not read.'],
    ]);
  });

  it('says the first layer from which a version is there', async () => {
    const { packages, layers } = await scan(
      [ROCKY, database('var/lib/rpm/rpmdb.sqlite', [bash, openssl])],
      [database('var/lib/rpm/rpmdb.sqlite', [bash, { ...openssl, release: '28.el9' }])],
      [
        whiteout('var/lib/rpm/rpmdb.sqlite'),
        database('var/lib/rpm/Packages.db', [bash, { ...openssl, release: '28.el9' }]),
      ],
    );
    expect(
      packages.map(({ name, layer: since }) => [name, layers.findIndex(({ diffId }) => diffId === since)]),
    ).toEqual([
      ['bash', 0],
      ['openssl-libs', 1],
    ]);
  });

  it('owns the packages of languages that came with its packages', async () => {
    const jar = '/usr/share/java/a.jar';
    const owner = { ...bash, name: 'java-a', files: [jar] };
    const inventory = await scan([ROCKY, file(jar.slice(1), 'x'), database('var/lib/rpm/Packages', [bash, owner])]);
    expect(inventory.gaps.map(({ kind }) => kind)).not.toContain('unread-ecosystem');
    const other = await scan([ROCKY, file(jar.slice(1), 'x'), database('var/lib/rpm/Packages', [bash])]);
    expect(other.gaps.map(({ kind }) => kind)).toContain('unread-ecosystem');
  });

  it('has a gap that names file and reason where it can not be read whole, and what can be read', async () => {
    const whole = rpmDatabase('Packages.db', [bash, openssl].map(rpmHeader));
    const inventory = await scan([ROCKY, file('var/lib/rpm/Packages.db', whole.subarray(0, whole.length - 16))]);
    expect(inventory.packages).toMatchObject([{ name: 'bash' }]);
    expect(malformed(inventory)).toEqual([
      [
        'var/lib/rpm/Packages.db',
        'The package database var/lib/rpm/Packages.db could not be read whole: it is cut off in package 2.',
      ],
    ]);
  });
});

describe('a database that was not closed', () => {
  /** A log of one page, which ends a change or does not. */
  function wal(isCommitted: boolean): Buffer {
    const log = Buffer.alloc(32 + 24 + 4096);
    log.writeUInt32BE(0x377f0682, 0);
    log.writeUInt32BE(4096, 8);
    log.write('saltsalt', 16, 'latin1');
    log.writeUInt32BE(isCommitted ? 7 : 0, 32 + 4);
    log.write('saltsalt', 32 + 8, 'latin1');
    return log;
  }

  it.each([
    ['holds a change', wal(true), 1],
    ['holds a change of which no end is written', wal(false), 0],
    ['is of an older database', Buffer.concat([wal(false).subarray(0, 32), Buffer.alloc(4120, 9)]), 0],
    ['is empty', Buffer.alloc(0), 0],
    ['is no log', Buffer.alloc(5000, 7), 0],
  ])('has a gap where its log %s: %#', async (_what, log, count) => {
    const inventory = await scan([
      ROCKY,
      database('var/lib/rpm/rpmdb.sqlite', [bash]),
      file('var/lib/rpm/rpmdb.sqlite-wal', log),
    ]);
    const gap = 'The package database var/lib/rpm/rpmdb.sqlite-wal holds changes that are not in the database itself.';
    expect(malformed(inventory)).toEqual(count === 0 ? [] : [['var/lib/rpm/rpmdb.sqlite-wal', gap]]);
    expect(inventory.packages).toHaveLength(1);
  });

  it('has a gap where a change was neither ended nor taken back', async () => {
    const journal = Buffer.from('d9d505f920a163d700000001', 'hex');
    const inventory = await scan([
      ROCKY,
      database('var/lib/rpm/rpmdb.sqlite', [bash]),
      file('var/lib/rpm/rpmdb.sqlite-journal', journal),
    ]);
    expect(malformed(inventory)).toHaveLength(1);
  });
});

describe('an image of Azure Linux without a database', () => {
  const line = (fields: readonly string[]): string => `${fields.join('\t')}\n`;
  const filesystem = [
    'filesystem',
    '1.1-21.azl3',
    '1720000000',
    '1710000000',
    'Microsoft Corporation',
    '(none)',
    '7596',
  ];
  const LIST = 'var/lib/rpmmanifest/container-manifest-2';
  const AZURE = file('etc/os-release', osRelease('azurelinux', '3.0', 'Microsoft Azure Linux 3.0'));

  it('has the packages of the list', async () => {
    const { packages, gaps } = await scan([
      AZURE,
      file(
        LIST,
        line([...filesystem, 'x86_64', '0', 'filesystem-1.1-21.azl3.src.rpm']) +
          line([
            'ca',
            '3.0.0-9.azl3',
            '1',
            '1',
            'Microsoft Corporation',
            '1',
            '0',
            'noarch',
            '1',
            'ca-3.0.0-9.azl3.src.rpm',
          ]),
      ),
    ]);
    expect(packages.map(({ name, version, source }) => [name, version, source])).toEqual([
      ['ca', '1:3.0.0-9.azl3', { name: 'ca', version: '1:3.0.0-9.azl3' }],
      ['filesystem', '1.1-21.azl3', { name: 'filesystem', version: '1.1-21.azl3' }],
    ]);
    expect(gaps.map(({ kind }) => kind)).not.toContain('malformed-database');
  });

  it('names a line that says no package', async () => {
    expect(malformed(await scan([AZURE, file(LIST, line(filesystem))]))).toEqual([
      [LIST, `The package database ${LIST} could not be read whole: it does not say a package in line 1.`],
    ]);
  });
});

describe('a database of a real image', () => {
  it.each([
    ['ubi8-s390x', 'var/lib/rpm/Packages', 3],
    ['sle15', 'usr/lib/sysimage/rpm/Packages.db', 4],
    ['mariner2', 'var/lib/rpm/rpmdb.sqlite', 5],
  ])('is read: %s', async (fixture, path, count) => {
    const bytes = readFileSync(join(FIXTURES, fixture, path.slice(path.lastIndexOf('/') + 1)));
    const { packages } = await scan([ROCKY, file(path, bytes)]);
    expect(packages).toHaveLength(count);
  });
});
