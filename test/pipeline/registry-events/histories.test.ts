/** Random histories of a repository, their events in every order and more than once: the board ends true. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { contentId } from '../../../lib/core/canonical/canonical.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import { placementJob } from '../../../lib/pipeline/judge-placement/placement-job.ts';
import type { RegistryEvent } from '../../../lib/pipeline/ports/registry-event.ts';
import { readBoard } from '../../../lib/pipeline/read-board/read-board.ts';
import { recordAssessment } from '../../../lib/pipeline/record-assessment/record-assessment.ts';
import { followMirror } from '../../../lib/pipeline/registry-events/standing.ts';
import { takeRegistryEvent } from '../../../lib/pipeline/registry-events/take-registry-event.ts';
import { reconcile } from '../../../lib/pipeline/sweep/reconcile.ts';
import { aDigest, anAssessment } from '../../support/assessments.ts';
import { type MemoryStore, memoryStore } from '../../support/memory-store.ts';
import { modelRegistry, REPOSITORY } from './model-registry.ts';

const IMAGES = ['a', 'b', 'c'].map(aDigest);
const START = Date.parse('2026-11-24T00:00:00Z');

const change = fc.record({
  what: fc.constantFrom('push', 'push', 'push', 'delete', 'untag', 'archive', 'restore', 'scan'),
  image: fc.constantFrom(...IMAGES),
  tag: fc.constantFrom('1', '2', null),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const history = fc.record({
  changes: fc.array(change, { minLength: 1, maxLength: 14 }),
  /** In which order events arrive, and which of them arrive again. */
  order: fc.array(fc.nat(), { maxLength: 60 }),
  /** Which never arrive. */
  lost: fc.array(fc.nat({ max: 13 }), { maxLength: 4 }),
});

type Registry = ReturnType<typeof modelRegistry>;

function happen({ what, image, tag }: Change, place: number, registry: Registry): RegistryEvent | null {
  const at = new Date(START + place * 1000).toISOString();
  const event = { id: `e${place}`, at, repository: REPOSITORY, digest: image, tag: null };
  const held = registry.held.get(image);
  if (what === 'push') {
    registry.put(image, tag, at);
    return { ...event, kind: 'pushed', how: 'push', tag, artifactType: null };
  }
  if (held === undefined) return null;
  if (what === 'delete') registry.held.delete(image);
  if (what === 'untag') {
    if (tag === null || !held.tags.delete(tag)) return null;
    return { ...event, kind: 'gone', how: 'deleted', tag };
  }
  if (what === 'archive') held.archived = true;
  if (what === 'restore') {
    if (!held.archived) return null;
    held.archived = false;
    return { ...event, kind: 'pushed', how: 'restore', artifactType: null };
  }
  if (what === 'scan') return { ...event, kind: 'scanned' };
  return { ...event, kind: 'gone', how: what === 'delete' ? 'deleted' : 'archived' };
}

/** Judges what waits, as of a later instant each time, and looks what it would tell people. */
async function judgeAll({ register, work }: MemoryStore, clock: () => Date, told: string[]): Promise<void> {
  for (let one = await work.claim(clock()); one !== null; one = await work.claim(clock())) {
    if (one.type === 'judge-placement') {
      const { placement, tag } = placementJob.parse(one.body);
      const assessment = anAssessment({ placement, at: one.at });
      await recordAssessment({ assessment, id: contentId(assessment), tag, basis: 'basis' }, register);
      await followMirror(placement, register);
    } else told.push(one.id);
    await work.done(one);
  }
}

describe('the events of a registry', () => {
  it('leave the board as the registry is, in whatever order, more than once, or never they arrive', async () => {
    let board = 0;
    await fc.assert(
      fc.asyncProperty(history, async ({ changes, order, lost }) => {
        const registry = modelRegistry();
        const store = memoryStore();
        const told: string[] = [];
        let ticks = 0;
        const clock = (): Date => new Date(START + 3_600_000 + (ticks += 1));
        const dependencies = {
          ...{ register: store.register, images: registry.images, listing: registry.listing },
          ...{ referenceOf: registry.referenceOf, isWatched: () => true, now: clock },
          takeOpinion: () => Promise.resolve({}),
        };
        const take = (event: RegistryEvent) => takeRegistryEvent(event, dependencies);

        const events = changes.flatMap((one, place) => happen(one, place, registry) ?? []);
        const arriving = events.filter((_, place) => !lost.includes(place));
        const arrivals = order.flatMap((pick) => arriving[pick % Math.max(arriving.length, 1)] ?? []);
        for (const event of [...arrivals, ...arriving]) {
          await take(event);
          await judgeAll(store, clock, told);
        }
        const { signal } = new AbortController();
        await reconcile({ ...dependencies, take, signal });
        await judgeAll(store, clock, told);

        const shown = await readBoard(store.register, { all: false });
        const there = [...registry.held].filter(([, { archived }]) => !archived);
        const tagged = there.filter(([, { tags }]) => tags.size > 0);
        const digests = shown.map(({ placement }) => placement.digest);
        expect(digests).toEqual(expect.arrayContaining(tagged.map(([digest]) => digest)));
        expect(there.map(([digest]) => digest)).toEqual(expect.arrayContaining(digests));
        for (const [digest, { tags }] of tagged) {
          const current = shown.find(({ placement }) => placement.digest === digest);
          expect(current?.tags).toEqual([...tags].sort());
        }
        expect(new Set(told).size).toBe(told.length);
        board += shown.length;

        // A second sweep finds nothing left to do.
        const again = await reconcile({ ...dependencies, take, signal });
        expect(again).toMatchObject({ pushesMissed: 0, deletionsMissed: 0, whole: true });
      }),
      { numRuns: 400 },
    );
    expect(board).toBeGreaterThan(100);
  }, 120_000);
});

describe('an image', () => {
  it('that is gone when its verdict comes does not stay on the board', async () => {
    const registry = modelRegistry();
    const store = memoryStore();
    const [image] = IMAGES as [Digest];
    const now = () => new Date(START + 60_000);
    const dependencies = {
      ...{ register: store.register, images: registry.images, listing: registry.listing, now },
      ...{ referenceOf: registry.referenceOf, isWatched: () => true, takeOpinion: () => Promise.resolve({}) },
    };
    const event = { id: 'e', at: now().toISOString(), repository: REPOSITORY, digest: image, tag: '1' };
    registry.put(image, '1', new Date(START).toISOString());
    await takeRegistryEvent({ ...event, kind: 'pushed', how: 'push', artifactType: null }, dependencies);
    registry.held.delete(image);
    await takeRegistryEvent({ ...event, id: 'f', kind: 'gone', how: 'deleted' }, dependencies);
    await judgeAll(store, now, []);

    expect(await readBoard(store.register, { all: false })).toEqual([]);
    const [left] = await readBoard(store.register, { all: true });
    expect(left?.gone).toEqual({ at: now().toISOString(), why: 'deleted' });
  });
});
