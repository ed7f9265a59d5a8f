import { describe, expect, it } from '@jest/globals';

import { ecosystemMarkedBy, mayBeMarker } from '../../../lib/scanner/coverage/markers.ts';

describe('ecosystemMarkedBy', () => {
  it.each([
    ['app/node_modules/x/package.json', 'npm'],
    ['app/node_modules/@scope/x/package.json', 'npm'],
    ['app/node_modules/a/node_modules/b/package.json', 'npm'],
    ['node_modules/x/package.json', 'npm'],
    ['app/package.json', null],
    ['app/node_modules/x/lib/package.json', null],
    ['opt/app.jar', 'java'],
    ['opt/APP.WAR', 'java'],
    ['opt/app.ear', 'java'],
    ['opt/app.jar.txt', null],
    ['usr/local/lib/python3.12/site-packages/pip-24.0.dist-info/METADATA', 'python'],
    ['usr/lib/python3/dist-packages/six.egg-info', 'python'],
    ['usr/lib/python3/dist-packages/six.egg-info/PKG-INFO', 'python'],
    ['opt/x-1-py3.9.egg', 'python'],
    ['usr/lib/python3.11/os.py', null],
    ['var/lib/rpm/rpmdb.sqlite', 'rpm'],
    ['usr/lib/sysimage/rpm/Packages.db', 'rpm'],
    ['var/lib/rpm/Packages', 'rpm'],
    ['lib/apk/db/installed', null],
    ['usr/lib/apk/db/installed', null],
    ['srv/lib/apk/db/installed', 'apk'],
    ['srv/usr/lib/apk/db/installed', 'apk'],
    ['usr/local/bundle/specifications/rails-7.0.gemspec', 'ruby'],
    ['usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.gemspec', 'ruby'],
    ['app/app.deps.json', 'dotnet'],
    ['app/vendor/composer/installed.json', 'php'],
    ['opt/conda/conda-meta/python-3.12.json', 'conda'],
    ['var/lib/pacman/local/bash-5.2/desc', 'alpm'],
    ['var/db/pkg/app-shells/bash-5.2/PF', 'portage'],
    ['usr/lib/opkg/status', 'opkg'],
    ['var/lib/chisel/manifest.wall', 'chisel'],
    ['opt/bitnami/nginx/.spdx-nginx.spdx', 'bitnami'],
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
    ['usr/share/java/a.jar', true],
    ['usr/share/doc/docker/copyright', false],
    ['usr/lib/x86_64-linux-gnu/libc.so.6', false],
  ])('answers for %s: %s', (path, expected) => {
    expect(mayBeMarker(path)).toBe(expected);
  });
});
