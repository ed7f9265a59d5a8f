import { beforeEach, describe, expect, it } from '@jest/globals';

import { importFeeds } from '../../../lib/pipeline/feeds/import-feeds.ts';
import { about, aFeedHome, DAY_1, DAY_2, DAY_3, type FeedHome, of } from '../../support/feed-home.ts';
import { advisory, aSource, cve, epss, kev } from '../../support/feed-parts.ts';

let home: FeedHome;
beforeEach(() => {
  home = aFeedHome();
});

describe('importFeeds beside what is held', () => {
  it('merges advisories by id: the newest of each counts, and the others stay', async () => {
    await home.take([
      advisory(about('DSA-1', DAY_1, 'perl')),
      advisory(about('DSA-2', DAY_2, 'perl')),
      advisory(about('DSA-3', DAY_1, 'bash')),
    ]);
    const report = await home.take([
      advisory({ ...about('DSA-1', DAY_2, 'perl'), summary: 'newer' }),
      advisory({ ...about('DSA-2', DAY_1, 'perl'), summary: 'older' }),
      advisory(about('DSA-4', DAY_3, 'perl')),
    ]);

    expect(await home.bucket('osv-debian', 'Debian/perl')).toMatchObject([
      { id: 'DSA-1', summary: 'newer' },
      { id: 'DSA-2', summary: null },
      { id: 'DSA-4' },
    ]);
    expect(await home.bucket('osv-debian', 'Debian/bash')).toMatchObject([{ id: 'DSA-3' }]);
    expect(await home.feed('osv-debian')).toMatchObject({
      count: 4,
      date: DAY_3,
      source: 'given, merged with what was held',
    });
    expect(report.feeds).toMatchObject([{ outcome: 'merged', before: { count: 3, date: DAY_2 } }]);
    expect(report.lines[0]).toBe('osv-debian: 4 records of 2026-08-03, merged (before: 3 records of 2026-08-02)');
  });

  it('takes a record out of the bucket of a package that its newest version no longer names', async () => {
    await home.take([advisory(about('DSA-1', DAY_1, 'perl', 'bash'))]);
    await home.take([advisory(about('DSA-1', DAY_2, 'perl'))]);

    expect(await home.bucket('osv-debian', 'Debian/bash')).toBeNull();
    expect(await home.feed('osv-debian')).toMatchObject({ count: 1 });
  });

  it('does not let an older version of a record into the bucket of another package', async () => {
    await home.take([advisory(about('DSA-1', DAY_2, 'perl'))]);
    await home.take([advisory(about('DSA-1', DAY_1, 'perl', 'bash'))]);

    expect(await home.bucket('osv-debian', 'Debian/bash')).toBeNull();
  });

  it('joins two parts of the same version', async () => {
    await home.take([advisory(of('DSA-1', DAY_1, 'Debian:11'))]);
    await home.take([advisory(of('DSA-1', DAY_1, 'Debian:12'))]);

    expect(await home.bucket('osv-debian', 'Debian/perl')).toMatchObject([
      { affected: [{ ecosystem: 'Debian:11' }, { ecosystem: 'Debian:12' }] },
    ]);
  });

  it('merges CVE records by id; of two of one date the imported one counts', async () => {
    await home.take([
      cve('CVE-2026-0001', DAY_1, { title: 'held' }),
      cve('CVE-2026-0002', DAY_2, { title: 'held' }),
      cve('CVE-2026-0003', null),
    ]);
    await home.take([
      cve('CVE-2026-0001', DAY_1, { title: 'imported' }),
      cve('CVE-2026-0002', DAY_1, { title: 'imported' }),
    ]);

    expect(await home.bucket('cve', 'CVE-2026-00xx')).toMatchObject([
      { id: 'CVE-2026-0001', title: 'imported' },
      { id: 'CVE-2026-0002', title: 'held' },
      { id: 'CVE-2026-0003' },
    ]);
    expect(await home.feed('cve')).toMatchObject({ count: 3, date: DAY_2 });
  });

  it('replaces KEV and EPSS by a newer one, whole', async () => {
    await home.take([kev(DAY_1, 'CVE-2026-0001'), ...epss(DAY_1, 'CVE-2026-0001')]);
    const report = await home.take([kev(DAY_2, 'CVE-2026-0002'), ...epss(DAY_2, 'CVE-2026-0002')]);

    expect(report.feeds.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['epss', 'replaced'],
      ['kev', 'replaced'],
    ]);
    expect(await home.bucket('kev', 'kev')).toMatchObject([{ id: 'CVE-2026-0002' }]);
    expect(await home.bucket('epss', 'CVE-2026-0xxx')).toMatchObject([{ id: 'CVE-2026-0002' }]);
  });

  it('refuses a KEV or EPSS that is older than what is held, and keeps that', async () => {
    await home.take([kev(DAY_2, 'CVE-2026-0001'), ...epss(DAY_2, 'CVE-2026-0001')]);

    for (const parts of [[kev(DAY_1, 'CVE-2026-0002')], epss(DAY_1, 'CVE-2026-0002')]) {
      await expect(home.take(parts)).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining(`is of ${DAY_1}, older than the`),
        next: expect.stringContaining('What is held stays'),
      });
    }
    expect(await home.bucket('kev', 'kev')).toMatchObject([{ id: 'CVE-2026-0001' }]);
    expect(await home.bucket('epss', 'CVE-2026-0xxx')).toMatchObject([{ id: 'CVE-2026-0001' }]);
  });

  it('takes a correction of the same day', async () => {
    await home.take([kev(DAY_1, 'CVE-2026-0001')]);
    await home.take([kev(DAY_1, 'CVE-2026-0001', 'CVE-2026-0002')]);
    expect(await home.feed('kev')).toMatchObject({ count: 2 });
  });

  it('does nothing where the very same is held, from wherever it came', async () => {
    const parts = [
      advisory(about('DSA-1', DAY_1, 'perl')),
      cve('CVE-2026-0001', DAY_1),
      kev(DAY_1),
      ...epss(DAY_1, 'CVE-2026-0001'),
    ];
    await home.take(parts);
    const before = await home.intelligence.feeds();
    const report = await importFeeds(
      { sources: aSource(parts, 'elsewhere'), at: new Date('2026-12-01') },
      { register: home.store.register, evidence: home.evidence },
    );

    expect(report.feeds.map(({ outcome }) => outcome)).toEqual(Array(4).fill('unchanged'));
    expect(report.lines[0]).toBe('cve: unchanged, 1 record of 2026-08-01');
    expect(await home.intelligence.feeds()).toEqual(before);
    expect(await home.history('kev')).toHaveLength(1);
  });

  it('leaves the shards alone that a change does not touch', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `package${String(n)}`);
    await home.take(names.map((name) => advisory(about(`DSA-${name}`, DAY_1, name))));
    const before = await home.feed('osv-debian');
    await home.take([advisory(about('DSA-new', DAY_2, 'package0'))]);
    const after = await home.feed('osv-debian');

    const changed = Object.entries(after?.shards ?? {}).filter(([name, digest]) => before?.shards[name] !== digest);
    expect(changed).toHaveLength(1);
  });
});
