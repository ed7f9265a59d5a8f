import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { listQuarantined } from '../../../lib/pipeline/feeds/quarantine-items.ts';
import { instead, redirect, says, status } from '../../support/feed-faults.ts';
import type { Fault } from '../../support/feed-mirror.ts';
import {
  aRefreshHome,
  cveFile,
  cveIds,
  epssFile,
  kevFile,
  putCve,
  putOsv,
  type RefreshHome,
} from '../../support/refresh-home.ts';
import { aZip } from '../../support/zip.ts';

const DAY_1 = '2026-08-07T12:00:00Z';
const DAY_2 = '2026-08-08T12:00:00Z';

let home: RefreshHome;
beforeEach(async () => {
  home = await aRefreshHome({ settings: { ecosystems: ['Debian'] } });
  publishKev('2026-08-07', 100);
  await home.refreshOne(DAY_1, 'kev');
});
afterEach(() => home.close());

function publishKev(day: string, count: number): void {
  home.mirror.put('/kev.json', kevFile(day, ...cveIds(count)), {
    lastModified: new Date(`${day}T00:00:00Z`).toUTCString(),
  });
}

const aside = async (feed = 'kev') => await listQuarantined(home.store.register, feed);
const kinds = async (feed?: string) => (await aside(feed)).map(({ reasons }) => reasons.map(({ kind }) => kind));

describe('a feed is set aside, and the last good one stays, where it', () => {
  it.each([
    { what: 'shrinks', day: '2026-08-08', count: 90, at: DAY_2, kind: 'shrinks' },
    { what: 'grows', day: '2026-08-08', count: 130, at: DAY_2, kind: 'grows' },
    { what: 'goes back in time', day: '2026-08-06', count: 100, at: DAY_2, kind: 'goes-back' },
    { what: 'is stale', day: '2026-08-08', count: 100, at: '2026-12-01T00:00:00Z', kind: 'stale' },
    { what: 'is of a day to come', day: '2026-08-20', count: 100, at: DAY_2, kind: 'from-the-future' },
  ])('$what', async ({ day, count, at, kind }) => {
    publishKev(day, count);
    const refreshed = await home.refreshOne(at, 'kev');

    expect(refreshed).toMatchObject({ outcome: 'set-aside', news: true, reasons: [{ kind }] });
    expect(await home.feed('kev')).toMatchObject({ date: '2026-08-07T00:00:00.000Z', count: 100 });
    expect(await aside()).toMatchObject([
      { state: 'held', hash: expect.stringMatching(/^sha256:/u), at: new Date(at).toISOString(), toldAt: null },
    ]);
  });

  it('no longer answers for what it did', async () => {
    const modified = '2026-08-07T10:00:00Z';
    const bookworm = { modified };
    putOsv(home.mirror, 'Debian', { A: bookworm, B: { modified, ecosystem: 'Debian:11' } });
    await home.refreshOne(DAY_1, 'osv-debian');
    putOsv(home.mirror, 'Debian', { A: bookworm, B: { modified: '2026-08-20T10:00:00Z' } });

    expect(await home.refreshOne('2026-08-20T12:00:00Z', 'osv-debian')).toMatchObject({
      outcome: 'set-aside',
      reasons: [{ kind: 'narrows', message: 'it no longer answers for Debian:11' }],
    });
    expect(await home.feed('osv-debian')).toMatchObject({ completeFor: [{ ecosystem: 'Debian:11' }, {}] });
  });

  const bomb = `{"vulnerabilities":"${' '.repeat(40 * 1024 ** 2)}`;
  it.each<{ what: string; fault: Fault; kind: string; words: string }>([
    { what: 'is a web page', fault: instead('<!doctype html>'), kind: 'malformed', words: 'web page' },
    { what: 'is empty', fault: instead(''), kind: 'malformed', words: 'empty' },
    {
      what: 'ends early, by the length that its server says',
      fault: says((bytes) => bytes - 9),
      kind: 'malformed',
      words: 'cut off',
    },
    {
      what: 'has other entries than it says',
      fault: instead(kevFile('2026-08-08', ...cveIds(3)).replace('"count":3', '"count":4')),
      kind: 'malformed',
      words: 'says that it has 4',
    },
    {
      what: 'has not the checksum that its server says',
      fault: instead(kevFile('2026-08-08'), { 'x-goog-hash': 'md5=AAAA' }),
      kind: 'malformed',
      words: 'checksum',
    },
    {
      what: 'is another feed',
      fault: instead(epssFile('2026-08-08', cveIds(100))),
      kind: 'malformed',
      words: 'holds epss where kev was to be',
    },
    { what: 'is a bomb of gzip', fault: instead(gzipSync(bomb)), kind: 'malformed', words: '200 times' },
    {
      what: 'is an archive with a damaged entry',
      fault: instead(aZip([{ name: 'kev.json', bytes: kevFile('2026-08-08'), checksum: 1 }])),
      kind: 'malformed',
      words: 'checksum',
    },
    {
      what: 'comes from a redirect to elsewhere',
      fault: redirect('https://elsewhere.example/kev.json'),
      kind: 'elsewhere',
      words: 'elsewhere.example',
    },
  ])('$what', async ({ fault, kind, words }) => {
    publishKev('2026-08-08', 100);
    home.mirror.fail('/kev.json', fault);

    expect(await home.refreshOne(DAY_2, 'kev')).toMatchObject({
      outcome: 'set-aside',
      reasons: [{ kind, message: expect.stringContaining(words) }],
    });
    expect(await home.feed('kev')).toMatchObject({ date: '2026-08-07T00:00:00.000Z', count: 100 });
    expect(await aside()).toMatchObject([{ state: 'held', hash: null }]);
  });
});

