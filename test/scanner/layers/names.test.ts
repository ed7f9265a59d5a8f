import { describe, expect, it } from '@jest/globals';

import { cleanPath, foldersAbove, readName } from '../../../lib/scanner/layers/names.ts';
import { DEFAULT_LIMITS } from '../../../lib/scanner/limits.ts';

describe('readName', () => {
  it.each([
    ['etc/os-release', { does: 'stand', path: 'etc/os-release' }],
    ['./etc/os-release', { does: 'stand', path: 'etc/os-release' }],
    ['/etc//os-release', { does: 'stand', path: 'etc/os-release' }],
    ['usr/../etc/./os-release', { does: 'stand', path: 'etc/os-release' }],
    ['var/lib/', { does: 'stand', path: 'var/lib' }],
    ['./', { does: 'stand', path: '' }],
    ['etc/.wh.os-release', { does: 'remove', path: 'etc/os-release' }],
    ['.wh.etc', { does: 'remove', path: 'etc' }],
    ['a/.wh..hidden', { does: 'remove', path: 'a/.hidden' }],
    ['a/.wh..wh..opq', { does: 'hide', path: 'a' }],
    ['.wh..wh..opq', { does: 'hide', path: '' }],
    ['.wh..wh.plnk', { does: 'nothing' }],
    ['b/not.a.wh..wh..opq', { does: 'stand', path: 'b/not.a.wh..wh..opq' }],
    ['a/wh.b', { does: 'stand', path: 'a/wh.b' }],
  ])('reads %s', (name, expected) => {
    expect(readName(name, DEFAULT_LIMITS)).toEqual(expected);
  });

  it.each([
    ['../etc/passwd', 'bad-input', /leads out of the image/u],
    ['a/../../b', 'bad-input', /leads out of the image/u],
    ['a\0b', 'bad-input', /NUL/u],
    ['a/.wh.', 'bad-input', /whiteout of nothing/u],
    ['a/.wh..', 'bad-input', /whiteout of nothing/u],
    ['a/.wh...', 'bad-input', /whiteout of nothing/u],
    ['a'.repeat(4097), 'limit-exceeded', /longer than 4096/u],
    ['a/'.repeat(257), 'limit-exceeded', /deeper than 256/u],
  ])('refuses %j', (name, code, message) => {
    expect(() => readName(name, DEFAULT_LIMITS)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

describe('cleanPath', () => {
  it('says where a path leads out', () => {
    expect(cleanPath('a/../..', DEFAULT_LIMITS)).toBeNull();
  });
});

describe('foldersAbove', () => {
  it.each([
    ['a/b/c', ['a/b', 'a']],
    ['a', []],
    ['', []],
  ])('lists the folders above %j', (path, expected) => {
    expect([...foldersAbove(path)]).toEqual(expected);
  });
});
