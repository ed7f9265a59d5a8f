import { beforeEach, describe, expect, it } from '@jest/globals';

import type { FeedKind, HeldFeed } from '../../../lib/core/advisories/feed.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import { tellStaleFeeds } from '../../../lib/pipeline/sweep/stale-feeds.ts';
import { anAnnouncingHome, OPERATOR_TOPIC } from '../../support/announcing.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { aDigest } from '../../support/assessments.ts';

/** Only production says how old a feed may be: the strictest stage counts. */
const APPETITE = parseAppetite(
  anAppetiteFile({
    production: ['criteria: [{ id: ok, says: ok, image: "false" }]', 'maxAgeDays: { advisories: 3, kev: 7 }'],
  }),
  'a test',
);

let home: ReturnType<typeof anAnnouncingHome>;
let feeds: HeldFeed[];

function aFeed(id: string, kind: FeedKind, date: string): HeldFeed {
  const feed = { schemaVersion: 1, id, kind, date, count: 1, completeFor: [], source: 'a file' } as const;
  return { feed: { ...feed, modelVersion: null, shards: {} }, hash: aDigest(`${id} ${date}`) };
}

beforeEach(() => {
  home = anAnnouncingHome([]);
  feeds = [aFeed('kev', 'kev', '2026-11-01T00:00:00.000Z')];
});

async function sweepOn(at: string): Promise<number> {
  return await tellStaleFeeds({
    ...home.dependencies,
    intelligence: { feeds: async () => feeds, bucket: async () => null },
    appetite: async () => ({ value: APPETITE }),
    now: () => new Date(at),
  });
}

describe('tellStaleFeeds', () => {
  it('says nothing of a feed that is as old as the strictest stage allows', async () => {
    expect(await sweepOn('2026-11-08T00:00:00Z')).toBe(0);
    expect(home.messages).toEqual([]);
  });

  it('tells the operator and programs of one that is older', async () => {
    expect(await sweepOn('2026-11-08T00:15:00Z')).toBe(1);
    expect(home.messages).toEqual([
      expect.objectContaining({
        topicArn: OPERATOR_TOPIC,
        subject: '[Cavendish] 1 feed too old: images that need it are unknown',
        text: expect.stringContaining(
          '* kev (kev) is of 2026-11-01, 7 days old; the strictest stage allows 7\n    days',
        ),
      }),
    ]);
    expect(home.told).toEqual([
      {
        type: 'Feed Stale',
        detail: {
          id: `feed-stale#kev#${aDigest('kev 2026-11-01T00:00:00.000Z')}#0`,
          schemaVersion: 1,
          at: '2026-11-08T00:15:00.000Z',
          feed: 'kev',
          kind: 'kev',
          date: '2026-11-01T00:00:00.000Z',
          ageDays: 7,
          allowedDays: 7,
        },
      },
    ]);
  });

  it('tells again 1, 3, 7 and 15 days later, and not in between', async () => {
    const days: string[] = [];
    for (let hour = 0; hour < 17 * 24; hour += 6) {
      const before = home.messages.length;
      const at = new Date(Date.parse('2026-11-08T00:15:00Z') + hour * 3_600_000).toISOString();
      expect(await sweepOn(at)).toBe(1);
      if (home.messages.length > before) days.push(at.slice(0, 10));
    }

    expect(days).toEqual(['2026-11-08', '2026-11-09', '2026-11-11', '2026-11-15', '2026-11-23']);
    expect(new Set(home.told.map(({ detail }) => detail.id)).size).toBe(5);
  });

  it('begins anew with a newer version', async () => {
    await sweepOn('2026-11-20T00:00:00Z');
    feeds = [aFeed('kev', 'kev', '2026-11-10T00:00:00.000Z')];
    await sweepOn('2026-11-20T00:15:00Z');

    expect(home.messages).toHaveLength(2);
  });

  it('asks of other kinds only the newest, of advisories each feed', async () => {
    feeds = [
      aFeed('old-kev', 'kev', '2026-01-01T00:00:00.000Z'),
      aFeed('kev', 'kev', '2026-11-07T00:00:00.000Z'),
      aFeed('debian', 'advisories', '2026-11-01T00:00:00.000Z'),
      aFeed('ubuntu', 'advisories', '2026-11-07T00:00:00.000Z'),
      aFeed('epss', 'epss', '2020-01-01T00:00:00.000Z'),
    ];
    expect(await sweepOn('2026-11-08T00:00:00Z')).toBe(1);
    expect(home.messages[0]!.text).toContain('debian (advisories)');
    expect(home.told).toHaveLength(1);
  });

  it('tells the next time where the bus or the topic did not take it', async () => {
    home.untaken.add(`feed-stale#kev#${aDigest('kev 2026-11-01T00:00:00.000Z')}#0`);
    await expect(sweepOn('2026-11-08T00:15:00Z')).rejects.toMatchObject({ code: 'unavailable' });
    home.untaken.clear();
    home.refusals.set(OPERATOR_TOPIC, new CavendishError('unavailable', 'throttled'));
    await expect(sweepOn('2026-11-08T00:30:00Z')).rejects.toMatchObject({ code: 'unavailable' });
    home.refusals.clear();
    await sweepOn('2026-11-08T00:45:00Z');

    expect(home.messages).toHaveLength(1);
  });
});
