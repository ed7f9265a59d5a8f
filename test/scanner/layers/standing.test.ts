import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { collectStanding, folderKey, keysIn, otherKey } from '../../../lib/scanner/layers/standing.ts';

describe('standing', () => {
  it('answers for what was collected, and for nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), fc.string(), (folders, others, stranger) => {
        const collected = collectStanding();
        folders.forEach(collected.folder);
        others.forEach(collected.other);
        const keys = new Set(keysIn(collected.pack()));
        const has = (key: string): boolean => keys.has(key);

        for (const path of others) expect([has(otherKey(path)), has(folderKey(path))]).toEqual([true, false]);
        for (const path of folders.filter((one) => !others.includes(one))) {
          expect([has(otherKey(path)), has(folderKey(path))]).toEqual([false, true]);
        }
        expect(has(otherKey(stranger))).toBe(others.includes(stranger));
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
