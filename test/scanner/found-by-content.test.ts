/** What is told by content, in whole images: programs, archives of Java, runtimes. */
import { describe, expect, it } from '@jest/globals';

import type { Inventory } from '../../lib/core/sbom/inventory.ts';
import { scanImage } from '../../lib/scanner/scan-image.ts';
import { dpkgStatus, osRelease } from '../support/debian.ts';
import { anElf, goProgram, rustProgram } from '../support/elf.ts';
import { type Entry, file, hardLink, image, layer, openImage, symlink, whiteout } from '../support/images.ts';
import { memoryLayerCache } from '../support/layer-cache.ts';
import { aZip } from '../support/zip.ts';

const DEBIAN = [
  file('etc/os-release', osRelease()),
  file('var/lib/dpkg/status', dpkgStatus([{ name: 'a', version: '1' }])),
];
const MODULES = 'path\tx.test/app\nmod\tx.test/app\tv1.0.0\th1:x\ndep\ty.test/lib\tv0.3.0\th1:y\n';
const GO = goProgram('go1.22.1', MODULES);

async function scan(...layers: readonly (readonly Entry[])[]): Promise<Inventory> {
  const built = await Promise.all([DEBIAN, ...layers].map((entries) => layer(entries)));
  return scanImage(openImage(image(built)), { cache: memoryLayerCache() });
}

function found({ packages }: Inventory): readonly string[] {
  return packages.flatMap(({ type, purl, path }) => (type === 'deb' ? [] : [`${purl} ${path}`]));
}

function gapsOf({ gaps }: Inventory): readonly string[] {
  return gaps.map(({ kind, subject }) => `${kind}:${subject}`);
}

function list(...paths: readonly string[]): Entry {
  return file('var/lib/dpkg/info/a.list', paths.map((path) => `/${path}\n`).join(''));
}

function pom(artifact: string): { name: string; bytes: string } {
  const name = `META-INF/maven/org.x/${artifact}/pom.properties`;
  return { name, bytes: `groupId=org.x\nartifactId=${artifact}\nversion=1.0\n` };
}

describe('programs', () => {
  it('of Go are read whatever their names', async () => {
    const inventory = await scan([file('srv/odd name.txt', GO)]);
    expect(found(inventory)).toEqual([
      'pkg:golang/stdlib@1.22.1 srv/odd name.txt',
      'pkg:golang/x.test/app@v1.0.0 srv/odd name.txt',
      'pkg:golang/y.test/lib@v0.3.0 srv/odd name.txt',
    ]);
    expect(inventory.packages.find(({ name }) => name === 'y.test/lib')).toMatchObject({
      ecosystem: 'Go',
      foundBy: 'go-buildinfo',
      source: { name: 'y.test/lib', version: 'v0.3.0' },
      layer: inventory.layers[1]?.diffId,
    });
    expect(gapsOf(inventory)).toEqual([]);
  });

  it('of Rust are read, and runtimes', async () => {
    const crates = { packages: [{ name: 'serde', version: '1.0.217', source: 'crates.io' }] };
    const node = anElf({ constant: Buffer.from('node.js/v24.21.0') });
    const inventory = await scan([file('usr/local/bin/rg', rustProgram(crates)), file('usr/local/bin/node', node)]);
    expect(found(inventory)).toEqual([
      'pkg:cargo/serde@1.0.217 usr/local/bin/rg',
      'pkg:generic/node@24.21.0 usr/local/bin/node',
    ]);
    expect(inventory.packages.map(({ foundBy, ecosystem }) => [foundBy, ecosystem])).toContainEqual(['runtime', null]);
  });

  it('that a package of the distribution brought are owned, and their holes are none', async () => {
    const owned = await scan([
      list('usr/bin/app', 'usr/lib/x/tool'),
      file('usr/bin/app', GO),
      file('usr/lib/x/tool', goProgram('', '')),
    ]);
    expect(found(owned)).toEqual([]);
    expect(gapsOf(owned)).toEqual([]);
    expect(owned.owned).toContainEqual({
      type: 'golang',
      name: 'y.test/lib',
      version: 'v0.3.0',
      path: 'usr/bin/app',
      owner: 'pkg:deb/debian/a@1?arch=amd64&distro=debian-12',
    });
  });

  it('that do not say what they are made of are gaps', async () => {
    const upx = anElf({ head: Buffer.from('UPX!') });
    const { gaps } = await scan([
      file('app/a', goProgram('go1.22.1', '')),
      file('app/b', goProgram('', MODULES)),
      file('app/c', upx),
    ]);
    expect(gaps.map(({ message }) => message)).toEqual([
      'Packages of go are present and were not read: app/a, which does not say which modules it is made of and 1 more.',
      'Programs packed by UPX are present and were not read: app/c, which can not be looked into.',
    ]);
  });

  it('are gone with their files, and found by a hard link', async () => {
    expect(found(await scan([file('app/a', GO)], [file('app/a', 'no more')]))).toEqual([]);
    expect(found(await scan([file('app/a', GO)], [whiteout('app')]))).toEqual([]);
    const linked = await scan([file('app/a', GO), hardLink('app/b', 'app/a')], [whiteout('app/a')]);
    expect(found(linked)).toContain('pkg:golang/stdlib@1.22.1 app/b');
  });
});

