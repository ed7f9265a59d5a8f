import { describe, expect, it } from '@jest/globals';

import { filesOf } from '../../../lib/scanner/layers/image-files.ts';
import { newImageState } from '../../../lib/scanner/layers/image-state.ts';
import type { Kept } from '../../../lib/scanner/layers/kept.ts';
import { put } from '../../../lib/scanner/layers/tree.ts';

const STATUS = 'var/lib/dpkg/status';
const read: Kept = { is: 'read', cataloger: 'dpkg', content: 'the database' };
const found = { is: 'read', path: STATUS, content: 'the database' };

function link(target: string): Kept {
  return { is: 'link', target };
}

function file(kept: Readonly<Record<string, Kept>>, path = STATUS): unknown {
  const state = newImageState();
  for (const [at, value] of Object.entries(kept)) put(state.tree, at, value);
  return filesOf(state)('dpkg').file(path);
}

describe('a file', () => {
  it.each<[string, Record<string, Kept>]>([
    ['where it lies', { [STATUS]: read }],
    ['through a link to a name beside it', { 'var/lib/dpkg/status.d/a': link('../status'), [STATUS]: read }],
  ])('is found %s', (_where, kept) => {
    expect(file(kept)).toEqual(found);
  });

  it.each([
    ['../status', STATUS],
    ['/var/lib/dpkg/status', STATUS],
    ['.././//./status', STATUS],
    ['../../dpkg/status', STATUS],
    ['../../../../../../../var/lib/dpkg/status', STATUS],
    ['b', 'var/lib/dpkg/status.d/b'],
  ])('is found through a link to %s', (target, path) => {
    const kept = { 'var/lib/dpkg/status.d/a': link(target), [path]: read };
    expect(file(kept, 'var/lib/dpkg/status.d/a')).toEqual({ ...found, path });
  });

  it.each<[string, Record<string, Kept>]>([
    ['where nothing is', {}],
    ['where a link leads to another place that is watched, and empty', { [STATUS]: link('status.d/one') }],
    ['where only a folder is', { [`${STATUS}/x`]: read }],
  ])('is absent %s', (_where, kept) => {
    expect(file(kept)).toEqual({ is: 'absent' });
  });

  it.each<[string, Record<string, Kept>, RegExp]>([
    [
      'its folder is a link to a place that nobody read',
      { 'var/lib/dpkg': link('/opt/db') },
      /leads to opt\/db\/status, which was not read/u,
    ],
    ['a folder above is a link', { var: link('usr/var') }, /leads to usr\/var\/lib\/dpkg\/status/u],
    [
      'a link leads out of the image, and so to its root',
      { [STATUS]: link('../../../../../secret') },
      /leads to secret/u,
    ],
    ['links go in circles', { [STATUS]: link('status') }, /without an end/u],
    [
      'links go in circles together',
      { 'var/lib': link('/var/lib/dpkg/..'), 'var/lib/dpkg': link('/var/lib') },
      /without an end/u,
    ],
    [
      'a link goes up through a folder that nobody knows',
      { [STATUS]: link('/opt/x/../../var/lib/dpkg/status.d/one') },
      /leads through opt\/x/u,
    ],
    ['it could not be read', { [STATUS]: { is: 'blocked', cataloger: 'dpkg', why: 'is no file' } }, /is no file/u],
    [
      'a link leads to what could not be read',
      {
        [STATUS]: link('status.d/a'),
        'var/lib/dpkg/status.d/a': { is: 'blocked', cataloger: 'dpkg', why: 'is no file' },
      },
      /is no file/u,
    ],
    [
      'another cataloger read it',
      { [STATUS]: link('/etc/os-release'), 'etc/os-release': { is: 'read', cataloger: 'os-release', content: {} } },
      /leads to etc\/os-release/u,
    ],
  ])('is blocked where %s', (_why, kept, why) => {
    expect(file(kept)).toEqual({ is: 'blocked', path: STATUS, why: expect.stringMatching(why) });
  });
});

describe('a folder', () => {
  function folder(kept: Readonly<Record<string, Kept>>): unknown {
    const state = newImageState();
    for (const [at, value] of Object.entries(kept)) put(state.tree, at, value);
    return filesOf(state)('dpkg').folder('var/lib/dpkg/status.d');
  }

  it('lists what its cataloger wants, in the order of names', () => {
    const place = 'var/lib/dpkg/status.d';
    const kept = { [`${place}/b`]: read, [`${place}/a`]: read, [`${place}/a.md5sums`]: read, [`${place}/c/d`]: read };
    expect(folder(kept)).toEqual([
      { ...found, path: `${place}/a` },
      { ...found, path: `${place}/a.md5sums` },
      { ...found, path: `${place}/b` },
      { is: 'absent' },
    ]);
  });

  it('is empty where nothing is', () => {
    expect(folder({})).toEqual([]);
  });

  it('is blocked where it leads to a place that nobody read', () => {
    expect(folder({ 'var/lib/dpkg/status.d': link('/opt/db') })).toMatchObject([
      { is: 'blocked', why: expect.stringMatching(/opt\/db/u) },
    ]);
    expect(folder({ 'var/lib/dpkg/status.d': link('/etc') })).toMatchObject([{ is: 'blocked' }]);
    expect(folder({ 'var/lib/dpkg/status.d': link('status.d') })).toMatchObject([
      { is: 'blocked', why: expect.stringMatching(/end/u) },
    ]);
  });
});

describe('all files', () => {
  function all(kept: Readonly<Record<string, Kept>>, cataloger = 'dpkg'): unknown {
    const state = newImageState();
    for (const [at, value] of Object.entries(kept)) put(state.tree, at, value);
    return filesOf(state)(cataloger).all();
  }

  it('are what a cataloger read and was to read, wherever it lies, in the order of paths', () => {
    const kept: Record<string, Kept> = {
      'var/lib/dpkg/status.d/a': { is: 'blocked', cataloger: 'dpkg', why: 'is no file' },
      [STATUS]: read,
      'etc/os-release': { is: 'read', cataloger: 'os-release', content: {} },
      'app/y.jar': { is: 'marker', ecosystem: 'java' },
    };
    expect(all(kept)).toEqual([found, { is: 'blocked', path: 'var/lib/dpkg/status.d/a', why: 'is no file' }]);
    expect(all(kept, 'os-release')).toEqual([{ is: 'read', path: 'etc/os-release', content: {} }]);
    expect(all(kept, 'nobody')).toEqual([]);
  });

  it('tell of a link only where it leads to what nobody reads by its own name', () => {
    const place = 'var/lib/dpkg/status.d';
    const kept = { [`${place}/a`]: link('b'), [`${place}/c`]: link('/opt/x'), [`${place}/d`]: link('../../../x') };
    expect(all(kept)).toEqual([
      { is: 'blocked', path: `${place}/c`, why: 'leads to opt/x, which was not read' },
      { is: 'blocked', path: `${place}/d`, why: 'leads to var/x, which was not read' },
    ]);
  });
});
