import { describe, expect, it } from '@jest/globals';

import type { Feed, FeedKind, HeldFeed } from '../../../lib/core/advisories/feed.ts';
import { feedGaps } from '../../../lib/core/appetite/feed-gaps.ts';
import { aPackage } from '../../support/advisory-builders.ts';
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

function gapsOf(
  feeds: readonly HeldFeed[],
  policy: Parameters<typeof feedGaps>[1],
  at: string,
  packages = [aPackage()],
) {
  return feedGaps(feeds, policy, at, packages);
}

describe('feedGaps', () => {
  it('finds none where every kind is there and fresh', () => {
    expect(gapsOf(FRESH, WEEK, AT)).toEqual([]);
  });

  it('names each kind that is not held, whatever ages the stage allows', () => {
    expect(gapsOf([], { maxAgeDays: {} }, AT)).toEqual([
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

      expect(gapsOf(justRight, WEEK, AT)).toEqual([]);
      expect(gapsOf(tooOld, WEEK, AT)).toMatchObject([{ kind: 'feed-stale', subject: kind }]);
      expect(gapsOf(tooOld, { maxAgeDays: { ...WEEK.maxAgeDays, [kind]: 8 } }, AT)).toEqual([]);
    },
  );

  it('gives dates and ages', () => {
    expect(gapsOf(having(aFeed('kev', '2026-08-07T00:00:00.000Z', { id: 'sample-kev' })), WEEK, AT)).toEqual([
      {
        kind: 'feed-stale',
        subject: 'kev',
        message:
          'the known exploited vulnerabilities (KEV) of the feed sample-kev are of 2026-08-07, 108 days old; the stage allows 7 days',
      },
    ]);
  });

  it('allows any age where the stage names none', () => {
    expect(gapsOf(having(aFeed('kev', '1999-01-01T00:00:00.000Z')), { maxAgeDays: {} }, AT)).toEqual([]);
  });

  it('counts the newest of several feeds of one kind', () => {
    const old = aFeed('epss', '2026-01-01T00:00:00.000Z', { id: 'old' });
    const fresh = aFeed('epss', '2026-11-22T00:00:00.000Z', { id: 'fresh' });

    expect(gapsOf(having(old, fresh), WEEK, AT)).toEqual([]);
    expect(gapsOf(having(fresh, old), WEEK, AT)).toEqual([]);
  });

  it.each([
    ['answers for a package alone', [aPackage()], ['old']],
    ['answers beside a fresh one', [aPackage({ name: 'zlib' })], []],
    ['answers for one of two alone', [aPackage({ name: 'zlib' }), aPackage()], ['old']],
    ['answers for no package of the image', [aPackage({ ecosystem: 'Debian:13' }), aPackage({ ecosystem: null })], []],
    ['is asked nothing', [], []],
  ])('counts the age of advisories that nobody else brings fresh: one that %s', (_, packages, stale) => {
    const completeFor = [{ ecosystem: 'Debian:12', packages: ['zlib'] }];
    const fresh = aFeed('advisories', '2026-11-22T00:00:00.000Z', { id: 'fresh', completeFor });
    const old = aFeed('advisories', '2026-01-01T00:00:00.000Z', { id: 'old' });
    const answersForNone = aFeed('advisories', '2026-01-01T00:00:00.000Z', { id: 'more', completeFor: [] });

    expect(gapsOf(having(fresh, old, answersForNone), WEEK, AT, packages)).toEqual(
      stale.map((subject) => expect.objectContaining({ kind: 'feed-stale', subject })),
    );
  });

  it('counts each of two that are old', () => {
    const old = ['one', 'two'].map((id) => aFeed('advisories', '2026-01-01T00:00:00.000Z', { id }));

    expect(gapsOf(having(...old), WEEK, AT).map(({ subject }) => subject)).toEqual(['one', 'two']);
  });

  it.each(['advisories', 'cve', 'kev', 'epss'] as const)('refuses %s from after the instant of judgement', (kind) => {
    const gaps = gapsOf(having(aFeed(kind, '2026-11-23T00:00:00.001Z')), { maxAgeDays: {} }, AT);

    expect(gaps).toMatchObject([{ kind: 'feed-future', subject: kind }]);
    expect(gaps[0]?.message).toContain(
      'are dated 2026-11-23 00:00 UTC, after the instant of judgement, 2026-11-23 00:00 UTC',
    );
    expect(gapsOf(having(aFeed(kind, AT)), WEEK, AT)).toEqual([]);
  });

  it('refuses advisories from the future, though they answer for nothing', () => {
    const future = aFeed('advisories', '2027-01-01T00:00:00.000Z', { id: 'future', completeFor: [] });

    expect(gapsOf([...FRESH, future], WEEK, AT)).toMatchObject([{ kind: 'feed-future', subject: 'future' }]);
  });
});
