import { describe, expect, it } from '@jest/globals';

import { directory, type Entry, file, hardLink, symlink, whiteout } from '../../../support/images.ts';
import { jsonFile, ownedByDebian, scanOnDebian } from '../../../support/language-images.ts';

function manifest(folder: string, name: string, version = '1.0.0'): Entry {
  return jsonFile(`${folder}/package.json`, { name, version, license: 'MIT' });
}

describe('npm', () => {
  it('finds what is installed, and not the application', async () => {
    const { packages, gaps } = await scanOnDebian([
      manifest('app', 'app'),
      manifest('app/node_modules/a', 'a'),
      manifest('app/node_modules/a/node_modules/@s/b', '@s/b', '2.0.0+x'),
      jsonFile('app/node_modules/a/esm/package.json', { type: 'module' }),
      manifest('app/node_modules/a/test/node_modules/c', 'c'),
      file('app/node_modules/a/test/node_modules/d/package.json', 'broken'),
      // Installed by another name: npm i e@npm:a
      manifest('app/node_modules/e', 'a', '3.0.0'),
    ]);
    expect(packages).toEqual([
      'pkg:npm/%40s/b@2.0.0%2Bx app/node_modules/a/node_modules/@s/b/package.json MIT',
      'pkg:npm/a@1.0.0 app/node_modules/a/package.json MIT',
      'pkg:npm/a@3.0.0 app/node_modules/e/package.json MIT',
    ]);
    expect(gaps).toEqual([]);
  });

  it('finds what pnpm linked', async () => {
    const { packages, gaps } = await scanOnDebian([
      manifest('app/node_modules/.pnpm/a@1.0.0/node_modules/a', 'a'),
      symlink('app/node_modules/a', '.pnpm/a@1.0.0/node_modules/a'),
      hardLink(
        'root/.local/share/pnpm/store/v3/files/00/1',
        'app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json',
      ),
      file('app/.store/1', '{"name":"b","version":"1.0.0"}'),
      hardLink('app/node_modules/b/package.json', 'app/.store/1'),
    ]);
    expect(packages.map((one) => one.split(' ')[0])).toEqual(['pkg:npm/a@1.0.0', 'pkg:npm/b@1.0.0']);
    expect(gaps).toEqual([]);
  });

  it('says what could not be read', async () => {
    const { packages, gaps } = await scanOnDebian([
      file('app/node_modules/a/package.json', '{'),
      jsonFile('app/node_modules/b/package.json', { name: 'b' }),
      symlink('app/node_modules/c/package.json', '/srv/c.json'),
      manifest('app/node_modules/d', 'd'),
    ]);
    expect(packages).toHaveLength(1);
    expect(gaps).toEqual([
      'Packages of npm are present and were not read: app/node_modules/a/package.json, which could not be read whole: it is no JSON and 2 more.',
    ]);
  });

  it.each([
    ['b has no version', jsonFile('app/node_modules/b/package.json', { name: 'b' })],
    ['leads to srv/c.json', symlink('app/node_modules/c/package.json', '/srv/c.json')],
    ['more than 4194304 bytes', file('app/node_modules/d/package.json', ' '.repeat(5 * 1024 * 1024))],
  ])('says that %s', async (why, entry) => {
    const { inventory } = await scanOnDebian([entry]);
    expect(inventory.gaps).toMatchObject([
      { kind: 'unread-ecosystem', subject: 'npm', message: expect.stringContaining(why) },
    ]);
  });

  it('reads a manifest of which there are more links, without its end', async () => {
    const { gaps } = await scanOnDebian([
      file('srv/1', ' '.repeat(5 * 1024 * 1024)),
      hardLink('app/node_modules/a/package.json', 'srv/1'),
    ]);
    expect(gaps.join()).toContain('it has more than 4194304 bytes');
  });

  it('leaves to Debian what Debian brought, and says so', async () => {
    const path = 'usr/share/nodejs/a/package.json';
    const { packages, owned, gaps } = await scanOnDebian([
      ownedByDebian(path),
      manifest('usr/share/nodejs/a', 'a'),
      manifest('usr/share/nodejs/b', 'b'),
    ]);
    expect(packages).toEqual(['pkg:npm/b@1.0.0 usr/share/nodejs/b/package.json MIT']);
    expect(owned).toEqual(['npm a 1.0.0 of pkg:deb/debian/base-files@12?arch=all&distro=debian-12']);
    expect(gaps).toEqual([]);
  });

  it('names the layer that brought a version', async () => {
    const { inventory } = await scanOnDebian(
      [manifest('app/node_modules/a', 'a'), manifest('app/node_modules/b', 'b')],
      [manifest('app/node_modules/a', 'a', '2.0.0')],
      [whiteout('app/node_modules/b')],
      [directory('app/node_modules/c'), manifest('app/node_modules/b', 'b')],
    );
    const nth = (name: string): number =>
      inventory.layers.findIndex(({ diffId }) => diffId === inventory.packages.find((one) => one.name === name)?.layer);
    expect([nth('a'), nth('b')]).toEqual([2, 4]);
  });
});
