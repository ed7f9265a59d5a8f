import { describe, expect, it } from '@jest/globals';

import { ecosystemOf } from '../../../lib/core/sbom/ecosystem.ts';

describe('ecosystemOf', () => {
  it.each([
    ['deb', 'debian', '12', 'Debian:12'],
    ['deb', 'ubuntu', '22.04', 'Ubuntu:22.04'],
    ['deb', 'debian', null, null],
    ['deb', 'debian', 'sid', null],
    ['deb', 'debian', '12:evil', null],
    ['deb', 'raspbian', '12', null],
    ['deb', 'constructor', '1', null],
    ['rpm', 'debian', '12', null],
    ['apk', 'alpine', '3.20.3', 'Alpine:v3.20'],
    ['apk', 'alpine', '3.20', 'Alpine:v3.20'],
    ['apk', 'alpine', '3', null],
    ['apk', 'alpine', '3.21.0_alpha20240807', null],
    ['apk', 'alpine', null, null],
    ['deb', 'alpine', '3.20.3', null],
    ['apk', 'wolfi', '20230201', 'Wolfi'],
    ['apk', 'chainguard', '20230214', 'Chainguard'],
    ['apk', 'postmarketos', '24.06', null],
    ['rpm', 'rhel', '9.4', 'Red Hat:enterprise_linux:9'],
    ['rpm', 'rhel', '10.0', 'Red Hat:enterprise_linux:10'],
    ['rpm', 'centos', '9', null],
    ['rpm', 'fedora', '40', null],
    ['rpm', 'rocky', '9.4', 'Rocky Linux:9'],
    ['rpm', 'almalinux', '8.10', 'AlmaLinux:8'],
    ['rpm', 'azurelinux', '3.0', 'Azure Linux:3'],
    ['rpm', 'mariner', '2.0', 'Azure Linux:2'],
    ['rpm', 'photon', '5.0', 'Photon OS:5.0'],
    ['rpm', 'mageia', '9', 'Mageia:9'],
    ['rpm', 'opensuse-leap', '15.6', 'openSUSE:Leap 15.6'],
    ['rpm', 'opensuse-tumbleweed', '20240801', 'openSUSE:Tumbleweed'],
    ['rpm', 'sles', '15.6', 'SUSE:Linux Enterprise 15 SP6'],
    ['rpm', 'sles', '15', 'SUSE:Linux Enterprise 15'],
    ['rpm', 'sles', '12.5', 'SUSE:Linux Enterprise 12 SP5'],
    ['rpm', 'sles', '16.0', null],
    ['rpm', 'sle-micro', '5.5', null],
    ['rpm', 'amzn', '2023', null],
    ['rpm', 'ol', '9.4', null],
    ['npm', 'debian', '12', 'npm'],
    ['pypi', 'debian', '12', 'PyPI'],
    ['golang', 'debian', '12', 'Go'],
    ['cargo', 'debian', '12', 'crates.io'],
    ['maven', 'debian', '12', 'Maven'],
    ['gem', 'debian', '12', 'RubyGems'],
    ['nuget', 'debian', '12', 'NuGet'],
    ['composer', 'debian', '12', 'Packagist'],
    ['generic', 'debian', '12', null],
  ] as const)('knows a %s package of %s %s as of %s', (type, id, versionId, expected) => {
    expect(ecosystemOf(type, { id, versionId, codename: null, name: id })).toBe(expected);
  });

  it('knows those of languages in an image that says nothing of itself, and no other', () => {
    expect(ecosystemOf('npm', null)).toBe('npm');
    expect(ecosystemOf('deb', null)).toBeNull();
  });
});
