import { describe, expect, it } from '@jest/globals';

import { fixture, linesOf, reading } from './reading.ts';

/** A result of a tool, with its rule. */
function aReport(result: object, { tool = 'grype', rule = {} }: { tool?: string; rule?: object } = {}): object {
  const rules = [{ id: 'CVE-2026-0001-perl', ...rule }];
  return {
    version: '2.1.0',
    runs: [{ tool: { driver: { name: tool, rules } }, results: [{ ruleId: 'CVE-2026-0001-perl', ...result }] }],
  };
}

const GRYPE =
  'Vulnerability CVE-2026-0001\nSeverity: high\nPackage: perl\nVersion: 5.36\nFix Version: 5.37\nType: deb\nLocation: /var/lib/dpkg/status';

describe('a report in SARIF', () => {
  it('is read where Trivy wrote it', () => {
    const read = reading(fixture('trivy-alpine.sarif.json'));

    expect(read.opinion.scanner).toEqual({ name: 'trivy', version: 'dev' });
    expect(read.opinion.image.configuration).toMatch(/^sha256:9617/u);
    expect(linesOf(read)).toEqual([
      'CVE-2019-1549 ? libcrypto1.1 1.1.1c-r0 medium',
      'CVE-2019-1551 ? libcrypto1.1 1.1.1c-r0 medium',
    ]);
  });

  it('is read where Grype wrote it, by the words of its rule', () => {
    const read = reading(aReport({ message: { text: 'The path reports perl' } }, { rule: { help: { text: GRYPE } } }));

    expect(linesOf(read)).toEqual(['CVE-2026-0001 deb perl 5.36 high']);
    expect(read.opinion.findings[0]).toMatchObject({ fixedIn: '5.37', package: { path: '/var/lib/dpkg/status' } });
  });

  it('is read where OSV-Scanner wrote it, with the other names and the score of the rule', () => {
    const text = "Package '@babel/core@7.29.0' is vulnerable to 'GHSA-aaaa-bbbb-cccc' (also known as 'CVE-2026-0001').";
    const read = reading(
      aReport({ message: { text } }, { tool: 'osv-scanner', rule: { properties: { 'security-severity': '7.5' } } }),
    );

    expect(linesOf(read)).toEqual(['CVE-2026-0001 (GHSA-aaaa-bbbb-cccc) ? @babel/core 7.29.0 high']);
  });

  it('is refused where a result does not say which package it means', () => {
    const code = aReport({ message: { text: 'An SQL query is built from input' } }, { tool: 'codeql' });

    expect(() => reading(code)).toThrow('runs.0.results.0: it does not say which package');
  });

  it('leaves aside what is suppressed, what passed, and what is about something else', () => {
    const misconfigured = { rule: { properties: { tags: ['misconfiguration'] } } };
    const read = [
      reading(aReport({ suppressions: [{ kind: 'external', status: 'accepted' }] })),
      reading(aReport({ kind: 'pass' })),
      reading(aReport({}, misconfigured)),
    ];

    expect(read.map(({ aside }) => aside)).toEqual(Array(3).fill(['1 result that is no open vulnerability']));
  });

  it('is refused where the scan broke off', () => {
    expect(() => reading({ version: '2.1.0', runs: [{ tool: { driver: { name: 'trivy' } }, results: null }] })).toThrow(
      '"results"',
    );
  });
});
