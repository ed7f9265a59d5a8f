import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';

import { toCycloneDx } from '../../../lib/adapters/cyclonedx/to-cyclonedx.ts';
import type { Gap } from '../../../lib/core/sbom/gap.ts';
import type { Inventory } from '../../../lib/core/sbom/inventory.ts';
import { scanImage } from '../../../lib/scanner/scan-image.ts';
import { dpkgStatus, osRelease } from '../../support/debian.ts';
import { file, image, layer, openImage } from '../../support/images.ts';
import { memoryLayerCache } from '../../support/layer-cache.ts';

/** The library carries the schemas of CycloneDX (Apache-2.0). */
const SCHEMAS = join(
  dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);

function schema(name: string): object {
  return JSON.parse(readFileSync(join(SCHEMAS, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object;
}

function compile(): ValidateFunction {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  ajv.addFormat('iri-reference', true).addFormat('idn-email', true);
  for (const name of ['spdx', 'jsf-0.82']) {
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schema('bom-1.6'));
}

const validate = compile();

const base = await layer([
  file('etc/os-release', osRelease()),
  file(
    'var/lib/dpkg/status',
    dpkgStatus([
      { name: 'perl-base', version: '5.36.0-7+deb12u3', source: 'perl' },
      { name: 'zlib1g', version: '1:1.2.13.dfsg-1', source: 'zlib' },
    ]),
  ),
  file('app/x.jar'),
]);
const inventory = await scanImage(openImage(image([base], { history: ['ADD rootfs'] })), { cache: memoryLayerCache() });

interface Document {
  readonly metadata: {
    readonly timestamp?: string;
    readonly component: object;
    readonly properties?: readonly object[];
  };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly properties: readonly object[];
    readonly licenses?: readonly object[];
  }[];
  readonly compositions?: readonly object[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

function documentOf(of: Inventory, reference = '127.0.0.1:5480/team/app:1'): Document {
  return JSON.parse(toCycloneDx(of, { reference })) as Document;
}

describe('toCycloneDx', () => {
  it('is valid by the schema of CycloneDX 1.6', () => {
    expect([validate(documentOf(inventory)), validate.errors]).toEqual([true, null]);
    expect(validate({ ...documentOf(inventory), components: [{ name: 'no type' }] })).toBe(false);
  });

  it('is valid whatever names, versions and messages hold', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    const gap: fc.Arbitrary<Gap> = fc.record({ kind: fc.constant('unread-ecosystem'), subject: text, message: text });
    fc.assert(
      fc.property(text, text, fc.array(gap, { maxLength: 3 }), (name, reference, gaps) => {
        const [one] = inventory.packages;
        if (one === undefined) throw new Error('no package');
        const odd = {
          ...inventory,
          gaps,
          created: null,
          packages: [{ ...one, name, version: name, source: { name, version: name } }],
        };
        expect([validate(documentOf(odd, reference)), validate.errors]).toEqual([true, null]);
      }),
      { numRuns: 50 },
    );
  });

  it('has the same bytes for the same inventory', () => {
    const copy = JSON.parse(JSON.stringify(inventory)) as Inventory;
    expect(toCycloneDx(copy, { reference: 'a' })).toBe(toCycloneDx(inventory, { reference: 'a' }));
  });

  it('says what the image is, and when it was made', () => {
    const { metadata } = documentOf(inventory);
    expect(metadata).toMatchObject({
      timestamp: '2026-11-23T00:00:00.000Z',
      component: {
        type: 'container',
        name: '127.0.0.1:5480/team/app:1',
        version: inventory.image,
        'bom-ref': inventory.image,
      },
    });
    expect(metadata.component).toMatchObject({
      properties: [
        { name: 'cavendish:layer:1:createdBy', value: 'ADD rootfs' },
        { name: 'cavendish:layer:1:diffId', value: base.diffId },
        { name: 'cavendish:layer:1:digest', value: base.digest },
      ],
    });
    expect(documentOf({ ...inventory, created: null }).metadata.timestamp).toBeUndefined();
  });

  it('lists packages with their source, layer and finder', () => {
    const purl = 'pkg:deb/debian/perl-base@5.36.0-7%2Bdeb12u3?arch=amd64&distro=debian-12';
    expect(documentOf(inventory).components.find((one) => one['bom-ref'] === purl)).toEqual({
      type: 'library',
      name: 'perl-base',
      version: '5.36.0-7+deb12u3',
      'bom-ref': purl,
      purl,
      properties: [
        { name: 'cavendish:package:architecture', value: 'amd64' },
        { name: 'cavendish:package:ecosystem', value: 'Debian:12' },
        { name: 'cavendish:package:foundBy', value: 'dpkg' },
        { name: 'cavendish:package:layer', value: base.diffId },
        { name: 'cavendish:package:path', value: 'var/lib/dpkg/status' },
        { name: 'cavendish:package:source:name', value: 'perl' },
        { name: 'cavendish:package:source:version', value: '5.36.0-7+deb12u3' },
      ],
    });
  });

  it('says of packages of languages what groups, licences and runtimes they are, and what a package owns', () => {
    const [perl] = inventory.packages;
    if (perl === undefined) throw new Error('no package');
    const given = { ...perl, architecture: null, ecosystem: null };
    const npm = { ...given, type: 'npm', name: '@babel/core', purl: 'pkg:npm/%40babel/core@7.0.0' } as const;
    const node = { ...given, type: 'generic', name: 'node', purl: 'pkg:generic/node@22' } as const;
    const go = { ...given, type: 'golang', name: 'a.org/b', purl: 'pkg:golang/a.org/b@v1' } as const;
    const owned = [
      { type: 'npm', name: 'semver', version: '7.0.0', path: 'usr/a/package.json', owner: perl.purl },
    ] as const;
    const packages = [perl, { ...npm, licences: ['mit', 'my own words'] }, npm, node, go];
    const document = documentOf({ ...inventory, packages, owned });

    expect([validate(document), validate.errors]).toEqual([true, null]);
    const of = new Map(document.components.map((one) => [one['bom-ref'], one]));
    expect(of.get(npm.purl)).toMatchObject({ group: '@babel', name: 'core', purl: npm.purl });
    expect(of.get(npm.purl)).toMatchObject({
      licenses: [{ license: { name: 'my own words' } }, { license: { id: 'MIT' } }],
    });
    expect(of.get(`${npm.purl} 2`)).toMatchObject({ group: '@babel', name: 'core', purl: npm.purl });
    expect(of.get(node.purl)).toMatchObject({ type: 'platform', name: 'node' });
    expect(of.get(go.purl)).toMatchObject({ type: 'library', name: 'a.org/b' });
    expect(of.get(perl.purl)?.properties).toContainEqual({
      name: 'cavendish:package:owns',
      value: 'pkg:npm/semver@7.0.0 in usr/a/package.json',
    });
    const rests = document.dependencies.find(({ ref }) => ref === inventory.image)?.dependsOn;
    expect(rests).toEqual([node.purl, go.purl, npm.purl, `${npm.purl} 2`, 'os:debian@12'].sort());
  });

  it.each([
    [['MIT AND BSD-2-Clause'], [{ expression: 'MIT AND BSD-2-Clause' }]],
    [['GPL-2.0-only WITH Classpath-exception-2.0'], [{ expression: 'GPL-2.0-only WITH Classpath-exception-2.0' }]],
    [['MIT AND GPL2'], [{ license: { name: 'MIT AND GPL2' } }]],
    [['MIT BSD-2-Clause'], [{ license: { name: 'MIT BSD-2-Clause' } }]],
    [
      ['MIT AND BSD-2-Clause', 'ISC'],
      [{ license: { id: 'ISC' } }, { license: { name: 'MIT AND BSD-2-Clause' } }],
    ],
    [['MIT'], [{ license: { id: 'MIT' } }]],
  ])('writes the licences %j as %j', (licences, expected) => {
    const [one] = inventory.packages;
    if (one === undefined) throw new Error('no package');
    const document = documentOf({ ...inventory, packages: [{ ...one, licences }] });
    expect([validate(document), validate.errors]).toEqual([true, null]);
    const licenses = document.components.at(-1)?.licenses;
    expect(licenses).toHaveLength(expected.length);
    expect(licenses).toEqual(expect.arrayContaining(expected));
  });

  it('reads what a scanner before version 2 found', () => {
    const { owned, ...old } = inventory;
    expect(owned).toEqual([]);
    const packages = old.packages.map(({ licences: _licences, ...one }) => one);
    expect(documentOf({ ...old, packages })).toEqual(documentOf(inventory));
  });

  it('lists the operating system, on which the image rests', () => {
    const { components, dependencies } = documentOf(inventory);
    expect(components[0]).toMatchObject({
      type: 'operating-system',
      name: 'debian',
      version: '12',
      'bom-ref': 'os:debian@12',
    });
    expect(dependencies.find(({ ref }) => ref === inventory.image)?.dependsOn).toEqual(['os:debian@12']);
    expect(dependencies.find(({ ref }) => ref === 'os:debian@12')?.dependsOn).toEqual(
      inventory.packages.map(({ purl }) => purl),
    );
  });

  it('rests on its packages where the operating system is not known', () => {
    const { components, dependencies } = documentOf({ ...inventory, distribution: null });
    expect(components).toHaveLength(2);
    expect(dependencies.find(({ ref }) => ref === inventory.image)?.dependsOn).toEqual(
      inventory.packages.map(({ purl }) => purl),
    );
  });

  it('is incomplete where there are gaps, and names them', () => {
    const { compositions, metadata } = documentOf(inventory);
    expect(compositions).toEqual([{ aggregate: 'incomplete', assemblies: [inventory.image] }]);
    expect(metadata.properties).toEqual([
      {
        name: 'cavendish:gap:unread-ecosystem',
        value: 'java: Packages of java are present and were not read: app/x.jar, which is no archive that can be read.',
      },
    ]);
  });

  it('claims nothing of completeness where there are none', () => {
    expect(documentOf({ ...inventory, gaps: [] }).compositions).toBeUndefined();
  });
});
