/**
 * The cases of Trivy's own integration tests: its packages, its advisories as OSV, and the
 * vulnerabilities that it finds, none more.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { advisoryBucket } from '../../lib/core/advisories/bucket.ts';
import { readOsv } from '../../lib/core/advisories/osv.ts';
import type { OsvRecord } from '../../lib/core/advisories/records.ts';
import type { Subject } from '../../lib/core/matching/evaluate-record.ts';
import { matchPackages } from '../../lib/core/matching/match-packages.ts';
import { subjectsOfPurl } from '../../lib/core/matching/subject-of-purl.ts';
import { ecosystemOf } from '../../lib/core/sbom/ecosystem.ts';
import type { Package, PackageType } from '../../lib/core/sbom/inventory.ts';
import { writePurl } from '../../lib/core/sbom/purl.ts';
import { osvOfTrivy, type TrivyAdvisory } from '../support/osv-of-trivy.ts';

type Row = readonly [name: string, version: string, source?: string, sourceVersion?: string];
type Expected = readonly [name: string, version: string, vulnerability: string, fixed: string, ...string[]];

interface Case {
  readonly case: string;
  readonly os?: readonly [family: string, release: string];
  readonly type?: string;
  readonly inventory: readonly Row[];
  readonly expected: readonly Expected[];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(`test/fixtures/trivy-cases/${name}.json`, 'utf8'));
}

const RECORDS: readonly OsvRecord[] = osvOfTrivy(read('advisories') as readonly TrivyAdvisory[]).map(readOsv);
const CASES = read('cases') as readonly Case[];

/** Trivy's families by what os-release(5) says there: type of package, `ID`, and the part of the release that it has. */
const SYSTEMS: Readonly<Record<string, readonly [PackageType, id: string, release: RegExp]>> = {
  alpine: ['apk', 'alpine', /.+/u],
  amazon: ['rpm', 'amzn', /^\d+/u],
  centos: ['rpm', 'centos', /^\d+/u],
  debian: ['deb', 'debian', /^\d+/u],
  'opensuse-leap': ['rpm', 'opensuse-leap', /.+/u],
  'opensuse-tumbleweed': ['rpm', 'opensuse-tumbleweed', /.+/u],
  oracle: ['rpm', 'ol', /.+/u],
  photon: ['rpm', 'photon', /.+/u],
  redhat: ['rpm', 'rhel', /.+/u],
  ubuntu: ['deb', 'ubuntu', /.+/u],
};

/** Trivy's types of lock files by the type of package URL of what they lock. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ...{ bun: 'npm', npm: 'npm', pnpm: 'npm', yarn: 'npm', cargo: 'cargo', cocoapods: 'cocoapods', conan: 'conan' },
  ...{ composer: 'composer', 'composer-vendor': 'composer', hex: 'hex', pub: 'pub', swift: 'swift' },
  ...{ 'dotnet-core': 'nuget', nuget: 'nuget', 'packages-props': 'nuget' },
  ...{ pip: 'pypi', pipenv: 'pypi', poetry: 'pypi', pylock: 'pypi', uv: 'pypi' },
};

/** No advisories of OSV speak of these systems, or none in an order that is known of these packages. */
const UNREACHED = ['amazon-2', 'centos-6', 'cocoapods', 'conan', 'oraclelinux-8'];

function packageOf(row: Row, { os, type = '' }: Case): Package | null {
  const [name, version, source = name, sourceVersion = version] = row;
  const [of, id, release] = SYSTEMS[os?.[0] ?? ''] ?? [];
  const about = { architecture: null, layer: `sha256:${'1'.repeat(64)}`, path: 'case', foundBy: 'trivy' } as const;
  if (os !== undefined && of !== undefined && id !== undefined) {
    const versionId = release?.exec(os[1])?.[0] ?? null;
    const ecosystem = ecosystemOf(of, { id, versionId, codename: null, name: id });
    return ecosystem === null
      ? null
      : {
          ...about,
          type: of,
          name,
          version,
          purl: `${name} ${version}`,
          source: { name: source, version: sourceVersion },
          ecosystem,
        };
  }
  const subjects = subjectsOfPurl(purlOf(LANGUAGES[type] ?? '', name, version));
  const subject = 'error' in subjects ? undefined : subjects[0];
  // Packages are told by their ecosystem when they are matched; the type is of no account.
  return subject === undefined
    ? null
    : { ...about, ...subject, type: 'generic', purl: `${name} ${version}`, source: subject };
}

function purlOf(type: string, name: string, version: string): string {
  const at = name.lastIndexOf('/');
  const namespace = at === -1 ? null : name.slice(0, at);
  return writePurl({ type, namespace, name: name.slice(at + 1), version, qualifiers: {}, subpath: null });
}

function about({ ecosystem, name }: Subject): readonly OsvRecord[] {
  const key = advisoryBucket(ecosystem, name);
  return RECORDS.filter(({ affected }) => affected.some((one) => advisoryBucket(one.ecosystem, one.name) === key));
}

function foundIn(one: Case): readonly { readonly key: string; readonly fixedIn: string | null }[] {
  const packages = one.inventory.flatMap((row) => packageOf(row, one) ?? []);
  const { matches, gaps } = matchPackages(packages, about);
  expect(gaps).toEqual([]);
  return matches.map(({ vulnerability, aliases, package: { purl }, fixedIn }) => ({
    key: `${purl} ${[vulnerability, ...aliases].find((name) => name.startsWith('CVE-')) ?? vulnerability}`,
    fixedIn,
  }));
}

describe('the cases of Trivy', () => {
  it('are 31, of which five are out of reach', () => {
    const out = CASES.filter((one) => one.inventory.every((row) => packageOf(row, one) === null));
    expect([CASES.length, out.map((one) => one.case).sort()]).toEqual([31, UNREACHED]);
  });

  const reached = CASES.filter((one) => !UNREACHED.includes(one.case));

  it.each(reached.map((one) => [one.case, one] as const))('%s: what Trivy finds, and none more', (_name, one) => {
    const found = foundIn(one);
    const expected = one.expected.map(([name, version, vulnerability]) => `${name} ${version} ${vulnerability}`);
    expect(found.map(({ key }) => key).sort()).toEqual([...expected].sort());
    for (const [name, version, vulnerability, fixed] of one.expected) {
      const fixedIn = found.find(({ key }) => key === `${name} ${version} ${vulnerability}`)?.fixedIn ?? '';
      expect(fixed.split(', ')).toContain(fixedIn.replace(/^0:/u, ''));
    }
  });
});
