import { describe, expect, it } from '@jest/globals';

import type { Feed, FeedKind, HeldFeed } from '../../../lib/core/advisories/feed.ts';
import { feedGaps } from '../../../lib/core/appetite/feed-gaps.ts';
import { AT } from '../../support/appetites.ts';
import { aDigest } from '../../support/assessments.ts';

function aFeed(kind: FeedKind, date: string, overrides: Partial<Feed> = {}): HeldFeed {
  const feed: Feed = {
    schemaVersion: 1,
    id: kind,
    kind,
    date,
    count: 1,
    completeFor: kind === 'advisories' ? [{ ecosystem: 'Debian:12', packages: 'all' }] : [],
    source: 'a test',
    modelVersion: null,
    shards: {},
    ...overrides,
  };
  return { feed, hash: aDigest(feed.id) };
}

const FRESH = (['advisories', 'cve', 'kev', 'epss'] as const).map((kind) => aFeed(kind, '2026-11-22T00:00:00.000Z'));
const WEEK = { maxAgeDays: { advisories: 7, cve: 7, kev: 7, epss: 7 } };

function having(...feeds: readonly HeldFeed[]): readonly HeldFeed[] {
  const kinds = feeds.map(({ feed }) => feed.kind);
  return [...FRESH.filter(({ feed }) => !kinds.includes(feed.kind)), ...feeds];
}

describe('feedGaps', () => {
  it('finds none where every kind is there and fresh', () => {
    expect(feedGaps(FRESH, WEEK, AT)).toEqual([]);
  });

  it('names each kind that is not held, whatever ages the stage allows', () => {
    expect(feedGaps([], { maxAgeDays: {} }, AT)).toEqual([
      { kind: 'feed-missing', subject: 'advisories', message: 'no advisories are held' },
      { kind: 'feed-missing', subject: 'cve', message: 'no CVE records are held' },
      { kind: 'feed-missing', subject: 'kev', message: 'no known exploited vulnerabilities (KEV) are held' },
      { kind: 'feed-missing', subject: 'epss', message: 'no EPSS scores are held' },
    ]);
  });

  it.each(['advisories', 'cve', 'kev', 'epss'] as const)(
    'holds the age of %s to the day and the millisecond',
    (kind) => {
      const justRight = having(aFeed(kind, '2026-11-16T00:00:00.000Z'));
      const tooOld = having(aFeed(kind, '2026-11-15T23:59:59.999Z'));

      expect(feedGaps(justRight, WEEK, AT)).toEqual([]);
      expect(feedGaps(tooOld, WEEK, AT)).toMatchObject([{ kind: 'feed-stale', subject: kind }]);
      expect(feedGaps(tooOld, { maxAgeDays: { ...WEEK.maxAgeDays, [kind]: 8 } }, AT)).toEqual([]);
    },
  );

  it('gives dates and ages', () => {
    expect(feedGaps(having(aFeed('kev', '2026-08-07T00:00:00.000Z', { id: 'sample-kev' })), WEEK, AT)).toEqual([
      {
        kind: 'feed-stale',
        subject: 'kev',
        message:
          'the known exploited vulnerabilities (KEV) of the feed sample-kev are of 2026-08-07, 108 days old; the stage allows 7 days',
      },
    ]);
  });

  it('allows any age where the stage names none', () => {
    expect(feedGaps(having(aFeed('kev', '1999-01-01T00:00:00.000Z')), { maxAgeDays: {} }, AT)).toEqual([]);
  });

  it('counts the newest of several feeds of one kind', () => {
    const old = aFeed('epss', '2026-01-01T00:00:00.000Z', { id: 'old' });
    const fresh = aFeed('epss', '2026-11-22T00:00:00.000Z', { id: 'fresh' });

    expect(feedGaps(having(old, fresh), WEEK, AT)).toEqual([]);
    expect(feedGaps(having(fresh, old), WEEK, AT)).toEqual([]);
  });

  it('counts each feed of advisories that answers for packages', () => {
    const fresh = aFeed('advisories', '2026-11-22T00:00:00.000Z', { id: 'fresh' });
    const old = aFeed('advisories', '2026-01-01T00:00:00.000Z', { id: 'old' });
    const answersForNone = aFeed('advisories', '2026-01-01T00:00:00.000Z', { id: 'more', completeFor: [] });

    expect(feedGaps(having(fresh, old, answersForNone), WEEK, AT)).toMatchObject([
      { kind: 'feed-stale', subject: 'old' },
    ]);
  });

  it.each(['advisories', 'cve', 'kev', 'epss'] as const)('refuses %s from after the instant of judgement', (kind) => {
    const gaps = feedGaps(having(aFeed(kind, '2026-11-23T00:00:00.001Z')), { maxAgeDays: {} }, AT);

    expect(gaps).toMatchObject([{ kind: 'feed-future', subject: kind }]);
    expect(gaps[0]?.message).toContain(
      'are dated 2026-11-23 00:00 UTC, after the instant of judgement, 2026-11-23 00:00 UTC',
    );
    expect(feedGaps(having(aFeed(kind, AT)), WEEK, AT)).toEqual([]);
  });

  it('refuses advisories from the future, though they answer for nothing', () => {
    const future = aFeed('advisories', '2027-01-01T00:00:00.000Z', { id: 'future', completeFor: [] });

    expect(feedGaps([...FRESH, future], WEEK, AT)).toMatchObject([{ kind: 'feed-future', subject: 'future' }]);
  });
});
