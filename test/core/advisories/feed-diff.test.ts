import { describe, expect, it } from '@jest/globals';

import type { Feed } from '../../../lib/core/advisories/feed.ts';
import { type ChangeGroup, startDiff } from '../../../lib/core/advisories/feed-diff.ts';

type Bucket = readonly [before: readonly unknown[], after: readonly unknown[]];
type Models = readonly [string | null, string | null];

function groups(kind: Feed['kind'], buckets: readonly Bucket[], models: Models = ['v5', 'v5'], most = 100) {
  const fold = startDiff(kind, models);
  for (const [before, after] of buckets) fold.add(before, after);
  return fold.groups(most);
}

/** `risen 2: CVE-1 CVE-2` */
function lines(found: readonly ChangeGroup[]): readonly string[] {
  return found.map(({ kind, count, changes }) => `${kind} ${String(count)}: ${changes.map(({ id }) => id).join(' ')}`);
}

const kev = (id: string, dateAdded: string, given = {}) => ({
  id,
  dateAdded,
  dueDate: null,
  ransomware: false,
  ...given,
});
const epss = (id: string, score: number) => ({ id, score, percentile: 0.5 });
const osv = (id: string, modified: string, withdrawn: string | null = null) => ({
  id,
  modified,
  withdrawn,
  affected: [],
});
const cve = (id: string, state: string, title: string | null = null) => ({ id, state, updated: '2026-11-01', title });

describe('what changed in KEV', () => {
  it('is what came, the last added first, what went, and what says something else', () => {
    const before = [kev('CVE-1', '2026-01-01'), kev('CVE-2', '2026-01-02'), kev('CVE-3', '2026-01-03')];
    const after = [
      ...[kev('CVE-2', '2026-01-02'), kev('CVE-3', '2026-01-03', { ransomware: true })],
      ...[kev('CVE-5', '2026-02-01'), kev('CVE-6', '2026-02-02'), kev('CVE-4', '2026-02-01')],
    ];
    const found = groups('kev', [[before, after]]);
    expect(lines(found)).toEqual(['added 3: CVE-6 CVE-4 CVE-5', 'removed 1: CVE-1', 'changed 1: CVE-3']);
    expect(found[2]?.changes).toEqual([
      {
        id: 'CVE-3',
        before: { dateAdded: '2026-01-03', dueDate: null, ransomware: false },
        after: { dateAdded: '2026-01-03', dueDate: null, ransomware: true },
      },
    ]);
    expect(found[1]?.changes[0]).toMatchObject({ before: { dateAdded: '2026-01-01' }, after: null });
    expect(found[0]?.changes[0]).toMatchObject({ before: null, after: { dateAdded: '2026-02-02' } });
  });

  it('is nothing where it says the same', () => {
    expect(groups('kev', [[[kev('CVE-1', '2026-01-01')], [kev('CVE-1', '2026-01-01')]]])).toEqual([]);
  });

  it('is counted whole, though not all of it is shown', () => {
    const after = ['CVE-1', 'CVE-2', 'CVE-3'].map((id) => kev(id, '2026-01-01'));
    expect(lines(groups('kev', [[[], after]], ['v5', 'v5'], 2))).toEqual(['added 3: CVE-1 CVE-2']);
  });
});

describe('what changed in EPSS', () => {
  const before = [epss('CVE-1', 0.1), epss('CVE-2', 0.9), epss('CVE-3', 0.1), epss('CVE-4', 0.1), epss('CVE-5', 0.3)];
  const after = [
    epss('CVE-1', 0.2),
    epss('CVE-2', 0.1),
    epss('CVE-3', 0.9),
    epss('CVE-4', 0.19999),
    epss('CVE-6', 0.5),
  ];

  it('is what rose and fell by a tenth and more, the greatest move first, and what moved less', () => {
    expect(lines(groups('epss', [[before, after]]))).toEqual([
      'added 1: CVE-6',
      'removed 1: CVE-5',
      'changed 1: CVE-4',
      'risen 2: CVE-3 CVE-1',
      'fallen 1: CVE-2',
    ]);
  });

  it('is the model’s doing where the model is another: counted, and none of it shown', () => {
    expect(lines(groups('epss', [[before, after]], ['v4', 'v5']))).toEqual([
      'added 1: CVE-6',
      'removed 1: CVE-5',
      'moved-by-model 4: ',
    ]);
  });
});

describe('what changed in advisories and in CVE records', () => {
  it('is what was taken back, once, beside what says something else', () => {
    const found = groups('advisories', [
      [
        [osv('DSA-1', '1'), osv('DSA-2', '1'), osv('DSA-3', '1', '2026-01-01')],
        [osv('DSA-1', '2', '2026-11-01'), osv('DSA-2', '2'), osv('DSA-3', '2', '2026-01-01')],
      ],
    ]);
    expect(lines(found)).toEqual(['changed 2: DSA-2 DSA-3', 'withdrawn 1: DSA-1']);
    expect(found[1]?.changes[0]).toEqual({
      id: 'DSA-1',
      before: { modified: '1', withdrawn: null },
      after: { modified: '2', withdrawn: '2026-11-01' },
    });
  });

  it('is what was rejected', () => {
    const found = groups('cve', [
      [
        [cve('CVE-1', 'PUBLISHED', 'a'), cve('CVE-2', 'PUBLISHED', 'a')],
        [cve('CVE-1', 'REJECTED', 'a'), cve('CVE-2', 'PUBLISHED', 'b')],
      ],
    ]);
    expect(lines(found)).toEqual(['changed 1: CVE-2', 'withdrawn 1: CVE-1']);
    expect(found[0]?.changes[0]?.after).toEqual({ state: 'PUBLISHED', updated: '2026-11-01', title: 'b' });
  });

  it('is one change of a record that lies in several buckets', () => {
    const [then, now] = [osv('DSA-1', '1'), osv('DSA-1', '2')];
    expect(
      lines(
        groups('advisories', [
          [[then], [now]],
          [[then], [now]],
        ]),
      ),
    ).toEqual(['changed 1: DSA-1']);
    expect(
      lines(
        groups('advisories', [
          [[then], []],
          [[], [now]],
        ]),
      ),
    ).toEqual(['changed 1: DSA-1']);
  });
});
