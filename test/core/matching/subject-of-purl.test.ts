import { describe, expect, it } from '@jest/globals';

import { subjectsOfPurl } from '../../../lib/core/matching/subject-of-purl.ts';
import { ecosystemOf } from '../../../lib/core/sbom/ecosystem.ts';
import { packageUrl } from '../../../lib/core/sbom/purl.ts';

describe('a package URL', () => {
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
    ['pkg:rpm/redhat/perl@1?distro=rhel-9.3', 'Red Hat:enterprise_linux:9', 'perl', '1'],
    ['pkg:rpm/redhat/perl@1?distro=redhat-8.10', 'Red Hat:enterprise_linux:8', 'perl', '1'],
    ['pkg:rpm/opensuse/perl@1?distro=opensuse-leap-15.6', 'openSUSE:Leap 15.6', 'perl', '1'],
    ['pkg:rpm/suse/perl@1?distro=sles-15.6', 'SUSE:Linux Enterprise 15 SP6', 'perl', '1'],
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
    expect(subjectsOfPurl(purl)).toEqual([{ ecosystem, name, version }]);
  });

  it.each([
    ['', 'it is no package URL: '],
    ['left-pad@1', 'it is no package URL: '],
    ['pkg:npm/left-pad', 'it names no version'],
    ['pkg:deb/debian/perl@1', "its distribution's release is not said: distro=debian-RELEASE"],
    ['pkg:deb/debian/perl@1?distro=bookworm', "its distribution's release is not said: distro=debian-RELEASE"],
    ['pkg:deb/kali/perl@1?distro=kali-2026.1', 'no advisories are known for packages of deb/kali'],
    ['pkg:rpm/amzn/perl@1?distro=amzn-2023', 'no advisories are known for packages of rpm/amzn'],
    ['pkg:rpm/debian/perl@1?distro=debian-12', 'no advisories are known for packages of rpm/debian'],
    ['pkg:constructor/perl@1', 'no advisories are known for packages of constructor/'],
  ])('says why it does not place %j', (purl, error) => {
    expect(subjectsOfPurl(purl)).toEqual({ error: expect.stringContaining(error) });
  });

  it.each([
    ['pkg:deb/debian/perl-base@5.36.0-7?distro=debian-12', 'perl', '5.36.0-7+b1'],
    ['pkg:deb/debian/perl-base@5.36.0-7?distro=debian-12&upstream=other', 'other', '5.36.0-7'],
    ['pkg:deb/debian/perl-base@5.36.0-7?distro=debian-12&arch=source', 'perl-base', '5.36.0-7'],
    ['pkg:gem/perl-base@5.36.0-7', 'perl-base', '5.36.0-7'],
  ])('goes by the source that is said beside %s, where that says none', (purl, name, version) => {
    expect(subjectsOfPurl(purl, { name: 'perl', version: '5.36.0-7+b1' })).toMatchObject([{ name, version }]);
  });

  it('takes the version of the package for that of a source without one', () => {
    const purl = 'pkg:deb/debian/perl-base@5.36.0-7?distro=debian-12';
    expect(subjectsOfPurl(purl, { name: 'perl', version: null })).toMatchObject([
      { name: 'perl', version: '5.36.0-7' },
    ]);
  });
});

describe('what is asked about a package URL', () => {
  const LIBS = 'pkg:rpm/rocky/openssl-libs@3.0.7-6.el9?distro=rocky-9.3&epoch=1';
  const own = { ecosystem: 'Rocky Linux:9', name: 'openssl-libs', version: '1:3.0.7-6.el9' };

  it('asks about the source of a package of RPM too, wherever that is said', () => {
    const source = { ...own, name: 'openssl', version: '1:3.0.7-5.el9' };
    expect(subjectsOfPurl(`${LIBS}&upstream=openssl-3.0.7-5.el9.src.rpm`)).toEqual([source, own]);
    expect(subjectsOfPurl(LIBS, { name: 'openssl', version: '1:3.0.7-5.el9' })).toEqual([source, own]);
    expect(subjectsOfPurl(LIBS, { name: 'openssl', version: null })).toEqual([{ ...own, name: 'openssl' }, own]);
  });

  it.each(['wolfi', 'chainguard'])('asks about the package of %s too, as of one in an image', (id) => {
    const own = { ecosystem: id === 'wolfi' ? 'Wolfi' : 'Chainguard', name: 'python-3.12-base', version: '3.12.1-r0' };
    const purl = `pkg:apk/${id}/python-3.12-base@3.12.1-r0?distro=20230201&upstream=python-3.12`;
    expect(subjectsOfPurl(purl)).toEqual([{ ...own, name: 'python-3.12' }, own]);
  });

  it('asks once about what is its own source, and what is of another type', () => {
    expect(subjectsOfPurl(LIBS)).toEqual([own]);
    expect(subjectsOfPurl(`${LIBS}&arch=source`, { name: 'openssl', version: null })).toEqual([own]);
    expect(subjectsOfPurl('pkg:deb/debian/a@1?distro=debian-12', { name: 'b', version: '2' })).toHaveLength(1);
    expect(subjectsOfPurl('pkg:npm/a')).toEqual({ error: 'it names no version' });
  });

  it('places what an inventory holds where the inventory places it', () => {
    const systems = [
      ...(['debian 12', 'ubuntu 22.04', 'alpine 3.20.3', 'wolfi 20230201', 'chainguard 20230214'] as const),
      ...(['rhel 9.4', 'rocky 8.9', 'almalinux 9.3', 'azurelinux 3.0', 'mariner 2.0', 'photon 5.0'] as const),
      ...(['mageia 9', 'opensuse-leap 15.6', 'opensuse-tumbleweed 20240801', 'sles 15.6', 'sles 15'] as const),
    ];
    for (const system of systems) {
      const [id = '', versionId = ''] = system.split(' ');
      const distribution = { id, versionId, codename: null, name: id };
      const ecosystems = (['deb', 'apk', 'rpm'] as const).flatMap((type) => {
        const ecosystem = ecosystemOf(type, distribution);
        const one = { type, name: 'a', version: '1:2-3', architecture: 'x86_64' };
        return ecosystem === null ? [] : [[ecosystem, subjectsOfPurl(packageUrl(one, distribution))] as const];
      });
      expect(ecosystems).toHaveLength(1);
      for (const [ecosystem, subjects] of ecosystems) {
        expect(subjects).toEqual([{ ecosystem, name: 'a', version: '1:2-3' }]);
      }
    }
  });
});
