import { describe, expect, it } from '@jest/globals';

import { packageResolver, sourceKey } from '../../../lib/core/opinions/resolve-package.ts';
import type { Package } from '../../../lib/core/sbom/inventory.ts';
import { aPackage } from '../../support/advisory-builders.ts';
import { aSaidPackage } from '../../support/opinions.ts';

const perl = aPackage({ name: 'perl-base', version: '5.36.0-7+b1', source: { name: 'perl', version: '5.36.0-7' } });
const zlib = aPackage({ name: 'zlib1g', version: '1:1.2.13', source: { name: 'zlib', version: '1:1.2.13' } });
const django: Package = {
  ...aPackage({ name: 'django-rest', version: '4.2' }),
  type: 'pypi',
};
const owner = aPackage({ name: 'python3-certifi', version: '1', source: { name: 'python-certifi', version: '1' } });
const owned = [{ type: 'pypi', name: 'certifi', version: '2022.9', path: 'usr/lib/x', owner: owner.purl }] as const;

const resolve = packageResolver({ packages: [perl, zlib, django, owner], owned });
const found = (given: Parameters<typeof aSaidPackage>[0]) => resolve(aSaidPackage(given));

describe('the package that a scanner means', () => {
  it.each([
    ['the binary', { name: 'perl-base', version: '5.36.0-7+b1' }],
    ['the source', { name: 'perl', version: '5.36.0-7' }],
    ['the source, with the version of the binary', { name: 'perl', version: '5.36.0-7+b1' }],
    ['a package of a kind that is not said', { type: null, name: 'perl', version: '5.36.0-7' }],
    ['a package without a version', { name: 'perl-base', version: null }],
    [
      'a package URL, whatever the name beside it',
      { name: 'x', version: 'x', purl: 'pkg:deb/debian/perl-base@5.36.0-7%2Bb1?arch=amd64' },
    ],
    ['the name beside what is no package URL', { name: 'perl', version: '5.36.0-7', purl: 'pkg:nothing' }],
  ])('is found by %s', (_, given) => {
    expect(found(given)).toEqual([sourceKey(perl)]);
  });

  it.each([
    ['another version', { name: 'perl-base', version: '5.40' }],
    ['another kind', { type: 'npm', name: 'perl', version: '5.36.0-7' }],
    ['another name', { name: 'perl-modules', version: '5.36.0-7' }],
  ])('is not found by %s', (_, given) => {
    expect(found(given)).toEqual([]);
  });

  it('may go without its epoch, and is another one under another epoch', () => {
    expect(found({ name: 'zlib1g', version: '1.2.13' })).toEqual([sourceKey(zlib)]);
    expect(found({ name: 'zlib1g', version: '1.2.13', purl: 'pkg:deb/debian/zlib1g@1.2.13?epoch=1' })).toEqual([
      sourceKey(zlib),
    ]);
    expect(found({ name: 'zlib1g', version: '2:1.2.13' })).toEqual([]);
  });

  it('goes by the names that its registry takes for the same', () => {
    expect(found({ type: 'pypi', name: 'Django_REST', version: '4.2' })).toEqual([sourceKey(django)]);
    expect(found({ type: null, name: 'Django.REST', version: '4.2' })).toEqual([sourceKey(django)]);
  });

  it('is the owner, where a package of the distribution owns one of a language', () => {
    expect(found({ type: 'pypi', name: 'certifi', version: '2022.9' })).toEqual([sourceKey(owner)]);
  });
});
