import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { listQuarantined } from '../../../lib/pipeline/feeds/quarantine-items.ts';
import type { RefreshProgress } from '../../../lib/pipeline/refresh-feeds/refresh-feeds.ts';
import { status } from '../../support/feed-faults.ts';
import {
  aRefreshHome,
  cveFile,
  cveIds,
  epssFile,
  kevFile,
  osvFile,
  putCve,
  putOsv,
  type RefreshHome,
} from '../../support/refresh-home.ts';
import { aZip } from '../../support/zip.ts';

let home: RefreshHome;
beforeEach(async () => {
  home = await aRefreshHome({ settings: { ecosystems: ['Debian'], quarantine: { grow: { share: 1000 } } } });
  home.mirror.put('/kev.json', kevFile('2026-08-07', ...cveIds(3)));
  home.mirror.put('/epss.csv', epssFile('2026-08-07', cveIds(5)));
  putOsv(home.mirror, 'Debian', { 'DSA-1': { modified: '2026-08-07T10:00:00Z' } });
  putCve(home.mirror, '2026-08-07T12', [cveFile('CVE-2026-0001', '2026-08-01T00:00:00Z')], []);
});
afterEach(() => home.close());

const NOON = '2026-08-07T12:30:00Z';
const asked = (): readonly string[] => home.mirror.seen().map(({ path }) => path);

describe('a refresh', () => {
  it('holds what is published, of every kind, and says what it did as it did it', async () => {
    const told: RefreshProgress[] = [];
    const refreshed = await home.refresh(NOON, { onProgress: (progress) => told.push(progress) });

    expect(refreshed.map(({ feed, outcome }) => [feed, outcome])).toEqual(
      ['kev', 'epss', 'osv-debian', 'cve'].map((feed) => [feed, 'held']),
    );
    expect((await home.feeds()).map(({ id, date, count, completeFor }) => [id, date, count, completeFor])).toEqual([
      ['cve', '2026-08-07T12:00:00.000Z', 1, []],
      ['epss', '2026-08-07T00:00:00.000Z', 5, []],
      ['kev', '2026-08-07T00:00:00.000Z', 3, []],
      ['osv-debian', '2026-08-07T10:00:00.000Z', 1, [{ ecosystem: 'Debian:12', packages: 'all' }]],
    ]);
    expect(told.map(({ step }) => step)).toEqual(expect.arrayContaining(['fetch', 'done']));
  });

  it('asks for little and changes nothing where nothing is new', async () => {
    await home.refresh(NOON);
    home.mirror.seen();
    const again = await home.refresh(NOON);

    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(home.mirror.seen()).toMatchObject([
      { path: '/kev.json', status: 304 },
      { path: '/epss.csv', status: 304 },
      { path: '/osv/Debian/modified_id.csv', status: 304 },
    ]);
    expect(await home.history('kev')).toHaveLength(1);
  });

  it('holds each feed by itself: one that fails hides none of the others', async () => {
    home.mirror.fail('/kev.json', status(403));
    home.mirror.remove('/osv/Debian/all.zip');
    const refreshed = await home.refresh(NOON);

    expect(refreshed.map(({ feed, outcome }) => [feed, outcome])).toEqual([
      ['kev', 'failed'],
      ['epss', 'held'],
      ['osv-debian', 'failed'],
      ['cve', 'held'],
    ]);
    expect(refreshed[0]).toMatchObject({
      cause: expect.stringContaining('403'),
      next: expect.stringContaining('stays'),
    });
  });

  it('takes the ecosystems that images have, and those that are held', async () => {
    await home.store.register.commit({ puts: [], history: [{ pk: 'ECOSYSTEMS', sk: 'npm', body: {} }] });
    putOsv(home.mirror, 'npm', { 'GHSA-1': { modified: '2026-08-01T00:00:00Z', ecosystem: 'npm' } });
    await home.refresh(NOON);

    expect((await home.feeds()).map(({ id }) => id)).toContain('osv-npm');
    expect((await home.refresh(NOON, { only: ['osv'] })).map(({ feed }) => feed)).toEqual(['osv-debian', 'osv-npm']);
  });

  it('does not believe what is remembered where something else is held since', async () => {
    await home.refreshOne(NOON, 'kev');
    await home.take([{ kind: 'kev', where: 'by hand', catalogue: { date: '2026-08-08T00:00:00.000Z', records: [] } }]);
    home.mirror.put('/kev.json', kevFile('2026-08-09', ...cveIds(3)), {
      lastModified: 'Sun, 09 Aug 2026 00:00:00 GMT',
    });
    await home.refreshOne('2026-08-09T12:00:00Z', 'kev');

    expect(await home.feed('kev')).toMatchObject({ count: 3, date: '2026-08-09T00:00:00.000Z' });
  });

  it('goes on where it was stopped, and what was held until then stays held', async () => {
    const ending = new AbortController();
    const onProgress = (progress: RefreshProgress): void => {
      if (progress.step === 'done') ending.abort();
    };
    const stopped = await home.refresh(NOON, { signal: ending.signal, onProgress });
    const again = await home.refresh(NOON);

    expect(stopped.map(({ outcome }) => outcome)).toEqual(['held', 'failed', 'failed', 'failed']);
    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'held', 'held', 'held']);
  });
});

