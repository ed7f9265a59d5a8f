import { describe, expect, it } from '@jest/globals';

import { subjectOfPurl } from '../../../lib/core/matching/subject-of-purl.ts';

describe('subjectOfPurl', () => {
  it.each([
    [
      'pkg:deb/debian/openssl@1.1.1n-0+deb11u4?arch=source&distro=debian-11',
      'Debian:11',
      'openssl',
      '1.1.1n-0+deb11u4',
    ],
    [
      'pkg:deb/debian/perl-base@5.36.0-7%2Bdeb12u3?distro=debian-12.5&upstream=perl',
      'Debian:12',
      'perl',
      '5.36.0-7+deb12u3',
    ],
    ['pkg:deb/debian/libc-bin@1%3A2?distro=debian-12&upstream=glibc%402-1', 'Debian:12', 'glibc', '2-1'],
    ['pkg:deb/debian/glibc@2?arch=source&distro=debian-12&upstream=other', 'Debian:12', 'glibc', '2'],
    ['pkg:deb/ubuntu/bash@5.1?distro=ubuntu-22.04', 'Ubuntu:22.04', 'bash', '5.1'],
    ['pkg:apk/alpine/busybox@1.36.1-r5?distro=alpine-3.20.3', 'Alpine:v3.20', 'busybox', '1.36.1-r5'],
    ['pkg:apk/alpine/busybox@1.36.1-r5?distro=v3.20', 'Alpine:v3.20', 'busybox', '1.36.1-r5'],
    ['pkg:apk/wolfi/curl@8.0-r0?distro=20230201', 'Wolfi', 'curl', '8.0-r0'],
    [
      'pkg:rpm/rocky-linux/bash@5.1-6.el9?epoch=1&distro=rocky-9.3&upstream=bash-5.1-6.el9.src.rpm',
      'Rocky Linux:9',
      'bash',
      '1:5.1-6.el9',
    ],
    ['pkg:rpm/almalinux/bash@5.1-6.el9?distro=almalinux-9.3', 'AlmaLinux:9', 'bash', '5.1-6.el9'],
    ['pkg:npm/%40babel/core@7.0.0', 'npm', '@babel/core', '7.0.0'],
    ['pkg:npm/left-pad@1.0.0', 'npm', 'left-pad', '1.0.0'],
    ['pkg:pypi/Zope.Interface@5.0', 'PyPI', 'zope-interface', '5.0'],
    ['pkg:golang/golang.org/x/crypto@v0.1.0', 'Go', 'golang.org/x/crypto', 'v0.1.0'],
    ['pkg:cargo/time@0.1.42', 'crates.io', 'time', '0.1.42'],
    ['pkg:maven/org.slf4j/slf4j-api@2.0.0', 'Maven', 'org.slf4j:slf4j-api', '2.0.0'],
    ['pkg:gem/rails@7.0.0', 'RubyGems', 'rails', '7.0.0'],
    ['pkg:nuget/Newtonsoft.Json@13.0.1', 'NuGet', 'newtonsoft.json', '13.0.1'],
    ['pkg:composer/Symfony/HTTP-kernel@v5.0.0', 'Packagist', 'symfony/http-kernel', 'v5.0.0'],
    ['pkg:hex/phoenix@1.0.0', 'Hex', 'phoenix', '1.0.0'],
    ['pkg:pub/http@1.0.0', 'Pub', 'http', '1.0.0'],
  ])('reads %s', (purl, ecosystem, name, version) => {
    expect(subjectOfPurl(purl)).toEqual({ ecosystem, name, version });
  });

  it.each([
    ['', 'it is no package URL: '],
    ['left-pad@1', 'it is no package URL: '],
    ['pkg:npm/left-pad', 'it names no version'],
    ['pkg:deb/debian/perl@1', "its distribution's release is not said: distro=debian-RELEASE"],
    ['pkg:deb/debian/perl@1?distro=bookworm', "its distribution's release is not said: distro=debian-RELEASE"],
    ['pkg:deb/kali/perl@1?distro=kali-2026.1', 'no advisories are known for packages of deb/kali'],
    ['pkg:rpm/redhat/perl@1?distro=rhel-9.3', 'no advisories are known for packages of rpm/redhat'],
    ['pkg:constructor/perl@1', 'no advisories are known for packages of constructor/'],
  ])('says why it does not place %j', (purl, error) => {
    expect(subjectOfPurl(purl)).toEqual({ error: expect.stringContaining(error) });
  });

  it.each([
    ['pkg:deb/debian/perl-base@5.36.0-7?distro=debian-12', 'perl', '5.36.0-7+b1'],
    ['pkg:deb/debian/perl-base@5.36.0-7?distro=debian-12&upstream=other', 'other', '5.36.0-7'],
    ['pkg:deb/debian/perl-base@5.36.0-7?distro=debian-12&arch=source', 'perl-base', '5.36.0-7'],
    ['pkg:gem/perl-base@5.36.0-7', 'perl-base', '5.36.0-7'],
  ])('goes by the source that is said beside %s, where that says none', (purl, name, version) => {
    expect(subjectOfPurl(purl, { name: 'perl', version: '5.36.0-7+b1' })).toMatchObject({ name, version });
  });

  it('takes the version of the package for that of a source without one', () => {
    const purl = 'pkg:deb/debian/perl-base@5.36.0-7?distro=debian-12';
    expect(subjectOfPurl(purl, { name: 'perl', version: null })).toMatchObject({ name: 'perl', version: '5.36.0-7' });
  });
});