describe('archives of Java', () => {
  it('are read, and those in them', async () => {
    const app = aZip([pom('app'), { name: 'BOOT-INF/lib/b-1.0.jar', bytes: aZip([pom('b')]), stored: true }]);
    const inventory = await scan([file('app.jar', app), symlink('latest.jar', 'app.jar')]);
    expect(found(inventory)).toEqual([
      'pkg:maven/org.x/app@1.0 app.jar',
      'pkg:maven/org.x/b@1.0 app.jar!/BOOT-INF/lib/b-1.0.jar',
    ]);
    expect(gapsOf(inventory)).toEqual([]);
  });

  it('that a package of the distribution brought are owned, and their holes are none', async () => {
    const app = aZip([pom('app'), { name: 'lib/b.jar', bytes: aZip([pom('b')]) }, { name: 'lib/c.jar', bytes: 'x' }]);
    const {
      packages,
      owned = [],
      gaps,
    } = await scan([list('usr/share/java/app.jar'), file('usr/share/java/app.jar', app)]);
    expect(packages.map(({ name }) => name)).toEqual(['a']);
    expect(owned.map(({ name, path }) => `${name} ${path}`)).toEqual([
      'org.x:app usr/share/java/app.jar',
      'org.x:b usr/share/java/app.jar!/lib/b.jar',
    ]);
    expect(gaps).toEqual([]);
  });

  it('are gaps where they say nothing; a bound that one passes no stage may tolerate', async () => {
    let bomb = aZip([pom('x')]);
    for (let depth = 0; depth < 20; depth += 1) bomb = aZip([{ name: 'x.jar', bytes: bomb }]);
    const { gaps } = await scan([
      file('b.jar', 'x'),
      file('a.war', aZip([{ name: 'A.class', bytes: 'x' }])),
      file('bomb.jar', bomb),
    ]);
    expect(gaps).toEqual([
      {
        kind: 'limit-exceeded',
        subject: 'bomb.jar',
        message: 'bomb.jar holds archives in archives, deeper than 16.',
      },
      {
        kind: 'unread-ecosystem',
        subject: 'java',
        message: 'Packages of java are present and were not read: a.war, which does not say what it is and 1 more.',
      },
    ]);
  });

  it('are read by another name, a hard link', async () => {
    const inventory = await scan([file('lib/blob', aZip([pom('app')])), hardLink('lib/app.jar', 'lib/blob')]);
    expect(found(inventory)).toEqual(['pkg:maven/org.x/app@1.0 lib/app.jar']);
  });
});
