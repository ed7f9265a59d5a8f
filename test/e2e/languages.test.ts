/** Packages of languages from an image to findings: what is installed is matched with what was imported. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { dpkgStatus, osRelease } from '../support/debian.ts';
import { file, image, layer, writeLayout } from '../support/images.ts';
import { jsonFile, ownedByDebian } from '../support/language-images.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const SITE = 'usr/local/lib/python3.12/site-packages';
const OWNED = 'usr/lib/python3/dist-packages/Django-3.2.0.egg-info';

/** The ranges are those of GHSA-35jh-r3h4-6jhm and GHSA-v6rh-hp5x-86rv. */
const RECORDS = [
  anOsv('GHSA-35jh-r3h4-6jhm', 'CVE-2021-23337', 'npm', 'lodash', 'SEMVER', '4.17.21'),
  anOsv('GHSA-v6rh-hp5x-86rv', 'CVE-2021-44420', 'PyPI', 'django', 'ECOSYSTEM', '3.2.10'),
  anOsv('DEBIAN-CVE-2000-1', 'CVE-2000-0001', 'Debian:12', 'base-files', 'ECOSYSTEM', '1'),
];

let folder: TemporaryFolder;
let layout: string;

function anOsv(id: string, alias: string, ecosystem: string, name: string, type: string, fixed: string) {
  const ranges = [{ type, events: [{ introduced: '0' }, { fixed }] }];
  return {
    id,
    modified: '2026-01-01T00:00:00Z',
    aliases: [alias],
    affected: [{ package: { ecosystem, name }, ranges }],
  };
}

interface Judged {
  readonly verdict: string;
  readonly findings: readonly { readonly vulnerability: string; readonly package: { readonly purl: string } }[];
  readonly gaps: readonly { readonly kind: string; readonly subject: string }[];
}

beforeAll(async () => {
  folder = await temporaryFolder();
  layout = join(folder.path, 'layout');
  const base = [
    file('etc/os-release', osRelease()),
    file('var/lib/dpkg/status', dpkgStatus([{ name: 'base-files', version: '12', architecture: 'all' }])),
    ownedByDebian(OWNED),
    file(OWNED),
  ];
  const top = [
    jsonFile('app/node_modules/lodash/package.json', { name: 'lodash', version: '4.17.20', license: 'MIT' }),
    jsonFile('app/node_modules/express/package.json', { name: 'express', version: '4.17.1' }),
    file(`${SITE}/Django-3.2.9.dist-info/METADATA`, 'Metadata-Version: 2.1\nName: Django\nVersion: 3.2.9\n\n'),
    file('usr/local/bundle/specifications/rake-13.0.6.gemspec', '# stub: rake 13.0.6 ruby lib\n'),
  ];
  await writeLayout(layout, [image([await layer(base), await layer(top)])]);
  const records = join(folder.path, 'records.json');
  await writeFile(records, JSON.stringify(RECORDS));
  const complete = ['npm', 'PyPI', 'Debian:12'].flatMap((ecosystem) => ['--complete', ecosystem]);
  const imported = await run(['feeds', 'import', '--data', join(folder.path, 'home'), records, ...complete]);
  expect(imported).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await folder.remove();
});

describe('packages of languages in an image', () => {
  it('are judged by the advisories of their ecosystem, and those that Debian owns by Debian', async () => {
    const { stdout } = await run(['judge', layout, '--json', '--data', join(folder.path, 'home')]);
    const judged = JSON.parse(stdout) as Judged;

    expect(judged.findings.map((one) => [one.vulnerability, one.package.purl])).toEqual([
      ['CVE-2021-23337', 'pkg:npm/lodash@4.17.20'],
      ['CVE-2021-44420', 'pkg:pypi/django@3.2.9'],
    ]);
    expect(judged.gaps.filter(({ kind }) => kind.startsWith('unanswered'))).toMatchObject([
      { kind: 'unanswered-ecosystem', subject: 'RubyGems' },
    ]);
  });
});
