import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { readFeedFiles } from '../../../lib/adapters/feeds/read-feed-files.ts';
import type { FeedPart } from '../../../lib/pipeline/ports/feed-source.ts';
import { EPSS, type FeedFiles, feedFiles, KEV, osv } from '../../support/feed-files.ts';
import { aZip } from '../../support/zip.ts';

let files: FeedFiles;
beforeEach(async () => {
  files = await feedFiles();
});
afterEach(async () => {
  // Whatever happened, nothing is left lying about.
  expect(await files.leftOver()).toEqual([]);
  await files.remove();
});

/** What was read, in few words. */
function inWords(part: FeedPart): string {
  switch (part.kind) {
    case 'advisory':
    case 'cve':
      return part.record.id;
    case 'kev':
      return `kev ${part.catalogue.records.map(({ id }) => id).join()}`;
    case 'epss-header':
      return `epss ${String(part.header.date)}`;
    case 'epss':
      return part.records.map(({ id }) => id).join();
    case 'passed-over':
      return `not ${part.where.slice(files.path.length + 1)}`;
    case 'left-out':
      return `left out ${part.what}`;
  }
}

async function words(...paths: readonly string[]): Promise<string[]> {
  return (await files.read(paths)).map(inWords);
}

const CVE = JSON.stringify({
  dataType: 'CVE_RECORD',
  cveMetadata: { cveId: 'CVE-2026-0001', state: 'PUBLISHED' },
  containers: { cna: { metrics: [{ cvssV3_1: { vectorString: 'HIGH' } }] } },
});
const EPSS_WORDS = ['epss 2026-08-16T00:00:00.000Z', 'CVE-2026-0001'];

describe('readFeedFiles', () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ['one OSV record', osv('A'), ['A']],
    ['a list of OSV records', `[${osv('A')},\n${osv('B')}]`, ['A', 'B']],
    ['an empty list', '[ ]', []],
    ['JSON Lines', `${osv('A')}\n${osv('B')}\n`, ['A', 'B']],
    ['JSON Lines without a last line break', `${osv('A')}\r\n${osv('B')}`, ['A', 'B']],
    ['gzipped JSON Lines', gzipSync(`${osv('A')}\n${osv('B')}\n`), ['A', 'B']],
    ['two gzip members after one another', Buffer.concat([gzipSync(osv('A')), gzipSync(osv('B'))]), ['A', 'B']],
    [
      'a CVE record, and the figure in it that is none',
      CVE,
      ['CVE-2026-0001', 'left out CVE-2026-0001: cna:unknown: cvssV3_1: "HIGH"'],
    ],
    ['KEV', KEV, ['kev CVE-2026-0001']],
    ['EPSS', EPSS, EPSS_WORDS],
    ['EPSS, gzipped', gzipSync(EPSS), EPSS_WORDS],
    ['EPSS with the line breaks of Windows', EPSS.replaceAll('\n', '\r\n'), EPSS_WORDS],
    ['EPSS whose first line a mirror lost', EPSS.slice(EPSS.indexOf('\n') + 1), ['epss null', 'CVE-2026-0001']],
    ['the mark of UTF-8 before it', `\ufeff${osv('A')}`, ['A']],
    ['the mark of UTF-8 before EPSS', `\ufeff${EPSS}`, EPSS_WORDS],
    [
      'a zip archive',
      aZip([
        { name: 'A.json', bytes: osv('A') },
        { name: 'b/B.json', bytes: osv('B'), stored: true },
      ]),
      ['A', 'B'],
    ],
    [
      'a zip archive in a zip archive',
      aZip([{ name: 'cves.zip', bytes: aZip([{ name: 'cves/2026/A.json', bytes: CVE }]) }]),
      ['CVE-2026-0001', 'left out CVE-2026-0001: cna:unknown: cvssV3_1: "HIGH"'],
    ],
    ['a zip archive, gzipped', gzipSync(aZip([{ name: 'A.json', bytes: osv('A') }])), ['A']],
    ['an empty zip archive', aZip([]), []],
  ])('recognises %s by its content, whatever it is called', async (_what, bytes, expected) => {
    expect(await words(await files.file('anything', bytes))).toEqual(expected);
  });

  it('reads what several paths name, in their order', async () => {
    const paths = [await files.file('kev.json', KEV), await files.file('a.json', osv('A'))];
    expect(await words(...paths)).toEqual(['kev CVE-2026-0001', 'A']);
    expect(readFeedFiles(paths).name).toBe('kev.json, a.json');
  });

  it('reads folders in the order of names, and says what it passed over', async () => {
    await files.file('feeds/b.json', osv('B'));
    await files.file('feeds/a/c.jsonl', osv('C'));
    await files.file('feeds/LICENSE', 'free');
    await files.file('feeds/.git/config', 'x');
    await symlink('b.json', join(files.path, 'feeds/link.json'));
    await symlink('.', join(files.path, 'feeds/loop'));

    expect(await words(join(files.path, 'feeds'))).toEqual([
      'not feeds/.git',
      'not feeds/LICENSE',
      'C',
      'B',
      'B',
      'not feeds/loop',
    ]);
  });

  it('passes over the lists of changes that lie in releases of the CVE list', async () => {
    const delta = JSON.stringify({ fetchTime: '2026', numberOfChanges: 1, new: [], updated: [] });
    const bytes = aZip([
      { name: 'cves/', bytes: '', stored: true },
      { name: 'cves/delta.json', bytes: delta },
      { name: 'cves/deltaLog.json', bytes: `[${delta}]` },
      { name: 'README.md', bytes: '# CVE' },
      { name: 'cves/A.json', bytes: osv('A') },
    ]);
    expect(await words(await files.file('all.zip', bytes))).toEqual([
      'not all.zip: cves/delta.json',
      'not all.zip: cves/deltaLog.json',
      'not all.zip: README.md',
      'A',
    ]);
  });

  it('hands scores on in pieces, all of them', async () => {
    const rows = Array.from({ length: 2500 }, (_, n) => `CVE-2026-${String(n + 10_000)},0.1,0.2\n`);
    const parts = await files.read([await files.file('epss.csv', `cve,epss,percentile\n${rows.join('')}`)]);
    expect(parts.map((part) => (part.kind === 'epss' ? part.records.length : part.kind))).toEqual([
      'epss-header',
      1000,
      1000,
      500,
    ]);
  });
});
