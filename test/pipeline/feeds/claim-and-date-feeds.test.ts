import { beforeEach, describe, expect, it } from '@jest/globals';

import { about, aFeedHome, DAY_1, DAY_2, DAY_3, type FeedHome, of } from '../../support/feed-home.ts';
import { advisory, cve, epss, kev } from '../../support/feed-parts.ts';

let home: FeedHome;
beforeEach(() => {
  home = aFeedHome();
});

describe('importFeeds and what it answers for', () => {
  const both = [advisory(of('DSA-1', DAY_1, 'Debian:12')), advisory(of('DSA-2', DAY_1, 'Debian:11'))];

  it.each([
    [[], []],
    [['Debian:12'], ['Debian:12']],
    [['Debian'], ['Debian:11', 'Debian:12']],
    [
      ['Debian:12', 'Debian:11', 'Debian:12'],
      ['Debian:11', 'Debian:12'],
    ],
  ])('claims to be complete only as it is told: %j', async (complete, expected) => {
    await home.take(both, { complete });
    expect((await home.feed('osv-debian'))?.completeFor).toEqual(
      expected.map((ecosystem) => ({ ecosystem, packages: 'all' })),
    );
  });

  it('says what it answers for, and that it answers for nothing', async () => {
    expect((await home.take(both)).lines[1]).toMatch(/^osv-debian: answers for nothing: /u);
    expect((await home.take(both, { complete: ['Debian'] })).lines[1]).toBe(
      'osv-debian: answers for Debian:11, Debian:12',
    );
  });

  it('claims an ecosystem as a whole where the records name no release', async () => {
    await home.take([advisory(of('GHSA-1', DAY_1, 'npm'))], { complete: ['npm'] });
    expect((await home.feed('osv-npm'))?.completeFor).toEqual([{ ecosystem: 'npm', packages: 'all' }]);
  });

  it.each([
    ['Debian:13', 'Its records are about Debian:11, Debian:12.'],
    ['debian', 'Its records are about Debian:11, Debian:12.'],
    ['npm', 'Its records are about Debian:11, Debian:12.'],
  ])('refuses to be complete for %s, of which it has no record', async (claim, next) => {
    await expect(home.take(both, { complete: [claim] })).rejects.toMatchObject({
      code: 'bad-input',
      message: `no record of this import is about ${claim}: it can't be complete for it`,
      next,
    });
    expect(await home.feeds()).toEqual([]);
  });

  it('refuses a claim without any advisory', async () => {
    await expect(home.take([kev(DAY_1)], { complete: ['Debian'] })).rejects.toMatchObject({
      next: 'Import the advisories of that ecosystem with it.',
    });
  });

  it('replaces what is held by what claims to be complete', async () => {
    await home.take(both, { complete: ['Debian'] });
    const report = await home.take([advisory(of('DSA-3', DAY_2, 'Debian:12'))], { complete: ['Debian:12'] });

    expect(await home.bucket('osv-debian', 'Debian/perl')).toMatchObject([{ id: 'DSA-3' }]);
    expect(report.feeds).toMatchObject([{ outcome: 'replaced', date: DAY_2, count: 1, noLongerFor: ['Debian:11'] }]);
    expect(report.lines).toContain('osv-debian: no longer answers for Debian:11');
  });

  it('goes on answering after a merge, as of the date of that answer', async () => {
    await home.take(both, { complete: ['Debian:12'] });
    await home.take([advisory(of('DSA-3', DAY_3, 'Debian:12'))]);

    expect(await home.feed('osv-debian')).toMatchObject({
      count: 3,
      date: DAY_1,
      completeFor: [{ ecosystem: 'Debian:12', packages: 'all' }],
    });
  });
});

describe('importFeeds and dates', () => {
  it('takes the date that a person gives, for all of it', async () => {
    await home.take([kev(DAY_1), advisory(about('DSA-1', DAY_1, 'perl')), ...epss(null, 'CVE-2026-0001')], {
      date: '2025-04-01T02:00:00+02:00',
    });
    expect((await home.feeds()).map(({ date, modelVersion }) => [date, modelVersion])).toEqual([
      ['2025-04-01T00:00:00.000Z', 'v4'],
      ['2025-04-01T00:00:00.000Z', null],
      ['2025-04-01T00:00:00.000Z', null],
    ]);
  });

  it('refuses a date that is none', async () => {
    await expect(home.take([kev(DAY_1)], { date: 'yesterday' })).rejects.toMatchObject({
      code: 'bad-input',
      message: '"yesterday" is not a date and time',
    });
  });

  it('keeps the model that EPSS declares', async () => {
    await home.take([
      { kind: 'epss-header', where: 'epss.csv', header: { modelVersion: 'v2025.03.14', date: DAY_1 } },
      { kind: 'epss', records: [{ id: 'CVE-2026-0001', score: 0, percentile: 0 }] },
    ]);
    expect(await home.feed('epss')).toMatchObject({ modelVersion: 'v2025.03.14' });
  });

  it('takes the publication for the date where the change is not dated', async () => {
    await home.take([advisory({ ...about('GO-1', '0001-01-01T00:00:00.000Z', 'perl'), published: DAY_2 })]);
    expect(await home.feed('osv-debian')).toMatchObject({ date: DAY_2 });
  });

  it.each([
    ['EPSS', epss(null, 'CVE-2026-0001'), 'epss.csv does not say of which day it is'],
    ['CVE records', [cve('CVE-2026-0001', null)], 'feed cve does not say of which day it is'],
  ])('refuses %s without any date, and says how to give one', async (_what, parts, message) => {
    await expect(home.take(parts)).rejects.toMatchObject({
      code: 'bad-input',
      message,
      next: expect.stringContaining('--date'),
    });
  });
});
