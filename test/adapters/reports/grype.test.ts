import { describe, expect, it } from '@jest/globals';

import { fixture, linesOf, reading } from './reading.ts';

function aReport(match: object = {}): object {
  return {
    matches: [
      { vulnerability: { id: 'CVE-2026-0001', severity: 'High' }, artifact: { name: 'perl', version: '5' }, ...match },
    ],
    source: { type: 'image', target: {} },
    descriptor: { name: 'grype', version: '0.94.0' },
  };
}

describe('a report of Grype', () => {
  it('gives findings, and says which image it means by digests and layers', () => {
    const read = reading(fixture('grype-debian.json'));

    expect(read).toMatchObject({
      format: 'grype',
      opinion: { scanner: { name: 'grype', version: '0.28.0' }, at: null },
    });
    expect(read.opinion.image.layers).toHaveLength(2);
    expect(linesOf(read)).toContain('CVE-2004-0971 deb libgssapi-krb5-2 1.17-3+deb10u3 low');
  });

  it('goes by the CVE where an advisory of another name is the same', () => {
    expect(linesOf(reading(fixture('grype-debian.json')))).toContainEqual(
      expect.stringMatching(/^CVE-2021-44420 \(GHSA-v6rh-hp5x-86rv\) pypi Django /u),
    );
  });

  it('takes an advisory that mends several for each of them, and for none of their names', () => {
    const related = {
      vulnerability: { id: 'RHSA-2026:1' },
      relatedVulnerabilities: [{ id: 'CVE-2026-0001' }, { id: 'CVE-2026-0002' }],
    };

    expect(linesOf(reading(aReport(related)))).toEqual([
      'CVE-2026-0001 ? perl 5 unrated',
      'CVE-2026-0002 ? perl 5 unrated',
    ]);
  });

  it('takes what nobody rated for unrated', () => {
    expect(reading(fixture('grype-ubi.json')).opinion.findings.map(({ severity }) => severity)).toContain('unrated');
  });

  it('is refused where a match has no package, or it is of a folder', () => {
    expect(() => reading(aReport({ artifact: { version: '5' } }))).toThrow('matches.0: "artifact.name"');
    expect(() => reading({ ...aReport(), source: { type: 'directory', target: '/src' } })).toThrow('of a directory');
  });
});
