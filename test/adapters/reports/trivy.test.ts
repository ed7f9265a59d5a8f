import { describe, expect, it } from '@jest/globals';

import { fixture, linesOf, reading } from './reading.ts';

const found = { VulnerabilityID: 'CVE-2026-0001', PkgName: 'perl', InstalledVersion: '5', Severity: 'HIGH' };
const aReport = (results: readonly object[], more: object = {}) => ({ SchemaVersion: 2, Results: results, ...more });
const packages = (vulnerabilities: readonly object[]) => ({
  Class: 'os-pkgs',
  Type: 'debian',
  Vulnerabilities: vulnerabilities,
});

describe('a report of Trivy', () => {
  it('gives findings with the kind of package, and says which image it means by its layers', () => {
    const read = reading(fixture('trivy-debian.json'));

    expect(read).toMatchObject({ format: 'trivy', opinion: { scanner: { name: 'trivy', version: null } } });
    expect(read.opinion).toMatchObject({ at: '2024-01-15T08:58:29.827Z', image: { digests: [] } });
    expect(read.opinion.image.layers).toHaveLength(12);
    expect(linesOf(read)).toContain('CVE-2011-3374 deb apt 1.8.2.3 low');
  });

  it('reads packages of languages as their registries name them', () => {
    expect(linesOf(reading(fixture('trivy-alpine.json')))).toContain(
      'CVE-2018-11771 maven org.apache.commons:commons-compress 1.14 medium',
    );
  });

  it('reads the list of results that it wrote before schema 2', () => {
    const read = reading(fixture('trivy-legacy.json'));

    expect(read.format).toBe('trivy');
    expect(linesOf(read)).toContain('CVE-2011-3374 deb apt 1.8.2.2 low');
  });

  it('is refused whole where one finding names no vulnerability or no package', () => {
    expect(() => reading(fixture('trivy-legacy-mix.json'))).toThrow(
      'report.json: 0.Vulnerabilities.0: "VulnerabilityID"',
    );
    expect(() => reading(aReport([packages([found, { ...found, PkgName: '' }])]))).toThrow(
      'Results.0.Vulnerabilities.1: "PkgName"',
    );
  });

  it('is refused where a severity is no word that is known', () => {
    expect(() => reading(aReport([packages([{ ...found, Severity: 'SEVERE' }])]))).toThrow('"SEVERE" is no severity');
  });

  it('is refused where it is of something else than an image, or nobody looked at packages', () => {
    expect(() => reading(fixture('trivy-filesystem.json'))).toThrow('it is of a filesystem, and not of an image');
    expect(() => reading(aReport([{ Class: 'secret', Secrets: [{}] }]))).toThrow('nobody looked');
    expect(() => reading(aReport([]))).toThrow('nobody looked');
  });

  it('says what it left aside', () => {
    const { opinion, aside } = reading(aReport([packages([]), { Class: 'secret', Secrets: [{}, {}] }]));

    expect(opinion.findings).toEqual([]);
    expect(aside).toEqual(['2 secrets']);
  });

  it('takes the digest of the registry, and ignores what it does not know', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const { opinion } = reading(
      aReport([packages([found])], { Metadata: { RepoDigests: [`team/app@${digest}`] }, Later: [1] }),
    );

    expect(opinion.image.digests).toEqual([digest]);
  });
});