describe('what is set aside', () => {
  it('is set aside once, and not fetched again while it is what is published', async () => {
    publishKev('2026-08-08', 50);
    await home.refreshOne(DAY_2, 'kev');
    home.mirror.seen();

    expect(await home.refreshOne(DAY_2, 'kev')).toMatchObject({ outcome: 'set-aside', news: false });
    expect(home.mirror.seen()).toMatchObject([{ status: 304 }]);
    expect(await aside()).toHaveLength(1);
  });

  it('that could not be read is looked at again each time, and set aside once', async () => {
    home.mirror.put('/kev.json', '<html>');
    await home.refreshOne(DAY_2, 'kev');

    expect(await home.refreshOne(DAY_2, 'kev')).toMatchObject({ outcome: 'set-aside', news: false });
    expect(await aside()).toHaveLength(1);
  });

  it('is overtaken by what can be believed', async () => {
    publishKev('2026-08-08', 50);
    await home.refreshOne(DAY_2, 'kev');
    publishKev('2026-08-09', 101);

    expect(await home.refreshOne('2026-08-09T12:00:00Z', 'kev')).toMatchObject({ outcome: 'held' });
    expect(await aside()).toMatchObject([{ state: 'overtaken' }]);
  });

  it('is overtaken by the next that can not', async () => {
    publishKev('2026-08-08', 50);
    await home.refreshOne(DAY_2, 'kev');
    publishKev('2026-08-09', 51);
    await home.refreshOne('2026-08-09T12:00:00Z', 'kev');

    expect((await aside()).map(({ state }) => state).sort()).toEqual(['held', 'overtaken']);
    expect(await kinds()).toEqual([['shrinks'], ['shrinks']]);
  });

  it('is in what comes next too: changes are taken in from where the held version ends', async () => {
    const record = (at: number, modified: string) => [`DSA-${at}`, { modified }] as const;
    const first = [record(0, '2026-08-07T10:00:00Z')];
    const many = Array.from({ length: 30 }, (_, at) => record(at + 1, '2026-08-07T13:00:00Z'));
    const publish = (records: readonly ReturnType<typeof record>[]) =>
      putOsv(home.mirror, 'Debian', Object.fromEntries(records));
    publish(first);
    await home.refreshOne(DAY_1, 'osv-debian');
    publish([...first, ...many]);
    expect(await home.refreshOne('2026-08-07T14:00:00Z', 'osv-debian')).toMatchObject({ outcome: 'set-aside' });
    home.mirror.seen();
    expect(await home.refreshOne('2026-08-07T14:30:00Z', 'osv-debian')).toMatchObject({
      outcome: 'set-aside',
      news: false,
    });
    expect(home.mirror.seen()).toMatchObject([{ status: 304 }]);

    publish([...first, ...many, record(31, '2026-08-07T15:00:00Z')]);
    expect(await home.refreshOne('2026-08-07T16:00:00Z', 'osv-debian')).toMatchObject({ outcome: 'set-aside' });
    expect(await home.feed('osv-debian')).toMatchObject({ count: 1 });
  });

  it('of CVE records is in what comes next too, and fetched once', async () => {
    const ids = cveIds(40).map((id) => cveFile(id, '2026-08-07T12:30:00Z'));
    putCve(home.mirror, '2026-08-07T12', [cveFile('CVE-2026-9999', '2026-08-01T00:00:00Z')], []);
    await home.refreshOne('2026-08-07T12:30:00Z', 'cve');
    putCve(home.mirror, '2026-08-07T13', null, ids);
    expect(await home.refreshOne('2026-08-07T13:30:00Z', 'cve')).toMatchObject({ outcome: 'set-aside' });
    home.mirror.seen();
    expect(await home.refreshOne('2026-08-07T13:40:00Z', 'cve')).toMatchObject({ outcome: 'set-aside', news: false });
    expect(home.mirror.seen()).toEqual([]);

    putCve(home.mirror, '2026-08-08T00', null, ids);
    putCve(home.mirror, '2026-08-08T01', null, [cveFile('CVE-2026-9998', '2026-08-08T00:30:00Z')]);
    expect(await home.refreshOne('2026-08-08T01:30:00Z', 'cve')).toMatchObject({ outcome: 'set-aside' });
    expect(await home.feed('cve')).toMatchObject({ count: 1 });
  });

  it('is nothing where the way alone failed', async () => {
    home.mirror.fail('/kev.json', status(403));

    expect(await home.refreshOne(DAY_2, 'kev')).toMatchObject({ outcome: 'failed' });
    expect(await aside()).toEqual([]);
  });
});
