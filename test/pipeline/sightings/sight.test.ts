import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import type { Report } from '../../../lib/core/sightings/sighting.ts';
import type { RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';
import type { WorkQueue } from '../../../lib/pipeline/ports/work-queue.ts';
import { listRunning, readSightings } from '../../../lib/pipeline/sightings/read-sightings.ts';
import { imagesUnder, membership, runningOf } from '../../../lib/pipeline/sightings/running.ts';
import { sight } from '../../../lib/pipeline/sightings/sight.ts';
import { takeListing } from '../../../lib/pipeline/sightings/take-listing.ts';
import { PLAN_AGAIN } from '../../../lib/pipeline/work/work-types.ts';
import { aDigest } from '../../support/assessments.ts';
import { aReport } from '../../support/sightings.ts';

const NOON = Date.parse('2026-11-24T12:00:00.000Z');
const DIGEST = aDigest('image');

let register: RegisterStore;
let work: WorkQueue;
let clock: number;

beforeEach(() => {
  ({ register, work } = openLocalStore(':memory:'));
  clock = NOON;
});

function minute(after: number): string {
  return new Date(NOON + after * 60_000).toISOString();
}

/** Each report a second later than the one before. */
function now(): Date {
  clock += 1000;
  return new Date(clock);
}

async function tell(...reports: readonly Partial<Report>[]): Promise<void> {
  for (const report of reports) await sight(aReport(report), { register, now });
}

/** What was left to be planned since the last time. */
async function planned(): Promise<readonly unknown[]> {
  const bodies: unknown[] = [];
  for (let next = await work.claim(now(), [PLAN_AGAIN]); next !== null; next = await work.claim(now(), [PLAN_AGAIN])) {
    bodies.push({ type: next.type, ...next.body });
    await work.done(next);
  }
  return bodies;
}

const A_PLAN = { type: 'plan-again', kind: 'sighted', digest: DIGEST, at: expect.any(String) };

describe('sight', () => {
  it('leaves one round of judging when something begins to run in production, and one when it ends', async () => {
    await tell({}, { at: minute(5) }, {});
    expect(await planned()).toEqual([A_PLAN]);

    await tell({ at: minute(6), ended: true }, { at: minute(6), ended: true }, { at: minute(2) });
    expect(await planned()).toEqual([A_PLAN]);

    await tell({ at: minute(7) });
    expect(await planned()).toEqual([A_PLAN]);
  });

  it('leaves none for what runs elsewhere, until it is called production', async () => {
    await tell({ environment: 'testing' });
    expect(await planned()).toEqual([]);

    await tell({ at: minute(1) });
    expect(await planned()).toEqual([A_PLAN]);
  });

  it('ends no place in which another task runs', async () => {
    await tell({ unit: 'a' }, { unit: 'b', at: minute(1) }, { unit: 'a', at: minute(2), ended: true });
    expect(await runningOf(DIGEST, register)).toMatchObject([{ where: 'shop/production', lastSeen: minute(1) }]);

    await tell({ unit: 'b', at: minute(3), ended: true });
    expect(await runningOf(DIGEST, register)).toEqual([]);
    expect(await readSightings(DIGEST, register)).toMatchObject([{ firstSeen: minute(0), endedAt: minute(3) }]);
  });

  it('ends every task of a place that ends as a whole', async () => {
    await tell({ unit: 'a' }, { unit: 'b' }, { unit: '', at: minute(1), ended: true });
    expect(await listRunning(register)).toEqual([]);
  });

  it('loses none of the tasks that begin at the same moment', async () => {
    const units = Array.from({ length: 60 }, (_, at) => `task-${at}`);
    await Promise.all(units.map((unit) => sight(aReport({ unit }), { register, now })));
    await Promise.all(
      units.slice(1).map((unit) => sight(aReport({ unit, at: minute(1), ended: true }), { register, now })),
    );
    expect(await listRunning(register)).toHaveLength(1);
  });

  it('lists exactly what runs, whatever was told in whatever order', async () => {
    const told = fc.record({
      digest: fc.constantFrom(DIGEST, aDigest('other')),
      where: fc.constantFrom('a', 'a#b', 'b'),
      unit: fc.constantFrom('', 'x', 'y'),
      at: fc.integer({ min: 0, max: 9 }).map(minute),
      ended: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(told, { maxLength: 12 }), async (reports) => {
        ({ register, work } = openLocalStore(':memory:'));
        await tell(...reports);
        const open = [...(await runningOf(DIGEST, register)), ...(await runningOf(aDigest('other'), register))];
        expect(new Set(await listRunning(register))).toEqual(new Set(open));
      }),
      { numRuns: 30 },
    );
  });
});

describe('an image of an index', () => {
  it('runs where its index does', async () => {
    const index = aDigest('index');
    await register.commit({ puts: [], history: membership(index, DIGEST) });
    await tell({ digest: index });

    expect(await runningOf(DIGEST, register)).toMatchObject([{ digest: index, where: 'shop/production' }]);
    expect(await runningOf(aDigest('another'), register)).toEqual([]);
    expect(await imagesUnder(index, register)).toEqual([index, DIGEST]);
  });
});

describe('a listing', () => {
  const covers = ({ where }: { readonly where: string }): boolean => where === 'shop/production';

  function running(...units: readonly string[]) {
    return units.map((unit) => ({ ...aReport({ unit }) }));
  }

  it('ends what is not in it, and nothing that began since, nor what stands elsewhere', async () => {
    await tell({ unit: 'a' }, { unit: 'b' }, { unit: 'c', at: minute(10) }, { unit: 'd', where: 'elsewhere' });

    const taken = await takeListing({ at: minute(5), runs: running('b'), covers }, { register, now });

    expect(taken).toEqual({ running: 1, ended: 1 });
    expect(await listRunning(register)).toMatchObject([{ where: 'elsewhere' }, { where: 'shop/production' }]);
    await takeListing({ at: minute(15), runs: [], covers }, { register, now });
    expect(await listRunning(register)).toMatchObject([{ where: 'elsewhere' }]);
  });

  it('ends nothing where it breaks off', async () => {
    await tell({ unit: 'a' });
    async function* broken() {
      yield* running('b');
      await Promise.reject(new Error('ECS went away'));
    }
    await expect(takeListing({ at: minute(5), runs: broken(), covers }, { register, now })).rejects.toThrow(
      'went away',
    );
    expect(await runningOf(DIGEST, register)).toMatchObject([{ endedAt: null }]);
  });

  it('writes what runs on once an hour', async () => {
    for (let at = 0; at <= 120; at += 15) {
      await takeListing({ at: minute(at), runs: running('a'), covers }, { register, now });
    }
    expect(await readSightings(DIGEST, register)).toMatchObject([{ firstSeen: minute(0), lastSeen: minute(120) }]);
    const [item] = (await register.query({ pk: `SIGHTED#${DIGEST}` })).items;
    expect(item?.version).toBe(3);
  });
});
