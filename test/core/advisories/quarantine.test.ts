import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Feed } from '../../../lib/core/advisories/feed.ts';
import { PUBLISHED_ADDRESSES } from '../../../lib/core/advisories/feed-addresses.ts';
import { believedChange, reasonsAgainst } from '../../../lib/core/advisories/quarantine.ts';

const bounds = PUBLISHED_ADDRESSES.quarantine;
const DAY = 86_400_000;
const START = Date.parse('2026-08-07T00:00:00.000Z');

function aFeed(count: number, day: number, given: Partial<Feed> = {}): Feed {
  const date = new Date(START + day * DAY).toISOString();
  return {
    ...{ schemaVersion: 1, id: 'kev', kind: 'kev', completeFor: [], source: 'a test', modelVersion: null, shards: {} },
    ...{ count, date },
    ...given,
  };
}

function kindsOf(before: Feed | null, after: Feed, at = after.date): readonly string[] {
  return reasonsAgainst({ before, after, at }, bounds).map(({ kind }) => kind);
}

const counts = fc.integer({ min: 1, max: 400_000 });
const days = fc.integer({ min: 0, max: 400 });

describe('what speaks against an arrival', () => {
  it('is nothing where it is what it was, or the first', () => {
    fc.assert(
      fc.property(counts, days, (count, later) => {
        expect(kindsOf(aFeed(count, 0), aFeed(count, later))).toEqual([]);
        expect(kindsOf(null, aFeed(count, later))).toEqual([]);
      }),
    );
  });

  it('is a change of more than is believed, and of no less', () => {
    fc.assert(
      fc.property(counts, counts, days, (held, arrives, later) => {
        const grows = arrives > held;
        const most = believedChange(grows ? bounds.grow : bounds.shrink, held, later);
        const expected = Math.abs(arrives - held) > most ? [grows ? 'grows' : 'shrinks'] : [];
        expect(kindsOf(aFeed(held, 0), aFeed(arrives, later))).toEqual(expected);
      }),
    );
  });

  it('grows with no day that passes: what is believed today is believed tomorrow', () => {
    fc.assert(
      fc.property(counts, counts, days, (held, arrives, later) => {
        const today = kindsOf(aFeed(held, 0), aFeed(arrives, later));
        const tomorrow = kindsOf(aFeed(held, 0), aFeed(arrives, later + 1));
        expect(today).toEqual(expect.arrayContaining([...tomorrow]));
      }),
    );
  });

  it('is a date before that of what is held, whatever else', () => {
    fc.assert(
      fc.property(counts, counts, fc.integer({ min: 1, max: 50 }), (held, arrives, back) => {
        expect(kindsOf(aFeed(held, 0), aFeed(arrives, -back))).toContain('goes-back');
      }),
    );
  });

  it('is an age beyond that of its kind, and a day that is yet to come', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('advisories', 'cve', 'kev', 'epss'),
        fc.integer({ min: -10, max: 300 }),
        (kind, age) => {
          const after = aFeed(10, 0, { kind });
          const at = new Date(START + age * DAY).toISOString();
          const expected = age > bounds.staleDays[kind] ? ['stale'] : age < -1 ? ['from-the-future'] : [];
          expect(kindsOf(null, after, at)).toEqual(expected);
        },
      ),
    );
  });

  it('is an ecosystem that it no longer answers for', () => {
    const answers = (...names: readonly string[]): Partial<Feed> => ({
      completeFor: names.map((ecosystem) => ({ ecosystem, packages: 'all' })),
    });
    const before = aFeed(10, 0, answers('Debian:11', 'Debian:12'));

    expect(kindsOf(before, aFeed(10, 0, answers('Debian:12', 'Debian:13')))).toEqual(['narrows']);
    expect(kindsOf(before, aFeed(10, 0, answers('Debian:11', 'Debian:12', 'Debian:13')))).toEqual([]);
  });

  it.each([
    // The real ones: KEV and EPSS of test fixtures, 347 and 63 days apart.
    { held: 1404, arrives: 1662, later: 347, kinds: [] },
    { held: 341_309, arrives: 360_142, later: 63, kinds: [] },
    { held: 1404, arrives: 1662, later: 1, kinds: ['grows'] },
    { held: 1662, arrives: 1404, later: 1, kinds: ['shrinks'] },
    { held: 2, arrives: 20, later: 0, kinds: [] },
  ])('is as it should be for $held → $arrives in $later days', ({ held, arrives, later, kinds }) => {
    expect(kindsOf(aFeed(held, 0), aFeed(arrives, later))).toEqual(kinds);
  });
});
