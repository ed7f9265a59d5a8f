import { describe, expect, it } from '@jest/globals';

import type { CataloguedPackage, Owned } from '../../../lib/scanner/catalogers/cataloger.ts';
import { ownersIn } from '../../../lib/scanner/catalogers/owners.ts';
import { newImageState } from '../../../lib/scanner/layers/image-state.ts';
import { put } from '../../../lib/scanner/layers/tree.ts';

const perl: CataloguedPackage = {
  ...({ type: 'deb', name: 'perl', version: '1', architecture: 'all' } as const),
  ...{ source: { name: 'perl', version: '1' }, path: 'var/lib/dpkg/status', licences: [] },
};

function ownerOf(path: string, owned: string, lib: string | null): string | null {
  const state = newImageState();
  if (lib !== null) put(state.tree, 'lib', { is: 'link', target: lib });
  const owns = (): readonly Owned[] => [[owned, perl]];
  return ownersIn(state, [() => [], owns])(path)?.name ?? null;
}

describe('the owner of a file', () => {
  it.each([
    ['usr/lib/x.jar', 'usr/lib/x.jar', null],
    ['usr/lib/x.jar', 'lib/x.jar', 'usr/lib'],
    ['lib/x.jar', 'usr/lib/x.jar', './usr/lib'],
    ['usr/lib/x.jar', 'lib/x.jar', '/usr/lib'],
    ['usr/lib/x.jar!/BOOT-INF/lib/y.jar', 'usr/lib/x.jar', null],
  ])('of %s is whose database has %s, where lib leads to %s', (path, owned, lib) => {
    expect(ownerOf(path, owned, lib)).toBe('perl');
  });

  it.each([
    ['usr/lib/x.jar', 'lib/x.jar', null],
    ['usr/lib/x.jar', 'usr/lib/y.jar', 'usr/lib'],
    ['app/usr/lib/x.jar', 'usr/lib/x.jar', 'usr/lib'],
  ])('of %s is nobody where a database has %s, and lib leads to %s', (path, owned, lib) => {
    expect(ownerOf(path, owned, lib)).toBeNull();
  });
});
