import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { noteReport, runsNow, sightingOf, type SightingRecord } from '../../../lib/core/sightings/note-report.ts';
import type { Report, Sighting } from '../../../lib/core/sightings/sighting.ts';
import { aReport } from '../../support/sightings.ts';

const START = Date.parse('2026-11-24T12:00:00.000Z');

function minute(after: number): string {
  return new Date(START + after * 60_000).toISOString();
}

function recordOf(reports: readonly Report[]): SightingRecord | null {
  return reports.reduce<SightingRecord | null>(noteReport, null);
}

function seen(...reports: readonly Partial<Report>[]): Sighting {
  const record = recordOf(reports.map(aReport));
  if (record === null) throw new Error('nothing was reported');
  return sightingOf([record]);
}

/** Reports of some tasks within an hour, some of them at the same instant. */
const reports = fc.array(
  fc.record({
    unit: fc.constantFrom('', 'a', 'b'),
    at: fc.integer({ min: 0, max: 59 }).map(minute),
    ended: fc.boolean(),
    environment: fc.constantFrom('production' as const, 'testing' as const),
    image: fc.constantFrom(null, 'team/app:1'),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('a sighting', () => {
  it('is the same in whatever order its reports come, and however often', () => {
    const orders = reports.chain((some) => {
      const all = some.map(aReport);
      const again = fc.subarray(all).map((twice) => [...all, ...twice]);
      return fc.tuple(
        fc.constant(all),
        again.chain((more) => fc.shuffledSubarray(more, { minLength: more.length, maxLength: more.length })),
      );
    });
    fc.assert(
      fc.property(orders, ([inOrder, anyOrder]) => {
        expect(recordOf(anyOrder)).toEqual(recordOf(inOrder));
      }),
    );
  });

  it('runs exactly where the last word on one of its units is that it runs', () => {
    fc.assert(
      fc.property(reports, (some) => {
        const last = new Map<string, (typeof some)[number]>();
        for (const one of some) {
          const before = last.get(one.unit);
          if (before === undefined || one.at > before.at || (one.at === before.at && one.ended))
            last.set(one.unit, one);
        }
        expect(seen(...some).endedAt === null).toBe([...last.values()].some(({ ended }) => !ended));
      }),
    );
  });

  it('is the same for the records of its units together as for one record of all', () => {
    fc.assert(
      fc.property(reports, (some) => {
        const units = Map.groupBy(some.map(aReport), ({ unit }) => unit);
        const [first, ...more] = [...units.values()].flatMap((own) => recordOf(own) ?? []);
        expect(sightingOf([first!, ...more])).toEqual(seen(...some));
      }),
    );
  });

  it.each([
    ['runs from the first report on', [{ at: minute(1) }, { at: minute(5) }], [minute(1), minute(5), null]],
    ['ends', [{ at: minute(1) }, { at: minute(5), ended: true }], [minute(1), minute(1), minute(5)]],
    ['ends where both are told at once', [{ ended: true }, {}], [minute(0), minute(0), minute(0)]],
    ['begins anew', [{ ended: true }, { at: minute(1) }], [minute(0), minute(1), null]],
    ['is told of by its end alone', [{ ended: true }], [minute(0), null, minute(0)]],
    [
      'runs while another unit does',
      [{ unit: 'a' }, { unit: 'b', at: minute(1) }, { unit: 'a', at: minute(2), ended: true }],
      [minute(0), minute(1), null],
    ],
  ])('%s', (_, told, [firstSeen, lastSeen, endedAt]) => {
    expect(seen(...told)).toMatchObject({ firstSeen, lastSeen, endedAt });
  });

  it('is what the last who saw it run says, whoever tells of its end', () => {
    expect(
      seen({ environment: 'testing', image: 'team/app:1' }, { at: minute(3), ended: true, environment: 'production' }),
    ).toMatchObject({ environment: 'testing', image: 'team/app:1' });
  });

  it('forgets units that ended more than an hour ago, and nothing else', () => {
    const told = ['a', 'b', 'c'].flatMap((unit, at) => [
      aReport({ unit, at: minute(at * 61) }),
      aReport({ unit, at: minute(at * 61 + 1), ended: unit !== 'b' }),
    ]);
    const record = recordOf(told);

    expect(Object.keys(record?.units ?? {})).toEqual(['b', 'c']);
    expect(record).toMatchObject({ firstSeen: minute(0), lastEnd: minute(123) });
    expect(runsNow(record!)).toBe(true);
  });
});