describe('a refresh of OSV', () => {
  it('fetches the records that changed alone, and is as new as their list', async () => {
    await home.refreshOne(NOON, 'osv-debian');
    putOsv(home.mirror, 'Debian', {
      'DSA-1': { modified: '2026-08-07T10:00:00Z' },
      'DSA-2': { modified: '2026-08-07T13:00:00Z', packages: ['bash'] },
    });
    home.mirror.seen();

    expect(await home.refreshOne('2026-08-07T14:00:00Z', 'osv-debian')).toMatchObject({ outcome: 'held' });
    // The last that was taken in is asked for too: others may have changed at its instant.
    const [list, ...records] = asked();
    expect(list).toBe('/osv/Debian/modified_id.csv');
    // Some are fetched at a time.
    expect([...records].sort()).toEqual(['/osv/Debian/DSA-1.json', '/osv/Debian/DSA-2.json']);
    expect(await home.feed('osv-debian')).toMatchObject({
      count: 2,
      date: '2026-08-07T13:00:00.000Z',
      completeFor: [{ ecosystem: 'Debian:12' }],
    });
  });

  it.each([
    { why: 'a week has passed', at: '2026-08-14T12:30:00Z', records: 1, gone: false },
    { why: 'many changed', at: NOON, records: 300, gone: false },
    { why: 'one of them is no longer there', at: NOON, records: 1, gone: true },
  ])('fetches the archive where $why', async ({ at, records, gone }) => {
    await home.refreshOne(NOON, 'osv-debian');
    const names = Array.from({ length: records }, (_, index) => `DSA-${index + 2}`);
    const modified = '2026-08-07T11:00:00Z';
    putOsv(home.mirror, 'Debian', Object.fromEntries(names.map((name) => [name, { modified }])));
    if (gone) home.mirror.remove('/osv/Debian/DSA-2.json');
    home.mirror.seen();
    await home.refreshOne(at, 'osv-debian');

    expect(asked()).toContain('/osv/Debian/all.zip');
    expect(await home.feed('osv-debian')).toMatchObject({ count: records });
  });

  it('takes in what an archive did not have yet and its list did', async () => {
    const records = { 'DSA-1': { modified: '2026-08-07T10:00:00Z' }, 'DSA-2': { modified: '2026-08-07T12:00:00Z' } };
    putOsv(home.mirror, 'Debian', records);
    home.mirror.put('/osv/Debian/all.zip', aZip([{ name: '1.json', bytes: osvFile('DSA-1', records['DSA-1']) }]));
    await home.refreshOne(NOON, 'osv-debian');
    putOsv(home.mirror, 'Debian', { ...records, 'DSA-3': { modified: '2026-08-07T13:00:00Z' } });
    await home.refreshOne('2026-08-07T14:00:00Z', 'osv-debian');

    expect(await home.feed('osv-debian')).toMatchObject({ count: 3 });
  });

  it('is nothing new where what changed is about nothing of the ecosystem', async () => {
    const records = { 'DSA-1': { modified: '2026-08-07T10:00:00Z' } };
    await home.refreshOne(NOON, 'osv-debian');
    putOsv(home.mirror, 'Debian', { ...records, A: { modified: '2026-08-07T13:00:00Z', ecosystem: 'Alpine:v3.20' } });
    home.mirror.put('/osv/Debian/DSA-1.json', osvFile('DSA-1', { ...records['DSA-1'], ecosystem: 'Alpine:v3.20' }));

    expect(await home.refreshOne('2026-08-07T14:00:00Z', 'osv-debian')).toMatchObject({ outcome: 'unchanged' });
    expect(await listQuarantined(home.store.register)).toEqual([]);
    home.mirror.seen();
    await home.refreshOne('2026-08-07T15:00:00Z', 'osv-debian');
    expect(home.mirror.seen()).toMatchObject([{ status: 304 }]);
  });

  it('takes the archives alone where a mirror has no more', async () => {
    home.mirror.remove('/osv/Debian/modified_id.csv');
    await home.refreshOne(NOON, 'osv-debian');
    home.mirror.seen();

    expect(await home.refreshOne(NOON, 'osv-debian')).toMatchObject({ outcome: 'unchanged' });
    expect(home.mirror.seen()).toMatchObject([{ status: 404 }, { path: '/osv/Debian/all.zip', status: 304 }]);
  });

  it('leaves what an archive says of other ecosystems to their own', async () => {
    const records = [
      osvFile('A', { modified: '2026-08-07T10:00:00Z' }),
      osvFile('B', { modified: '2026-08-07T10:00:00Z', ecosystem: 'Alpine:v3.20' }),
    ];
    home.mirror.put('/osv/Debian/all.zip', aZip(records.map((bytes, at) => ({ name: `${at}.json`, bytes }))));
    await home.refreshOne(NOON, 'osv-debian');

    expect((await home.feeds()).map(({ id, count }) => [id, count])).toEqual([['osv-debian', 1]]);
  });
});

