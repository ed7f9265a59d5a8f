/**
 * From an image with a database of rpm to what advisories of its distribution say of it, each in the
 * form in which OSV has it: of sources (Rocky, SUSE, Azure Linux), or of binary packages (Alma, Red Hat).
 */
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { openImageFile } from '../../lib/adapters/local/images/open-image-file.ts';
import { readOsv } from '../../lib/core/advisories/osv.ts';
import { matchPackages } from '../../lib/core/matching/match-packages.ts';
import { scanImage } from '../../lib/scanner/scan-image.ts';
import { osRelease } from '../support/debian.ts';
import { type Entry, file, image, layer, symlink, writeLayout } from '../support/images.ts';
import { memoryLayerCache } from '../support/layer-cache.ts';
import { rpmDatabase, type RpmForm, type RpmHeader, rpmHeader } from '../support/rpm.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What the advisory finds in an image of these files: package and fixed version. */
async function found(
  entries: readonly Entry[],
  advisory: readonly [ecosystem: string, name: string, fixed: string],
): Promise<unknown> {
  const [ecosystem, name, fixed] = advisory;
  const record = readOsv({
    schema_version: '1.7.0',
    id: 'RLSA-2026:0001',
    modified: '2026-01-01T00:00:00Z',
    upstream: ['CVE-2026-0001'],
    affected: [
      { package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] },
    ],
  });
  const folder = await temporaryFolder();
  const place = join(folder.path, 'image');
  await writeLayout(place, [image([await layer(entries)])]);
  const opened = await openImageFile(place);
  try {
    const [only] = opened.images;
    if (only === undefined) throw new Error('the layout holds no image');
    const inventory = await scanImage(only, { cache: memoryLayerCache() });
    expect(inventory.gaps).toEqual([]);
    const { matches, gaps } = matchPackages(inventory.packages, (subject) => (subject.name === name ? [record] : []));
    expect(gaps).toEqual([]);
    return matches.map((match) => [match.vulnerability, match.package.name, match.package.version, match.fixedIn]);
  } finally {
    await opened.close();
    await folder.remove();
  }
}

function database(path: string, headers: readonly RpmHeader[]): Entry {
  return file(path, rpmDatabase(path.slice(path.lastIndexOf('/') + 1) as RpmForm, headers.map(rpmHeader)));
}

function perl(release: string): readonly RpmHeader[] {
  const sourceRpm = `perl-5.32.1-${release}.src.rpm`;
  return [
    { name: 'perl-libs', version: '5.32.1', release, epoch: 4, sourceRpm },
    { name: 'perl-Errno', version: '1.30', release, sourceRpm },
    { name: 'gpg-pubkey', version: '350d275d', release: '6279464b' },
  ];
}

describe('an image of Rocky Linux', () => {
  const rocky = file('etc/os-release', osRelease('rocky', '9.4', 'Rocky Linux 9.4'));
  const advisory = ['Rocky Linux:9', 'perl', '4:5.32.1-481.el9'] as const;

  it('has what is found in its sources, whose epoch another package says', async () => {
    expect(await found([rocky, database('var/lib/rpm/rpmdb.sqlite', perl('480.el9'))], advisory)).toEqual([
      ['CVE-2026-0001', 'perl-Errno', '1.30-480.el9', '4:5.32.1-481.el9'],
      ['CVE-2026-0001', 'perl-libs', '4:5.32.1-480.el9', '4:5.32.1-481.el9'],
    ]);
  });

  it('has nothing once it is fixed', async () => {
    expect(await found([rocky, database('var/lib/rpm/rpmdb.sqlite', perl('481.el9'))], advisory)).toEqual([]);
  });

  it('has nothing of another release', async () => {
    const other = ['Rocky Linux:8', 'perl', '4:5.32.1-481.el9'] as const;
    expect(await found([rocky, database('var/lib/rpm/rpmdb.sqlite', perl('480.el9'))], other)).toEqual([]);
  });
});

describe('images of other distributions', () => {
  const openssl = (release: string, sourceRpm: string): RpmHeader => {
    return { name: 'openssl-libs', version: '3.0.7', release, epoch: 1, sourceRpm };
  };

  it.each([
    ['almalinux', '9.4', 'AlmaLinux:9'],
    ['rhel', '9.4', 'Red Hat:enterprise_linux:9::baseos'],
  ])('%s has what is found in its binary packages', async (id, versionId, ecosystem) => {
    const entries = [
      file('etc/os-release', osRelease(id, versionId, id)),
      database('var/lib/rpm/Packages', [openssl('27.el9', 'openssl-3.0.7-27.el9.src.rpm')]),
    ];
    const advisory = [ecosystem, 'openssl-libs', '1:3.0.7-28.el9_4'] as const;
    expect(await found(entries, advisory)).toEqual([
      ['CVE-2026-0001', 'openssl-libs', '1:3.0.7-27.el9', '1:3.0.7-28.el9_4'],
    ]);
  });

  it('SUSE has what is found in its sources, by its own form of the database and behind a link', async () => {
    const libopenssl: RpmHeader = {
      name: 'libopenssl1_1',
      version: '1.1.1w',
      release: '150600.5.3.1',
      sourceRpm: 'openssl-1_1-1.1.1w-150600.5.3.1.src.rpm',
    };
    const entries = [
      file('etc/os-release', osRelease('sles', '15.6', 'SUSE Linux Enterprise Server 15 SP6')),
      symlink('var/lib/rpm', '../../usr/lib/sysimage/rpm'),
      database('usr/lib/sysimage/rpm/Packages.db', [libopenssl]),
    ];
    const advisory = [
      'SUSE:Linux Enterprise Module for Basesystem 15 SP6',
      'openssl-1_1',
      '1.1.1w-150600.5.6.1',
    ] as const;
    expect(await found(entries, advisory)).toEqual([
      ['CVE-2026-0001', 'libopenssl1_1', '1.1.1w-150600.5.3.1', '1.1.1w-150600.5.6.1'],
    ]);
  });

  it('Azure Linux without a database has what is found by its list', async () => {
    const line =
      'openssl-libs\t3.3.0-1.azl3\t1\t1\tMicrosoft Corporation\t(none)\t1\tx86_64\t0\topenssl-3.3.0-1.azl3.src.rpm\n';
    const entries = [
      file('etc/os-release', osRelease('azurelinux', '3.0', 'Microsoft Azure Linux 3.0')),
      file('var/lib/rpmmanifest/container-manifest-2', line),
    ];
    expect(await found(entries, ['Azure Linux:3', 'openssl', '3.3.0-2.azl3'])).toEqual([
      ['CVE-2026-0001', 'openssl-libs', '3.3.0-1.azl3', '3.3.0-2.azl3'],
    ]);
  });
});
