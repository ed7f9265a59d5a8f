import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { readOsv } from '../../../lib/core/advisories/osv.ts';
import type { OsvRecord } from '../../../lib/core/advisories/records.ts';
import { matchPackages } from '../../../lib/core/matching/match-packages.ts';
import type { Package } from '../../../lib/core/sbom/inventory.ts';
import { affecting, anAdvisory, aPackage } from '../../support/advisory-builders.ts';

const match = (records: readonly OsvRecord[], packages: readonly Package[] = [aPackage()]) =>
  matchPackages(packages, (subject) =>
    records.filter(({ affected }) => affected.some(({ name }) => name === subject.name)),
  );

describe('packages of RPM', () => {
  const ecosystem = 'AlmaLinux:8';
  const libs = aPackage({
    ...{ name: 'openssl-libs', version: '1:1.1.1g-2.el8', ecosystem },
    source: { name: 'openssl', version: '1:1.1.1g-2.el8' },
  });

  function about(id: string, name: string, fixed: string): OsvRecord {
    const affected = [affecting([{ introduced: '0' }, { fixed }], { ecosystem, name })];
    return anAdvisory(id, { upstream: ['CVE-2026-0001'], affected });
  }

  it('are asked by their own name and by their source, and what both say is one match', () => {
    const bySource = about('ALSA-2', 'openssl', '1:1.1.1k-1.el8');
    const byName = about('ALSA-1', 'openssl-libs', '1:1.1.1k-5.el8_5');
    expect(match([byName], [libs]).matches).toMatchObject([
      { fixedIn: '1:1.1.1k-5.el8_5', records: [{ id: 'ALSA-1' }] },
    ]);
    expect(match([bySource], [libs]).matches).toMatchObject([
      { fixedIn: '1:1.1.1k-1.el8', records: [{ id: 'ALSA-2' }] },
    ]);
    expect(match([bySource, byName], [libs]).matches).toMatchObject([
      {
        ...{ vulnerability: 'CVE-2026-0001', fixedIn: '1:1.1.1k-5.el8_5' },
        records: [{ id: 'ALSA-1' }, { id: 'ALSA-2' }],
        matched: [{ record: 'ALSA-1' }, { record: 'ALSA-2' }],
      },
    ]);
  });

  it('are each compared by its own version', () => {
    const odd = { ...libs, version: '7-1', source: { name: 'openssl', version: '1-1' } };
    expect(match([about('A', 'openssl-libs', '5-1'), about('B', 'openssl', '1-1')], [odd]).matches).toEqual([]);
    expect(match([about('A', 'openssl-libs', '8-1')], [odd]).matches).toMatchObject([
      { matched: [{ version: '7-1' }] },
    ]);
  });
});

