import { beforeEach, describe, expect, it } from '@jest/globals';

import { firstSightKey } from '../../../lib/core/register/keys.ts';
import { rememberFirstSights } from '../../../lib/pipeline/record-assessment/remember-first-sights.ts';
import { type MemoryStore, memoryStore } from '../../support/memory-store.ts';

const EARLY = '2026-11-01T00:00:00.000Z';
const LATE = '2026-11-02T00:00:00.000Z';

let store: MemoryStore;
let commits: number;

beforeEach(() => {
  store = memoryStore();
  commits = 0;
  const { commit } = store.register;
  store.register.commit = async (one) => {
    commits += 1;
    await commit(one);
  };
});

const sights = (count: number, at: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`CVE-2026-${n}`, at]));
const seenAt = async (n: number) => (await store.register.get(firstSightKey(`CVE-2026-${n}`)))?.body['at'];

describe('first sights', () => {
  it('are kept, many in a commit', async () => {
    await rememberFirstSights(sights(120, EARLY), store.register);

    expect(await Promise.all([seenAt(0), seenAt(119)])).toEqual([EARLY, EARLY]);
    expect(commits).toBe(3);
  });

  it('stay what they were first', async () => {
    await rememberFirstSights(sights(2, EARLY), store.register);
    await rememberFirstSights(sights(4, LATE), store.register);

    expect(await Promise.all([0, 1, 2, 3].map(seenAt))).toEqual([EARLY, EARLY, LATE, LATE]);
  });

  it('of another judgement in between keep none of the others from being kept', async () => {
    const { get } = store.register;
    store.register.get = async (key) => {
      const found = await get(key);
      if (key.pk.endsWith('-1') && found === null) {
        await store.register.commit({ puts: [{ item: { ...key, body: { at: EARLY } }, when: 'absent' }] });
      }
      return found;
    };
    await rememberFirstSights(sights(3, LATE), store.register);

    store.register.get = get;
    expect(await Promise.all([0, 1, 2].map(seenAt))).toEqual([LATE, EARLY, LATE]);
  });
});
