import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openScratch } from '../../../lib/adapters/feeds/scratch.ts';
import { canMakeSmallDisk, onSmallDisk } from '../../support/small-disk.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';

describe('openScratch', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it.each([0, 10, 1_000_000])('gives lines back in their order, with %d characters held in memory', async (most) => {
    const scratch = await openScratch(folder.path, most);
    for (let n = 0; n < 50; n += 1) await scratch.add(n % 2 === 0 ? 'even' : 'odd', `line ${String(n)} ä\u2028`);
    const [even, odd, none] = await Promise.all([scratch.lines('even'), scratch.lines('odd'), scratch.lines('none')]);

    expect(even).toEqual(Array.from({ length: 25 }, (_, n) => `line ${String(2 * n)} ä\u2028`));
    expect(odd).toHaveLength(25);
    expect(none).toEqual([]);
    await scratch.close();
    expect(await readdir(folder.path)).toEqual([]);
  });

  (canMakeSmallDisk() ? it : it.skip)('says that no space is left', async () => {
    await onSmallDisk(65_536, async (path) => {
      const scratch = await openScratch(path, 0);
      const filling = (async () => {
        for (let n = 0; n < 100; n += 1) await scratch.add('heap', 'x'.repeat(10_000));
      })();
      await expect(filling).rejects.toMatchObject({ code: 'storage-full' });
      await scratch.close();
    });
  });
});
