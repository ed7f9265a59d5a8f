import { describe, expect, it } from '@jest/globals';

import type { HeldFeed } from '../../../lib/core/advisories/feed.ts';
import { adoptedSource, readAdoption } from '../../../lib/core/appetite/adoption.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { staleFeeds } from '../../../lib/core/appetite/stale-feeds.ts';
import { aDigest } from '../../support/assessments.ts';
import { aFeed } from '../../support/evidence.ts';

const appetite = parseAppetite(
  `
version: 1
statement: What we accept.
unnamed: { stage: testing, owner: nobody }
stages:
  development: { maxAgeDays: { kev: 30, advisories: 30 }, criteria: [{ id: ok, says: ok, image: "false" }] }
  testing: { maxAgeDays: { kev: 14, advisories: 14 }, criteria: [{ id: ok, says: ok, image: "false" }] }
  production: { maxAgeDays: { kev: 7, advisories: 7 }, criteria: [{ id: ok, says: ok, image: "false" }] }
`,
  'a test',
);

/** A feed of the first of November. */
const of = (kind: 'kev' | 'advisories' | 'epss', id: string = kind, date = '2026-11-01T00:00:00.000Z') =>
  aFeed(kind, { id, date });
const staleAt = (at: string, ...feeds: readonly HeldFeed[]) =>
  staleFeeds(feeds, appetite, new Date(at)).map(({ feed: { id }, ageDays, allowedDays, step }) => [
    id,
    ageDays,
    allowedDays,
    step,
  ]);

describe('feeds that are too old', () => {
  it('are those that the strictest stage no longer allows', () => {
    expect(staleAt('2026-11-08T00:00:00.000Z', of('kev'))).toEqual([]);
    expect(staleAt('2026-11-08T00:00:00.001Z', of('kev'))).toEqual([['kev', 7, 7, 0]]);
    expect(staleFeeds([of('kev')], appetite, new Date('2026-11-09T00:00:00.000Z'))[0]).toMatchObject(of('kev'));
  });

  it.each([
    ['2026-11-08T23:59:59.999Z', 7, 0],
    ['2026-11-09T00:00:00.000Z', 8, 1],
    ['2026-11-11T00:00:00.000Z', 10, 2],
    ['2026-11-14T23:59:59.999Z', 13, 2],
    ['2026-11-15T00:00:00.000Z', 14, 3],
    ['2026-11-23T00:00:00.000Z', 22, 4],
  ])('are told of at each step: at %s', (at, ageDays, step) => {
    expect(staleAt(at, of('kev'))).toEqual([['kev', ageDays, 7, step]]);
  });

  it('are each of advisories, and of the others only the newest', () => {
    const at = '2026-11-20T00:00:00.000Z';
    expect(staleAt(at, of('kev', 'old'), of('kev', 'fresh', '2026-11-19T00:00:00.000Z'))).toEqual([]);
    expect(
      staleAt(
        at,
        of('advisories', 'debian'),
        of('advisories', 'fresh', '2026-11-19T00:00:00.000Z'),
        of('advisories', 'alpine'),
      ),
    ).toEqual([
      ['alpine', 19, 7, 3],
      ['debian', 19, 7, 3],
    ]);
  });
});

describe('the adoption of an appetite', () => {
  const adoption = {
    ...{ hash: aDigest('appetite'), name: 'appetite.yaml', at: '2026-11-25T09:00:00.000Z', why: 'the audit' },
    ...{ by: { principal: 'laptop:ada', person: null }, before: aDigest('before') },
  };

  it('is read as it was kept, and nothing else is', () => {
    expect(readAdoption({ body: adoption })).toEqual(adoption);
    for (const wrong of [{}, { ...adoption, hash: 'x' }, { ...adoption, at: '2026-11-25' }]) {
      expect(() => readAdoption({ body: wrong })).toThrow();
    }
  });

  it('is named by the file and the day', () => {
    expect(adoptedSource(adoption)).toBe('appetite.yaml, adopted 2026-11-25');
  });
});
