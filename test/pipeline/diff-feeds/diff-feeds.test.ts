import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readFeedFiles } from '../../../lib/adapters/feeds/read-feed-files.ts';
import { startDiff } from '../../../lib/core/advisories/feed-diff.ts';
import type { EpssRecord } from '../../../lib/core/advisories/records.ts';
import { diffFeed } from '../../../lib/pipeline/diff-feeds/diff-feeds.ts';
import { importFeeds } from '../../../lib/pipeline/feeds/import-feeds.ts';
import type { EvidenceStore } from '../../../lib/pipeline/ports/evidence-store.ts';
import { about, aFeedHome, type FeedHome } from '../../support/feed-home.ts';
import { advisory, cve } from '../../support/feed-parts.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/feeds');

let home: FeedHome;
beforeEach(() => {
  home = aFeedHome();
});

async function importFixtures(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const sources = readFeedFiles([join(FIXTURES, name)]);
    await importFeeds({ sources, at: new Date(`${/\d{4}-\d\d-\d\d/u.exec(name)?.[0]}T12:00:00Z`) }, stores());
  }
}

const stores = (evidence: EvidenceStore = home.evidence) => ({ register: home.store.register, evidence });
const diff = (feed: string, given: { from?: string; to?: string; most?: number } = {}) =>
  diffFeed({ feed, from: null, to: null, most: 5, ...given }, stores());

const counts = (found: Awaited<ReturnType<typeof diff>>) => found.groups.map(({ kind, count }) => [kind, count]);

