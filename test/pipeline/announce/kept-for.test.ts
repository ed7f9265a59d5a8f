import { describe, expect, it } from '@jest/globals';

import { keptFor } from '../../../lib/pipeline/announce/kept-for.ts';

function asking() {
  const state = { now: 0, asked: 0, fails: false };
  const ask = keptFor(
    5000,
    () => new Date(state.now),
    async () => {
      state.asked += 1;
      if (state.fails) throw new Error('away');
      return await Promise.resolve(state.asked);
    },
  );
  return { state, ask };
}

describe('what is kept for a while', () => {
  it('is asked once for all who want it, and again when the time is over, or was set back', async () => {
    const { state, ask } = asking();
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    state.now = 4999;
    expect(await ask()).toBe(1);
    state.now = 5000;
    expect(await ask()).toBe(2);
    state.now = -1;
    expect(await ask()).toBe(3);
  });

  it('is asked again at once where it failed', async () => {
    const { state, ask } = asking();
    state.fails = true;
    await expect(ask()).rejects.toThrow('away');
    state.fails = false;
    expect(await ask()).toBe(2);
  });
});
