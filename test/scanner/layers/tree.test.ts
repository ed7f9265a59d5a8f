import { describe, expect, it } from '@jest/globals';

import { cut, cutUnder, newTree, nodeAt, put, valuesOf } from '../../../lib/scanner/layers/tree.ts';

function treeOf(...paths: readonly string[]): ReturnType<typeof newTree<string>> {
  const tree = newTree<string>();
  for (const path of paths) put(tree, path, `value of ${path}`);
  return tree;
}

describe('a tree', () => {
  it('lists values in the order of names, parents first', () => {
    expect([...valuesOf(treeOf('b', 'a/c', 'a', 'a/b/d'))].map(([path]) => path)).toEqual(['a', 'a/b/d', 'a/c', 'b']);
  });

  it('finds what is at a path', () => {
    expect(nodeAt(treeOf('a/b'), 'a/b')?.value).toBe('value of a/b');
    expect(nodeAt(treeOf('a/b'), 'a')?.value).toBeNull();
    expect(nodeAt(treeOf('a/b'), 'a/c')).toBeNull();
  });

  it.each([
    ['a', ['b'], true],
    ['a/b', ['a', 'b'], true],
    ['c', ['a', 'a/b', 'b'], false],
    ['c/d', ['a', 'a/b', 'b'], false],
  ])('cuts %s with all that is under it', (path, left, was) => {
    const tree = treeOf('a', 'a/b', 'b');
    expect(cut(tree, path)).toBe(was);
    expect([...valuesOf(tree)].map(([one]) => one)).toEqual(left);
  });

  it.each([
    ['a', ['a', 'b'], true],
    ['', [], true],
    ['b', ['a', 'a/b', 'b'], false],
    ['c', ['a', 'a/b', 'b'], false],
  ])('cuts what is under %j', (path, left, was) => {
    const tree = treeOf('a', 'a/b', 'b');
    expect(cutUnder(tree, path)).toBe(was);
    expect([...valuesOf(tree)].map(([one]) => one)).toEqual(left);
  });
});
