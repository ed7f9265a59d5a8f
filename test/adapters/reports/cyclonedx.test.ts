import { describe, expect, it } from '@jest/globals';

import { fixture, linesOf, reading } from './reading.ts';

const vulnerability = {
  id: 'CVE-2026-0001',
  ratings: [{ severity: 'low' }, { severity: 'high' }],
  affects: [{ ref: 'a' }],
};

function aReport(
  vulnerabilities: readonly object[],
  components: readonly object[] = [{ 'bom-ref': 'a', name: 'perl', version: '5' }],
) {
  const metadata = { tools: { components: [{ name: 'depscan', version: '6' }] } };
  return { bomFormat: 'CycloneDX', specVersion: '1.6', metadata, components, vulnerabilities };
}

describe('a report in CycloneDX', () => {
  it('gives a finding for each component that a vulnerability affects', () => {
    const read = reading(fixture('trivy-fluentd.cyclonedx.json'));

    expect(read.opinion).toMatchObject({ scanner: { name: 'trivy', version: 'dev' }, at: '2021-08-25T12:20:30.000Z' });
    expect(linesOf(read)).toContain('CVE-2019-18224 ? libidn2-0 2.0.5-1 critical');
    expect(read.opinion.findings.map(({ package: { purl } }) => purl)).toContain(
      'pkg:deb/debian/bash@5.0-4?distro=debian-10.2',
    );
  });

  it('finds nested components, rates by the worst, and leaves aside what is settled', () => {
    const nested = [{ name: 'app', components: [{ 'bom-ref': 'a', group: '@team', name: 'lib', version: '1' }] }];
    const read = reading(aReport([vulnerability, { ...vulnerability, analysis: { state: 'not_affected' } }], nested));

    expect(linesOf(read)).toEqual(['CVE-2026-0001 ? @team/lib 1 high']);
    expect(read.aside).toEqual(['1 vulnerability that it calls settled']);
  });

  it('takes a package URL for the component that it names, also in another document', () => {
    const [purl, link] = [
      'pkg:deb/debian/perl@5',
      'urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#pkg:npm/%40team/lib@1',
    ];
    const read = reading(aReport([{ ...vulnerability, affects: [{ ref: purl }, { ref: link }] }], []));

    expect(linesOf(read)).toEqual(['CVE-2026-0001 ? @team/lib 1 high', 'CVE-2026-0001 ? perl 5 high']);
  });

  it('is refused where it is about a component that is not there, or about none', () => {
    expect(() => reading(aReport([vulnerability], []))).toThrow('a component that the document does not hold: a');
    expect(() => reading(aReport([{ ...vulnerability, affects: [] }]))).toThrow('vulnerabilities.0: "affects"');
  });

  it('is refused without vulnerabilities: a bill of materials says nothing of them', () => {
    expect(() => reading(aReport([]))).toThrow('does not say that anybody looked');
  });

  it('is refused where components are nested without end', () => {
    let nested: object = { name: 'deepest' };
    for (let depth = 0; depth < 70; depth += 1) nested = { name: 'component', components: [nested] };

    expect(() => reading(aReport([vulnerability], [nested]))).toThrow('nested more than 64 deep');
  });
});
