import { describe, expect, it } from '@jest/globals';

import { packageUrl } from '../../../lib/core/sbom/purl.ts';

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
});