describe('a refresh of CVE records', () => {
  it('begins with the whole of a midnight and its changes since', async () => {
    const whole = [cveFile('CVE-2026-0001', '2026-08-01T00:00:00Z'), cveFile('CVE-2026-0002', '2026-08-01T00:00:00Z')];
    putCve(home.mirror, '2026-08-07T12', whole, [cveFile('CVE-2026-0002', '2026-08-07T11:00:00Z')]);
    await home.refreshOne(NOON, 'cve');

    expect(await home.feed('cve')).toMatchObject({ count: 2, date: '2026-08-07T12:00:00.000Z' });
    expect(await home.bucket('cve', 'CVE-2026-00xx')).toMatchObject([
      { id: 'CVE-2026-0001' },
      { id: 'CVE-2026-0002', updated: '2026-08-07T11:00:00.000Z' },
    ]);
  });

  it('takes what changed since, of the days between too, and looks for a release that is late', async () => {
    await home.refreshOne(NOON, 'cve');
    putCve(home.mirror, '2026-08-08T00', null, [cveFile('CVE-2026-0002', '2026-08-07T20:00:00Z')]);
    putCve(home.mirror, '2026-08-09T00', null, [cveFile('CVE-2026-0003', '2026-08-08T20:00:00Z')]);
    putCve(home.mirror, '2026-08-09T05', null, [cveFile('CVE-2026-0004', '2026-08-09T04:00:00Z')]);
    home.mirror.seen();
    await home.refreshOne('2026-08-09T06:30:00Z', 'cve');

    expect(asked()).toEqual([
      '/cve/cve_2026-08-09_0600Z/2026-08-09_delta_CVEs_at_0600Z.zip',
      '/cve/cve_2026-08-09_0500Z/2026-08-09_delta_CVEs_at_0500Z.zip',
      '/cve/cve_2026-08-07_at_end_of_day/2026-08-07_delta_CVEs_at_end_of_day.zip',
      '/cve/cve_2026-08-08_at_end_of_day/2026-08-08_delta_CVEs_at_end_of_day.zip',
    ]);
    expect(await home.feed('cve')).toMatchObject({ count: 4, date: '2026-08-09T05:00:00.000Z' });
  });

  it('begins anew after a week', async () => {
    await home.refreshOne(NOON, 'cve');
    for (let day = 8; day <= 14; day += 1) putCve(home.mirror, `2026-08-${String(day).padStart(2, '0')}T00`, null, []);
    putCve(home.mirror, '2026-08-14T12', [cveFile('CVE-2026-0009', '2026-08-09T04:00:00Z')], []);
    home.mirror.seen();
    await home.refreshOne('2026-08-14T12:30:00Z', 'cve');

    expect(asked()).toContain('/cve/cve_2026-08-14_1200Z/2026-08-14_all_CVEs_at_midnight.zip.zip');
  });

  it('begins anew where the changes of a day are missing', async () => {
    await home.refreshOne(NOON, 'cve');
    putCve(home.mirror, '2026-08-09T05', [cveFile('CVE-2026-0009', '2026-08-09T04:00:00Z')], []);
    home.mirror.seen();
    await home.refreshOne('2026-08-09T05:30:00Z', 'cve');

    expect(asked()).toContain('/cve/cve_2026-08-09_0500Z/2026-08-09_all_CVEs_at_midnight.zip.zip');
  });
});
