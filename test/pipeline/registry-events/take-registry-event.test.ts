import { beforeEach, describe, expect, it } from '@jest/globals';

import type { Placement } from '../../../lib/core/image/placement.ts';
import type { RegistryEvent } from '../../../lib/pipeline/ports/registry-event.ts';
import {
  type EventDependencies,
  takeRegistryEvent,
} from '../../../lib/pipeline/registry-events/take-registry-event.ts';
import { imagesUnder } from '../../../lib/pipeline/sightings/running.ts';
import { NotYet } from '../../../lib/pipeline/work/run-taken.ts';
import { aDigest } from '../../support/assessments.ts';
import { type MemoryStore, memoryStore } from '../../support/memory-store.ts';
import { type ModelRegistry, modelRegistry, REPOSITORY } from './model-registry.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const PUSHED_AT = '2026-11-24T09:59:58.000Z';
const [INDEX, ARM, AMD] = [aDigest('index'), aDigest('arm'), aDigest('amd')];

let registry: ModelRegistry;
let store: MemoryStore;
let dependencies: EventDependencies;
let asked: Placement[];

beforeEach(() => {
  registry = modelRegistry();
  store = memoryStore();
  asked = [];
  dependencies = {
    ...{ register: store.register, images: registry.images, listing: registry.listing },
    ...{ referenceOf: registry.referenceOf, isWatched: (name) => name.startsWith('team/'), now: () => NOW },
    takeOpinion: async (placement) => {
      asked.push(placement);
      return { state: 'complete' };
    },
  };
});

function pushed(given: Partial<Extract<RegistryEvent, { kind: 'pushed' }>> = {}): RegistryEvent {
  return {
    ...{ kind: 'pushed', how: 'push', id: 'e1', at: NOW.toISOString(), repository: REPOSITORY },
    ...{ digest: AMD, tag: '1', artifactType: null },
    ...given,
  };
}

async function work(): Promise<readonly string[]> {
  return (await store.work.due(NOW, 100)).map(({ id }) => id);
}

describe('takeRegistryEvent', () => {
  it('leaves work for the image that was pushed, once, however often the event comes', async () => {
    registry.put(AMD, '1', PUSHED_AT);

    expect(await takeRegistryEvent(pushed(), dependencies)).toMatchObject({
      outcome: 'pushed',
      details: { images: 1 },
    });
    await takeRegistryEvent(pushed(), dependencies);

    expect(await work()).toEqual([`judge-placement#event#e1#${AMD}`]);
  });

  it('leaves work for each image of an index, and none for its parts that were pushed before it', async () => {
    registry.put(ARM, null, PUSHED_AT);
    registry.put(AMD, null, PUSHED_AT);
    registry.put(INDEX, '1', PUSHED_AT, [ARM, AMD]);

    await takeRegistryEvent(pushed({ id: 'i', digest: INDEX }), dependencies);
    expect(await imagesUnder(INDEX, store.register)).toEqual([INDEX, ...[AMD, ARM].sort()]);
    const later = { ...dependencies, now: () => new Date(NOW.getTime() + 35_000) };
    const part = await takeRegistryEvent(pushed({ id: 'p', digest: ARM, tag: null }), later);

    expect(part).toMatchObject({
      outcome: 'ignored',
      details: { skipped: ['an index lists it and is judged instead'] },
    });
    expect(await work()).toEqual([`judge-placement#event#i#${ARM}`, `judge-placement#event#i#${AMD}`]);
  });

  it('takes an index of two hundred images', async () => {
    const many = Array.from({ length: 200 }, (_, at) => aDigest(`platform ${at}`));
    registry.put(INDEX, '1', PUSHED_AT, many);

    await takeRegistryEvent(pushed({ digest: INDEX }), dependencies);
    await takeRegistryEvent(pushed({ digest: INDEX }), dependencies);

    expect((await store.work.due(NOW, 1000)).length).toBe(200);
  });

  it('waits with a push without a tag for the index that may list it', async () => {
    registry.put(AMD, null, PUSHED_AT);

    await expect(takeRegistryEvent(pushed({ tag: null }), dependencies)).rejects.toBeInstanceOf(NotYet);
    // Its event comes some seconds after the push, and that of the index some seconds after this one.
    const soon = { ...dependencies, now: () => new Date(Date.parse(PUSHED_AT) + 20_000) };
    await expect(takeRegistryEvent(pushed({ tag: null }), soon)).rejects.toBeInstanceOf(NotYet);
    expect(await work()).toEqual([]);
  });

  it.each([
    [
      'a repository that is not watched',
      pushed({ repository: { ...REPOSITORY, repository: 'other/app' } }),
      'not watched',
    ],
    ['an artifact, as its event says', pushed({ artifactType: 'application/spdx+json' }), 'is no image'],
    ['an image that is gone by now', pushed({ digest: ARM }), 'it is deleted by now'],
    ['what was ignored when it was read', { kind: 'ignored', id: 'x', why: 'because' } as const, 'because'],
  ])('ignores %s, and says why', async (_what, event, why) => {
    registry.put(AMD, '1', PUSHED_AT);

    const taken = await takeRegistryEvent(event, dependencies);

    expect(taken.outcome).toBe('ignored');
    expect(taken.details['why']).toContain(why);
    expect(await work()).toEqual([]);
  });

  it('ignores an artifact that only its manifest gives away', async () => {
    registry.put(AMD, 'sha256-1.sig', PUSHED_AT, 'artifact');

    const taken = await takeRegistryEvent(pushed({ tag: 'sha256-1.sig' }), dependencies);

    expect(taken).toMatchObject({ outcome: 'ignored', details: { skipped: ['an artifact'] } });
    expect(await work()).toEqual([]);
  });

  it('judges under no tag what lost its tag while the event was on its way', async () => {
    registry.put(AMD, '1', '2026-11-24T09:00:00.000Z');
    registry.put(ARM, '1', PUSHED_AT);

    expect(await takeRegistryEvent(pushed(), dependencies)).toMatchObject({
      outcome: 'pushed',
      details: { tag: null },
    });
  });

  it('does not believe a deletion of what is still there', async () => {
    registry.put(AMD, '1', PUSHED_AT);
    const event = { ...pushed(), kind: 'gone', how: 'deleted' } as RegistryEvent;

    expect(await takeRegistryEvent(event, dependencies)).toMatchObject({
      outcome: 'ignored',
      details: { why: 'the registry holds it still, or again' },
    });
  });

  it('asks for the second opinion when a scan is done', async () => {
    const event: RegistryEvent = { ...(pushed() as Extract<RegistryEvent, { kind: 'pushed' }>), kind: 'scanned' };

    expect(await takeRegistryEvent(event, dependencies)).toMatchObject({
      outcome: 'scanned',
      details: { state: 'complete' },
    });
    expect(asked).toEqual([{ ...REPOSITORY, digest: AMD }]);
  });
});
