import { beforeEach, describe, expect, it } from '@jest/globals';

import type { RegistryEvent } from '../../../lib/pipeline/ports/registry-event.ts';
import type { RegistryListing } from '../../../lib/pipeline/ports/registry-listing.ts';
import { takeRegistryEvent } from '../../../lib/pipeline/registry-events/take-registry-event.ts';
import { reconcile } from '../../../lib/pipeline/sweep/reconcile.ts';
import { aDigest } from '../../support/assessments.ts';
import { type MemoryStore, memoryStore } from '../../support/memory-store.ts';
import { type ModelRegistry, modelRegistry, REPOSITORY } from '../registry-events/model-registry.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const LONG_AGO = '2026-11-20T00:00:00.000Z';

let registry: ModelRegistry;
let store: MemoryStore;
let ended: AbortController;

beforeEach(() => {
  registry = modelRegistry();
  store = memoryStore();
  ended = new AbortController();
});

function run(listing: RegistryListing = registry.listing, onTake: (event: RegistryEvent) => void = () => undefined) {
  const dependencies = {
    ...{ register: store.register, images: registry.images, listing, referenceOf: registry.referenceOf },
    ...{ isWatched: () => true, now: () => NOW, takeOpinion: () => Promise.resolve({}) },
  };
  const take = async (event: RegistryEvent) => {
    onTake(event);
    return await takeRegistryEvent(event, dependencies);
  };
  return reconcile({ ...dependencies, take, signal: ended.signal });
}

describe('reconcile', () => {
  it('takes in what no event brought, each tag of it, and counts it', async () => {
    registry.put(aDigest('a'), '1', LONG_AGO);
    registry.put(aDigest('a'), '2', LONG_AGO);
    registry.put(aDigest('b'), null, LONG_AGO);

    expect(await run()).toEqual({ repositories: 1, pushesMissed: 3, deletionsMissed: 0, whole: true });
    expect(await store.work.due(NOW, 10)).toHaveLength(3);
    expect(await run()).toMatchObject({ pushesMissed: 0 });
  });

  it('leaves what was pushed a moment ago to its event', async () => {
    registry.put(aDigest('a'), '1', '2026-11-24T09:55:00.000Z');

    expect(await run()).toMatchObject({ pushesMissed: 0 });
  });

  it('takes off the board what is no longer there, and puts back what is', async () => {
    registry.put(aDigest('a'), '1', LONG_AGO);
    await run();
    registry.held.delete(aDigest('a'));
    expect(await run()).toMatchObject({ deletionsMissed: 1 });
    expect(await run()).toMatchObject({ deletionsMissed: 0 });

    registry.put(aDigest('a'), '1', LONG_AGO);
    expect(await run()).toMatchObject({ pushesMissed: 1 });
  });

  it('goes on where a sweep had to end early', async () => {
    const repositories = ['a', 'b', 'c'].map((name) => ({ ...REPOSITORY, repository: `team/${name}` }));
    const listed: string[] = [];
    const listing: RegistryListing = {
      ...registry.listing,
      async *repositories() {
        yield* [...repositories].reverse();
      },
      async *images({ repository }) {
        listed.push(repository);
        if (listed.length === 2) ended.abort();
        yield* [];
      },
    };

    expect(await run(listing)).toMatchObject({ repositories: 2, whole: false });
    ended = new AbortController();
    expect(await run(listing)).toMatchObject({ repositories: 1, whole: true });
    expect(await run(listing)).toMatchObject({ repositories: 3, whole: true });
    expect(listed).toEqual(['team/a', 'team/b', 'team/c', 'team/a', 'team/b', 'team/c']);
  });

  it('compares the others where a repository fails, says which it was, and goes on from the first the next time', async () => {
    const listed: string[] = [];
    const listing: RegistryListing = {
      ...registry.listing,
      async *repositories() {
        yield* ['a', 'b', 'c'].map((name) => ({ ...REPOSITORY, repository: `team/${name}` }));
      },
      async *images({ repository }) {
        listed.push(repository);
        if (repository === 'team/a') throw new Error('its role is gone');
        yield* [];
      },
    };

    for (let sweeps = 0; sweeps < 2; sweeps += 1) {
      await expect(run(listing)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(/^1 of 3 repositories .* team\/a: its role is gone$/u),
      });
    }
    expect(listed).toEqual(['team/a', 'team/b', 'team/c', 'team/a', 'team/b', 'team/c']);
  });

  it('names a missed push the same until it is taken in, so that it is judged once', async () => {
    registry.put(aDigest('a'), '1', LONG_AGO);
    const ids: string[] = [];
    const failing = { ...registry.listing, find: () => Promise.reject(new Error('away')) };
    for (let tried = 0; tried < 2; tried += 1)
      await expect(run(failing, ({ id }) => ids.push(id))).rejects.toThrow('away');
    await run(registry.listing, ({ id }) => ids.push(id));

    expect(new Set(ids).size).toBe(1);
  });
});
