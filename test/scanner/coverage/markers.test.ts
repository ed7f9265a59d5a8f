import { describe, expect, it } from '@jest/globals';

import { ecosystemMarkedBy, mayBeMarker } from '../../../lib/scanner/coverage/markers.ts';

describe('ecosystemMarkedBy', () => {
  it.each([
    ['opt/x-1-py3.9.egg', 'python'],
    ['usr/lib/python3/dist-packages/x-1-py3.9.egg', 'python'],
    ['opt/lib/python3.9/site-packages/pkg_resources/tests/data/x-1-py3.9.egg', null],
    ['app/.pnp.cjs', 'npm'],
    ['app/.pnp.loader.mjs', 'npm'],
    ['app/x.pnp.cjs', null],
    ['app/node_modules/x/package.json', null],
    ['usr/lib/python3.11/os.py', null],
    ['srv/chroot/var/lib/rpm/rpmdb.sqlite', 'rpm'],
    ['srv/chroot/usr/lib/sysimage/rpm/Packages.db', 'rpm'],
    ['var/lib/rpm/rpmdb.sqlite', null],
    ['usr/lib/sysimage/rpm/Packages.db', null],
    ['usr/share/rpm/Packages', null],
    ['lib/apk/db/installed', null],
    ['usr/lib/apk/db/installed', null],
    ['srv/lib/apk/db/installed', 'apk'],
    ['srv/usr/lib/apk/db/installed', 'apk'],
    ['opt/conda/conda-meta/python-3.12.json', 'conda'],
    ['var/lib/pacman/local/bash-5.2/desc', 'alpm'],
    ['var/db/pkg/app-shells/bash-5.2/PF', 'portage'],
    ['usr/lib/opkg/status', 'opkg'],
    ['var/lib/chisel/manifest.wall', 'chisel'],
    ['opt/bitnami/nginx/.spdx-nginx.spdx', 'bitnami'],
    ['srv/opt/bitnami/opt/bitnami/.spdx-nginx.spdx', 'bitnami'],
    ['opt/bitnami/.spdx-x/nginx.spdx', null],
    ['opt/.spdx-nginx.spdx', null],
    ['home/linuxbrew/.linuxbrew/Cellar/jq/1.7/INSTALL_RECEIPT.json', 'homebrew'],
    ['srv/chroot/var/lib/dpkg/status', 'deb'],
    ['srv/chroot/var/lib/dpkg/status.d/base', 'deb'],
    ['var/lib/dpkg/status', null],
    ['var/lib/dpkg/status.d/base', null],
    ['etc/passwd', null],
  ])('knows %s as %s', (path, expected) => {
    expect(ecosystemMarkedBy(path)).toBe(expected);
  });
});

describe('mayBeMarker', () => {
  it.each([
    ['usr/bin/docker', true],
    ['sbin/dockerd', true],
    ['usr/libexec/docker/cli', true],
    ['usr/lib/docker/cli-plugins/docker-buildx', true],
    ['usr/lib/x86_64-linux-gnu/libcrypto.so.3', true],
    ['usr/lib/jvm/java-17/release', true],
    ['usr/share/doc/docker/copyright', false],
    ['usr/lib/x86_64-linux-gnu/libc.so.6', false],
  ])('answers for %s: %s', (path, expected) => {
    expect(mayBeMarker(path)).toBe(expected);
  });
});