describe('what changed in a feed', () => {
  it('is what CISA added, and what it says otherwise, the newest first', async () => {
    await importFixtures('kev-2025-08-25.json', 'kev-2026-08-07.json');
    const found = await diff('kev', { most: 1 });

    expect(counts(found)).toEqual([
      ['added', 40],
      ['changed', 34],
    ]);
    expect(found.groups[0]?.changes).toEqual([
      {
        id: expect.stringMatching(/^CVE-/u),
        before: null,
        after: expect.objectContaining({ dateAdded: '2026-08-07' }),
      },
    ]);
    expect(found).toMatchObject({
      from: { date: '2025-08-25T17:04:19.979Z' },
      to: { date: '2026-08-07T16:45:47.064Z' },
    });
  });

  it('is moved by the model where the models are different, and compared with nothing', async () => {
    await importFixtures('epss-2026-06-14.csv', 'epss-2026-08-16.csv');
    const found = await diff('epss');

    expect(found).toMatchObject({ from: { modelVersion: 'v4' }, to: { modelVersion: 'v5' } });
    expect(counts(found)).toEqual([
      ['added', 8],
      ['removed', 5],
      ['moved-by-model', expect.any(Number)],
    ]);
    expect(found.groups.at(-1)?.changes).toEqual([]);
  });

  it('is new, changed or withdrawn advisories, each once in however many packages', async () => {
    const withdrawn = { ...about('B', '2026-08-03T00:00:00.000Z', 'perl'), withdrawn: '2026-08-03T00:00:00.000Z' };
    await home.take([
      advisory(about('A', '2026-08-01T00:00:00.000Z', 'perl', 'bash')),
      advisory(about('B', '2026-08-01T00:00:00.000Z', 'perl')),
    ]);
    await home.take([
      advisory(about('A', '2026-08-02T00:00:00.000Z', 'perl', 'bash', 'zlib')),
      advisory(withdrawn),
      advisory(about('C', '2026-08-02T00:00:00.000Z', 'perl')),
    ]);

    expect((await diff('osv-debian')).groups.map(({ kind, changes }) => [kind, changes.map(({ id }) => id)])).toEqual([
      ['added', ['C']],
      ['changed', ['A']],
      ['withdrawn', ['B']],
    ]);
  });

  it('is CVE records that are new, changed or rejected', async () => {
    await home.take([
      cve('CVE-2026-0001', '2026-08-01T00:00:00.000Z'),
      cve('CVE-2026-0002', '2026-08-01T00:00:00.000Z'),
    ]);
    await home.take([
      cve('CVE-2026-0001', '2026-08-02T00:00:00.000Z', { state: 'REJECTED' }),
      cve('CVE-2026-0002', '2026-08-02T00:00:00.000Z'),
      cve('CVE-2026-9999', '2026-08-02T00:00:00.000Z'),
    ]);

    expect(counts(await diff('cve'))).toEqual([
      ['added', 1],
      ['changed', 1],
      ['withdrawn', 1],
    ]);
  });

  it('reads nothing of shards that are the same', async () => {
    const many = Array.from({ length: 300 }, (_, at) => cve(`CVE-2026-${1000 + at * 100}`, '2026-08-01T00:00:00.000Z'));
    await home.take(many);
    await home.take([cve('CVE-2026-1000', '2026-08-02T00:00:00.000Z')]);
    let reads = 0;
    const evidence: EvidenceStore = {
      put: home.evidence.put,
      get: (digest) => (reads++, home.evidence.get(digest)),
    };
    const found = await diffFeed({ feed: 'cve', from: null, to: null, most: 5 }, stores(evidence));

    expect(counts(found)).toEqual([['changed', 1]]);
    // Two manifests, two shards, two buckets.
    expect(reads).toBe(6);
  });

  it('is said between any two versions that were held', async () => {
    await importFixtures('kev-2025-08-25.json', 'kev-2026-08-07.json');
    const [first, second] = await home.history('kev');
    const hash = (body?: object) => (body as { hash: string }).hash.slice(7, 20);

    expect(counts(await diff('kev', { from: hash(second), to: hash(first) }))).toEqual([
      ['removed', 40],
      ['changed', 34],
    ]);
    expect((await diff('kev', { to: hash(first) })).from).toBeNull();
  });

  it.each([
    [{ feed: 'kve' }, 'not-found'],
    [{ feed: 'kev', from: 'ffff' }, 'not-found'],
    [{ feed: 'kev', from: '' }, 'bad-input'],
  ])('refuses %j', async ({ feed, from = null }: { feed: string; from?: string | null }, code) => {
    await importFixtures('kev-2025-08-25.json', 'kev-2026-08-07.json');

    await expect(diffFeed({ feed, from, to: null, most: 1 }, stores())).rejects.toMatchObject({ code });
  });
});

describe('EPSS figures', () => {
  const figures = fc.dictionary(fc.constantFrom('CVE-1', 'CVE-2', 'CVE-3', 'CVE-4'), fc.integer({ min: 0, max: 100 }));
  const records = (figure: Readonly<Record<string, number>>): readonly EpssRecord[] =>
    Object.entries(figure).map(([id, score]) => ({ id, score: score / 100, percentile: 0 }));

  it('rise or fall by 0.1 or more within one model, and never between two', () => {
    fc.assert(
      fc.property(figures, figures, fc.boolean(), (before, after, sameModel) => {
        const fold = startDiff('epss', ['v4', sameModel ? 'v4' : 'v5']);
        fold.add(records(before), records(after));
        const kindOf = (id: string): string | null => {
          const [then, now] = [before[id], after[id]];
          if (then === now) return null;
          if (then === undefined) return 'added';
          if (now === undefined) return 'removed';
          if (!sameModel) return 'moved-by-model';
          if (Math.abs(now - then) < 10) return 'changed';
          return now > then ? 'risen' : 'fallen';
        };
        const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
        const expected = Map.groupBy(
          ids.filter((id) => kindOf(id) !== null),
          kindOf,
        );
        expect(new Map(fold.groups(9).map(({ kind, count }) => [kind, count]))).toEqual(
          new Map([...expected].map(([kind, found]) => [kind, found.length])),
        );
      }),
    );
  });
});
