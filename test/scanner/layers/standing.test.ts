import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { collectStanding, folderKey, keysIn, otherKey } from '../../../lib/scanner/layers/standing.ts';

/** Clean, as paths are here: no slash at either end. */
const path = fc
  .array(fc.stringMatching(/^[a-c]{1,2}$/u), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'));

describe('standing', () => {
  it('answers for what was collected, and for nothing else', () => {
    fc.assert(
      fc.property(fc.array(path), fc.array(path), path, (folders, others, stranger) => {
        const collected = collectStanding();
        folders.forEach(collected.folder);
        others.forEach(collected.other);
        const keys = new Set(keysIn(collected.pack()));
        const has = (key: string): boolean => keys.has(key);

        for (const one of others) expect([has(otherKey(one)), has(folderKey(one))]).toEqual([true, false]);
        for (const one of folders.filter((folder) => !others.includes(folder))) {
          expect([has(otherKey(one)), has(folderKey(one))]).toEqual([false, true]);
        }
        expect(has(otherKey(stranger))).toBe(others.includes(stranger));
        expect(has(folderKey(stranger))).toBe(folders.includes(stranger) && !others.includes(stranger));
      }),
    );
  });

  it('keeps what stands at a path where a folder is only implied', () => {
    const collected = collectStanding();
    collected.other('a');
    collected.foldersAbove(['a/b', 'a']);
    const keys = new Set(keysIn(collected.pack()));
    expect([keys.has(otherKey('a')), keys.has(folderKey('a')), keys.has(folderKey('a/b'))]).toEqual([true, true, true]);
  });

  it('is the same whatever the order', () => {
    const [one, other] = [collectStanding(), collectStanding()];
    ['a', 'b', 'c'].forEach(one.folder);
    ['c', 'a', 'b', 'a'].forEach(other.folder);
    expect(one.pack()).toBe(other.pack());
  });
});
