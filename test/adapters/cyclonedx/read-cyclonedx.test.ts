import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readCycloneDx } from '../../../lib/adapters/cyclonedx/read-cyclonedx.ts';
import { toCycloneDx } from '../../../lib/adapters/cyclonedx/to-cyclonedx.ts';
import { aPackage } from '../../support/advisory-builders.ts';
import { aDigest } from '../../support/assessments.ts';

function fixture(name: string): object {
  return JSON.parse(readFileSync(`test/fixtures/sboms/${name}.cyclonedx.json`, 'utf8')) as object;
}

function aBom(components: readonly unknown[], given: object = {}): object {
  return { bomFormat: 'CycloneDX', specVersion: '1.6', components, ...given };
}

/** A component in a component in a component … */
function nestedDeep(depth: number): object {
  let inner: object = { type: 'library', name: 'inmost' };
  for (let at = 1; at < depth; at += 1) inner = { type: 'library', name: 'outer', components: [inner] };
  return inner;
}

describe('readCycloneDx', () => {
  it.each(['1.2', '1.3', '1.4', '1.5', '1.6', '1.7'])('reads the sample of Dependency-Track as %s', (specVersion) => {
    expect(readCycloneDx({ ...fixture('dependency-track-1.4'), specVersion }, 'a bom')).toEqual([
      { name: 'com.acme/tomcat-catalina@9.0.14', purl: 'pkg:npm/acme/component@1.0.0', source: null },
      { name: 'org.example/mylibrary@1.0.0', purl: null, source: null },
    ]);
  });

  it("reads Trivy's, with the source packages that its package URLs leave out", () => {
    expect(readCycloneDx(fixture('trivy-fluentd'), 'a bom')).toEqual([
      {
        name: 'bash@5.0-4',
        purl: 'pkg:deb/debian/bash@5.0-4?distro=debian-10.2',
        source: { name: 'bash', version: '5.0-4' },
      },
      {
        name: 'libidn2-0@2.0.5-1',
        purl: 'pkg:deb/debian/libidn2-0@2.0.5-1?distro=debian-10.2',
        source: { name: 'libidn2', version: '2.0.5-1' },
      },
      { name: 'debian@10.2', purl: null, source: null },
      { name: 'activesupport@6.0.2.1', purl: 'pkg:gem/activesupport@6.0.2.1', source: null },
    ]);
  });

  it('reads our own, with the source packages', () => {
    const packages = [aPackage({ name: 'perl-base', source: { name: 'perl', version: '5.36.0-7' } })];
    const written = toCycloneDx(
      {
        schemaVersion: 1,
        scanner: { name: 'cavendish', version: '1' },
        image: aDigest('image'),
        created: null,
        distribution: null,
        layers: [],
        packages,
        gaps: [],
      },
      { reference: 'team/app:1' },
    );

    expect(readCycloneDx(JSON.parse(written), 'a bom')).toEqual([
      { name: 'perl-base@2.0', purl: packages[0]?.purl, source: { name: 'perl', version: '5.36.0-7' } },
    ]);
  });

  it('reads what is nested, also in what the document is about, each before its parts', () => {
    const leaf = (name: string, ...components: readonly object[]) => ({ type: 'library', name, components });
    const metadata = { component: { ...leaf('subject', leaf('e', leaf('f'))), name: 7 } };

    const read = readCycloneDx(aBom([leaf('a', leaf('b', leaf('c'))), leaf('d')], { metadata }), 'a bom');
    expect(read.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('has as many as the document has, in whatever way they are nested', () => {
    const name = fc.string({ minLength: 1, maxLength: 5 });
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('branch')),
      leaf: fc.record({ name }),
      branch: fc.record({ name, components: fc.array(tie('tree'), { maxLength: 3 }) }),
    }));
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 4 }), (components) => {
        const named = JSON.stringify(components).match(/"name":/gu) ?? [];
        expect(readCycloneDx(aBom(components), 'a bom')).toHaveLength(named.length);
      }),
    );
  });

  it.each([
    ['another version', aBom([], { specVersion: '2.0' }), 'a bom: "specVersion": is none of 1.2 to 1.7'],
    ['another format', { ...aBom([]), bomFormat: 'SPDX' }, /^a bom: "bomFormat"/u],
    ['components that are none', aBom({} as never), /^a bom: "components"/u],
    ['a component that is none', aBom([{ name: 'a', components: [7] }]), /^a bom: components\.0\.0: /u],
    ['a component without a name', aBom([{ purl: 'pkg:npm/a@1' }]), /^a bom: components\.0: "name"/u],
    ['a purl that is no text', aBom([{ name: 'a', purl: {} }]), /^a bom: components\.0: "purl"/u],
    ['a purl of megabytes', aBom([{ name: 'a', purl: 'x'.repeat(1e6) }]), /^a bom: components\.0: "purl"/u],
    ['components nested too deep', aBom([nestedDeep(65)]), 'a bom: components are nested more than 64 deep'],
    ['components nested a hundred thousand deep', aBom([nestedDeep(1e5)]), /more than 64 deep/u],
  ])('refuses %s whole', (_, document, message) => {
    expect(() => readCycloneDx(document, 'a bom')).toThrow(message);
  });

  it('reads what is nested as deep as it may be', () => {
    expect(readCycloneDx(aBom([nestedDeep(64)]), 'a bom')).toHaveLength(64);
  });
});
