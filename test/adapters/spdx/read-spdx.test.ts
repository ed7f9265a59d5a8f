import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { readSpdx } from '../../../lib/adapters/spdx/read-spdx.ts';

const TRIVY: unknown = JSON.parse(readFileSync('test/fixtures/sboms/trivy-centos-7.spdx.json', 'utf8'));

function aDocument(packages: unknown, spdxVersion: unknown = 'SPDX-2.3'): object {
  return { spdxVersion, packages };
}

function purlOf(referenceLocator: unknown) {
  return { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator };
}

describe('readSpdx', () => {
  it("reads Trivy's, what has no package URL too", () => {
    expect(readSpdx(TRIVY, 'a document')).toEqual([
      { name: 'integration/testdata/fixtures/images/centos-7.tar.gz', purl: null, source: null },
      { name: 'centos@7.6.1810', purl: null, source: null },
      {
        name: 'bash@4.2.46',
        purl: 'pkg:rpm/centos/bash@4.2.46-31.el7?arch=x86_64&distro=centos-7.6.1810',
        source: { name: 'bash', version: '4.2.46-31.el7' },
      },
      {
        name: 'openssl-libs@1:1.0.2k-19.el7',
        purl: 'pkg:rpm/centos/openssl-libs@1.0.2k-16.el7?arch=x86_64&epoch=1&distro=centos-7.6.1810',
        source: { name: 'openssl-libs', version: '1:1.0.2k-16.el7' },
      },
    ]);
  });

  it('takes each package URL of a package, and no other reference', () => {
    const externalRefs = [
      { referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:a:b' },
      purlOf('pkg:npm/a@1'),
      purlOf('pkg:npm/b@1'),
    ];
    const sourceInfo = 'acquired package info from DPKG DB: /var/lib/dpkg/status';
    expect(readSpdx(aDocument([{ name: 'a', sourceInfo, externalRefs }], 'SPDX-2.2'), 'a document')).toEqual([
      { name: 'a', purl: 'pkg:npm/a@1', source: null },
      { name: 'a', purl: 'pkg:npm/b@1', source: null },
    ]);
  });

  it('reads a document of files alone', () => {
    expect(readSpdx({ spdxVersion: 'SPDX-2.3', files: [{}] }, 'a document')).toEqual([]);
  });

  it.each([
    ['SPDX 3', aDocument([], 'SPDX-3.0'), 'a document: "spdxVersion": is neither SPDX-2.2 nor SPDX-2.3'],
    ['packages that are none', aDocument({}), /^a document: "packages"/u],
    ['a package without a name', aDocument([{}]), /^a document: "packages\.0\.name"/u],
    [
      'a purl that is no text',
      aDocument([{ name: 'a', externalRefs: [purlOf(7)] }]),
      /^a document: "packages\.0\.externalRefs\.0\.referenceLocator"/u,
    ],
  ])('refuses %s whole', (_, document, message) => {
    expect(() => readSpdx(document, 'a document')).toThrow(message);
  });
});
