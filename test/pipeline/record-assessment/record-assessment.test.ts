import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { contentId } from '../../../lib/core/canonical/canonical.ts';
import { readChannel, readCurrent } from '../../../lib/core/register/current.ts';
import { channelKey, currentKey } from '../../../lib/core/register/keys.ts';
import { readBoard } from '../../../lib/pipeline/read-board/read-board.ts';
import { recordAssessment } from '../../../lib/pipeline/record-assessment/record-assessment.ts';
import { ANNOUNCE } from '../../../lib/pipeline/work/work-types.ts';
import { aDigest, anAssessment, aPlacement, aReason, type PlacedAssessment } from '../../support/assessments.ts';

let store: LocalStore;

beforeEach(() => {
  store = openLocalStore(':memory:');
});

afterEach(() => {
  store.close();
});

async function record(assessment: PlacedAssessment, tag: string | null = '1.0') {
  return await recordAssessment({ assessment, id: contentId(assessment), tag, basis: 'basis' }, store.register);
}

async function owed(): Promise<number> {
  return (await store.work.due(new Date(), 100)).filter(({ type }) => type === ANNOUNCE).length;
}

const go = { verdict: 'go', blocking: false, reasons: [] } as const;

describe('recordAssessment', () => {
  it('announces a new image, whatever the verdict', async () => {
    expect(await record(anAssessment(go))).toEqual({ moved: true, announced: true });
    expect(await owed()).toBe(1);
  });

  it('does the same thing once when it is run twice', async () => {
    await record(anAssessment());

    expect(await record(anAssessment())).toEqual({ moved: false, announced: false });
    expect(await owed()).toBe(1);
  });

  it('keeps silent about a rebuilt image with the same outcome, and moves the tag to it', async () => {
    await record(anAssessment());
    const rebuilt = anAssessment({
      placement: aPlacement({ digest: aDigest('rebuilt') }),
      at: '2026-11-23T01:00:00.000Z',
    });

    expect(await record(rebuilt)).toEqual({ moved: true, announced: false });
    const board = await readBoard(store.register, { all: true });
    expect(board.map(({ placement, tags, superseded }) => [placement.digest, tags, superseded])).toEqual(
      [
        [aDigest('image'), [], true],
        [aDigest('rebuilt'), ['1.0'], false],
      ].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  });

  it('announces a change of the outcome', async () => {
    await record(anAssessment());
    const worse = anAssessment({
      at: '2026-11-24T00:00:00.000Z',
      reasons: [aReason({ criterion: 'known-exploited' })],
    });

    expect(await record(worse)).toEqual({ moved: true, announced: true });
  });

  it('counts the changes that it tells of, and no others', async () => {
    const revisions: unknown[] = [];
    const key = channelKey(aPlacement(), '1.0', 'linux/amd64', 'production');
    for (const [day, change] of [go, go, {}, go].entries()) {
      await record(anAssessment({ at: `2026-11-2${day}T00:00:00.000Z`, ...change }));
      revisions.push(readChannel(await store.register.get(key))?.revision);
    }
    const told = [];
    for (;;) {
      const work = await store.work.claim(new Date(), [ANNOUNCE]);
      if (work === null) break;
      told.push(work.body['revision']);
    }

    expect({ revisions, told }).toEqual({ revisions: [1, 1, 2, 3], told: [1, 2, 3] });
  });

  it('lets an untagged image speak for its repository', async () => {
    await record(anAssessment(), null);
    const next = anAssessment({ placement: aPlacement({ digest: aDigest('next') }), at: '2026-11-23T01:00:00.000Z' });

    expect(await record(next, null)).toEqual({ moved: true, announced: false });
  });

  it('keeps a late assessment in the history and moves nothing', async () => {
    await record(anAssessment({ at: '2026-11-24T00:00:00.000Z' }));

    expect(await record(anAssessment({ ...go, at: '2026-11-23T00:00:00.000Z' }))).toEqual({
      moved: false,
      announced: false,
    });
    const current = readCurrent(await store.register.get(currentKey(aPlacement(), 'production')));
    expect(current).toMatchObject({ at: '2026-11-24T00:00:00.000Z', verdict: 'no-go' });
    const { items } = await store.register.query({
      pk: `PLACEMENT#laptop/local/embedded/team/app@${aDigest('image')}`,
      beginsWith: 'ASSESSMENT#',
    });
    expect(items).toHaveLength(2);
  });

  it('ends the same in whatever order assessments arrive', async () => {
    const assessments = ['00', '01', '02', '03'].map((hour, index) =>
      anAssessment({ at: `2026-11-23T${hour}:00:00.000Z`, ...(index % 2 === 0 ? go : {}) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(assessments, { minLength: 4 }), async (order) => {
        const fresh = openLocalStore(':memory:');
        try {
          for (const assessment of [...order, ...order]) {
            await recordAssessment({ assessment, id: contentId(assessment), tag: '1.0', basis: 'b' }, fresh.register);
          }
          const channel = readChannel(
            await fresh.register.get(channelKey(aPlacement(), '1.0', 'linux/amd64', 'production')),
          );
          expect(channel?.at).toBe('2026-11-23T03:00:00.000Z');
          const current = readCurrent(await fresh.register.get(currentKey(aPlacement(), 'production')));
          expect(current).toMatchObject({ at: '2026-11-23T03:00:00.000Z', tags: ['1.0'] });
        } finally {
          fresh.close();
        }
      }),
      { numRuns: 20 },
    );
  });

  it('survives writers that come between', async () => {
    const hours = ['00', '01', '02', '03', '04'].map((hour) => anAssessment({ at: `2026-11-23T${hour}:00:00.000Z` }));
    const recorded = await Promise.all(hours.map((assessment) => record(assessment)));

    expect(recorded.filter(({ announced }) => announced)).toHaveLength(1);
  });
});
