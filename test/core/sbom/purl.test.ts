import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { PACKAGE_TYPES } from '../../../lib/core/sbom/inventory.ts';
import { nameIn, packageUrl, readPurl } from '../../../lib/core/sbom/purl.ts';

const bookworm = { id: 'debian', versionId: '12', codename: 'bookworm', name: 'Debian GNU/Linux 12 (bookworm)' };
const sid = { id: 'debian', versionId: null, codename: 'sid', name: 'Debian' };

describe('packageUrl', () => {
  it.each([
    [
      'perl-base',
      '5.36.0-7+deb12u3',
      'amd64',
      bookworm,
      'pkg:deb/debian/perl-base@5.36.0-7%2Bdeb12u3?arch=amd64&distro=debian-12',
    ],
    [
      'zlib1g',
      '1:1.2.13.dfsg-1',
      'amd64',
      bookworm,
      'pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?arch=amd64&distro=debian-12',
    ],
    ['libstdc++6', '12.2.0-14', null, bookworm, 'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?distro=debian-12'],
    ['dpkg', '1.22~rc1', 'all', sid, 'pkg:deb/debian/dpkg@1.22~rc1?arch=all&distro=debian'],
    ['dpkg', '1.22', 'all', null, 'pkg:deb/dpkg@1.22?arch=all'],
  ])('names %s %s', (name, version, architecture, distribution, expected) => {
    expect(packageUrl({ type: 'deb', name, version, architecture }, distribution)).toBe(expected);
  });

  it.each([
    [
      'apk',
      'musl',
      '1.2.5-r0',
      'x86_64',
      'alpine',
      '3.20.3',
      'pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.3',
    ],
    [
      'rpm',
      'bash',
      '1:5.1-2.el9',
      'x86_64',
      'rhel',
      '9.4',
      'pkg:rpm/redhat/bash@5.1-2.el9?arch=x86_64&distro=rhel-9.4&epoch=1',
    ],
    ['rpm', 'a', '1-1', null, 'opensuse-leap', '15.6', 'pkg:rpm/opensuse/a@1-1?distro=opensuse-leap-15.6'],
    ['rpm', 'a', '1-1', null, 'sles', '15.6', 'pkg:rpm/suse/a@1-1?distro=sles-15.6'],
    ['npm', '@babel/core', '7.0.0', null, 'debian', '12', 'pkg:npm/%40babel/core@7.0.0'],
    ['npm', 'lodash', '4.17.21', null, 'debian', '12', 'pkg:npm/lodash@4.17.21'],
    ['maven', 'org.a:b', '1', null, 'debian', '12', 'pkg:maven/org.a/b@1'],
    ['maven', 'b', '1', null, 'debian', '12', 'pkg:maven/b/b@1'],
    ['golang', 'github.com/a/b/v2', 'v2.0.0', null, 'debian', '12', 'pkg:golang/github.com/a/b/v2@v2.0.0'],
    ['golang', 'stdlib', '(devel)', null, 'debian', '12', 'pkg:golang/stdlib@%28devel%29'],
    ['composer', 'symfony/console', '7.0', null, 'debian', '12', 'pkg:composer/symfony/console@7.0'],
    ['pypi', 'zope-interface', '6.0', null, 'debian', '12', 'pkg:pypi/zope-interface@6.0'],
    ['generic', 'node', '22.1.0', null, 'debian', '12', 'pkg:generic/node@22.1.0'],
  ] as const)('names %s %s %s', (type, name, version, architecture, id, versionId, expected) => {
    const distribution = { id, versionId, codename: null, name: id };
    expect(packageUrl({ type, name, version, architecture }, distribution)).toBe(expected);
  });

  it('names whatever an image holds', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(fc.constantFrom(...PACKAGE_TYPES), text, text, (type, name, version) => {
        const written = packageUrl({ type, name, version, architecture: null }, bookworm);
        expect(written.startsWith('pkg:')).toBe(true);
      }),
    );
    expect(packageUrl({ type: 'npm', name: 'a\ud800', version: '1', architecture: null }, null)).toMatch(
      /^pkg:npm\/a/u,
    );
    expect(packageUrl({ type: 'golang', name: 'a', version: 'vx', architecture: null }, null)).toBe('pkg:golang/a@vx');
  });
});

describe('nameIn', () => {
  it.each([
    ['pkg:deb/debian/perl@1', 'perl'],
    ['pkg:npm/%40babel/core@7', '@babel/core'],
    ['pkg:maven/org.a/b@1', 'org.a:b'],
    ['pkg:golang/github.com/a/b@v1', 'github.com/a/b'],
    ['pkg:cargo/serde@1', 'serde'],
  ])('gives the name in %s as advisories write it', (purl, expected) => {
    expect(nameIn(readPurl(purl))).toBe(expected);
  });
});