describe('matchPackages', () => {
  it('says which record matched, how, and what fixes it', () => {
    const record = anAdvisory('DSA-1', {
      upstream: ['CVE-2026-0001'],
      affected: [affecting([{ introduced: '1.0' }, { fixed: '2.1' }])],
    });
    const pkg = aPackage({ name: 'perl-base', version: '9', source: { name: 'perl', version: '2.0' } });

    expect(match([record], [pkg])).toEqual({
      gaps: [],
      matches: [
        {
          vulnerability: 'CVE-2026-0001',
          aliases: [],
          records: [record],
          package: pkg,
          fixedIn: '2.1',
          matched: [
            { record: 'DSA-1', ecosystem: 'Debian:12', by: 'range', version: '2.0', introduced: '1.0', fixed: '2.1' },
          ],
        },
      ],
    });
  });

  it('makes one match a vulnerability and package, with all its records in order', () => {
    const records = ['DSA-2', 'DSA-1'].map((id) => anAdvisory(id, { upstream: ['CVE-2026-0001'] }));
    const packages = ['perl-modules', 'perl-base'].map((name) =>
      aPackage({ name, source: { name: 'perl', version: '2.0' } }),
    );

    expect(match(records, packages).matches.map((one) => [one.package.name, one.records.map(({ id }) => id)])).toEqual([
      ['perl-base', ['DSA-1', 'DSA-2']],
      ['perl-modules', ['DSA-1', 'DSA-2']],
    ]);
  });

  it('keeps the order of vulnerability, then purl, then place, in whatever order packages come', () => {
    const records = [
      anAdvisory('B', { upstream: ['CVE-2026-0002', 'CVE-2026-0001'] }),
      anAdvisory('A', { upstream: ['CVE-2026-0002'] }),
    ];
    const packages = [
      aPackage({ path: 'var/lib/dpkg/status.d/perl' }),
      aPackage(),
      aPackage({ name: 'perl-base', source: { name: 'perl', version: '2.0' } }),
    ];
    const { matches } = match(records, packages);

    expect(matches.map((one) => `${one.vulnerability} ${one.package.name} ${one.package.path}`)).toEqual([
      'CVE-2026-0001 perl-base var/lib/dpkg/status',
      'CVE-2026-0001 perl var/lib/dpkg/status',
      'CVE-2026-0001 perl var/lib/dpkg/status.d/perl',
      'CVE-2026-0002 perl-base var/lib/dpkg/status',
      'CVE-2026-0002 perl var/lib/dpkg/status',
      'CVE-2026-0002 perl var/lib/dpkg/status.d/perl',
    ]);
    expect(match([...records].reverse(), [...packages].reverse()).matches).toEqual(matches);
  });

  it('compares the version of the source package, and by its name', () => {
    const record = anAdvisory('DSA-1', { affected: [affecting([{ introduced: '0' }, { fixed: '5' }])] });
    const binary = aPackage({ name: 'libperl', version: '1', source: { name: 'perl', version: '5' } });
    const namesake = aPackage({ name: 'perl', version: '1', source: { name: 'other', version: '1' } });

    expect(match([record], [binary, namesake]).matches).toEqual([]);
  });

  it('leaves a package of no known ecosystem to whoever says that nobody answers for it', () => {
    expect(match([anAdvisory('DSA-1')], [aPackage({ ecosystem: null })])).toEqual({ matches: [], gaps: [] });
  });

  it('takes the newest of a record that two feeds hold', () => {
    const old = anAdvisory('DSA-1', { modified: '2026-01-01T00:00:00.000Z' });
    const withdrawn = anAdvisory('DSA-1', {
      modified: '2026-02-01T00:00:00.000Z',
      withdrawn: '2026-02-01T00:00:00.000Z',
    });

    expect(match([withdrawn, old]).matches).toEqual([]);
    expect(match([old]).matches).toHaveLength(1);
  });

  it('makes a gap of an installed version that can not be read, named by its source package', () => {
    const binaries = ['perl-base', 'perl-modules'].map((name) =>
      aPackage({ name, source: { name: 'perl', version: '<none>' } }),
    );
    const record = anAdvisory('DSA-1', { affected: [affecting([{ introduced: '0' }, { fixed: '5' }])] });

    expect(match([record], binaries)).toEqual({
      matches: [],
      gaps: [
        {
          kind: 'unparsable-version',
          subject: 'perl',
          message:
            '"<none>" of perl can not be put in order (its upstream version has a character that no version has), and DSA-1 hangs on it',
        },
      ],
    });
  });

  it('has no gap where no advisory speaks of the package', () => {
    expect(match([], [aPackage({ version: '<none>' })])).toEqual({ matches: [], gaps: [] });
  });

  it('makes a gap of a version in an advisory that can not be read, named by the record', () => {
    const record = anAdvisory('DSA-1', { affected: [affecting([{ introduced: '0' }, { fixed: '<later>' }])] });

    expect(match([record])).toMatchObject({
      matches: [],
      gaps: [{ kind: 'unparsable-version', subject: 'DSA-1', message: expect.stringContaining('"<later>" of perl') }],
    });
  });

  it('keeps gaps in order, one a subject', () => {
    const unreadable = affecting([{ introduced: '0' }, { fixed: '_' }]);
    const records = ['DSA-2', 'DSA-1'].map((id) =>
      anAdvisory(id, { affected: [unreadable, { ...unreadable, name: 'bash' }] }),
    );
    const { gaps } = match(records, [aPackage(), aPackage({ name: 'bash' })]);

    expect(gaps.map(({ subject }) => subject)).toEqual(['DSA-1', 'DSA-2']);
    const unreadablePackages = ['perl', 'bash'].map((name) => aPackage({ name, version: '_' }));
    expect(match(records, unreadablePackages).gaps.map(({ subject }) => subject)).toEqual(['bash', 'perl']);
  });
});

describe('the sample of Debian 12.15', () => {
  const here = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  const records = (here('../../../lib/cli/sample/advisories.json') as unknown[]).map(readOsv);
  const packages = (
    here('../../fixtures/advisories/debian-12-packages.json') as Pick<Package, 'name' | 'version' | 'source'>[]
  ).map(aPackage);

  it('has 16 findings of 15 vulnerabilities in 88 packages by 190 records', () => {
    expect([packages.length, records.length]).toEqual([88, 190]);
    const { matches, gaps } = match(records, packages);

    expect(matches).toHaveLength(16);
    expect(new Set(matches.map(({ vulnerability }) => vulnerability)).size).toBe(15);
    expect(gaps).toEqual([]);
  });
});
