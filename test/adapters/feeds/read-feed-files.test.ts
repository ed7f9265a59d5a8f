import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FEED_BOUNDS, type FeedBounds } from '../../../lib/adapters/feeds/bounds.ts';
import { readFeedFiles } from '../../../lib/adapters/feeds/read-feed-files.ts';
import type { FeedPart } from '../../../lib/pipeline/ports/feed-source.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { aZip } from '../../support/zip.ts';

let folder: TemporaryFolder;
let temporary: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  temporary = join(folder.path, 'temporary');
  await mkdir(temporary);
});
afterEach(async () => {
  // Whatever happened, nothing is left lying about.
  expect(await readdir(temporary)).toEqual([]);
  await folder.remove();
});

async function file(name: string, bytes: string | Uint8Array): Promise<string> {
  const path = join(folder.path, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

async function read(paths: readonly string[], bounds: Partial<FeedBounds> = {}): Promise<FeedPart[]> {
  return await Array.fromAsync(readFeedFiles(paths, { bounds: { ...FEED_BOUNDS, ...bounds }, temporary }).parts());
}

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
      return `not ${part.where.slice(folder.path.length + 1)}`;
    case 'left-out':
      return `left out ${part.what}`;
  }
}

async function words(...paths: readonly string[]): Promise<string[]> {
  return (await read(paths)).map(inWords);
}

const osv = (id: string): string => JSON.stringify({ id, modified: '2026-01-01T00:00:00Z', affected: [] });
const CVE = JSON.stringify({
  dataType: 'CVE_RECORD',
  cveMetadata: { cveId: 'CVE-2026-0001', state: 'PUBLISHED' },
  containers: { cna: { metrics: [{ cvssV3_1: { vectorString: 'HIGH' } }] } },
});
const KEV = JSON.stringify({
  catalogVersion: '2026.08.07',
  dateReleased: '2026-08-07T00:00:00Z',
  count: 1,
  vulnerabilities: [{ cveID: 'CVE-2026-0001', dateAdded: '2026-08-07', dueDate: '2026-08-10' }],
});
const EPSS = '#model_version:unknown,score_date:2026-08-16T00:00:00+0000\ncve,epss,percentile\nCVE-2026-0001,0.1,0.2\n';
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
    expect(await words(await file('anything', bytes))).toEqual(expected);
  });

  it('reads what several paths name, in their order', async () => {
    const paths = [await file('kev.json', KEV), await file('a.json', osv('A'))];
    expect(await words(...paths)).toEqual(['kev CVE-2026-0001', 'A']);
    expect(readFeedFiles(paths).name).toBe('kev.json, a.json');
  });

  it('reads folders in the order of names, and says what it passed over', async () => {
    await file('feeds/b.json', osv('B'));
    await file('feeds/a/c.jsonl', osv('C'));
    await file('feeds/LICENSE', 'free');
    await file('feeds/.git/config', 'x');
    await symlink('b.json', join(folder.path, 'feeds/link.json'));
    await symlink('.', join(folder.path, 'feeds/loop'));

    expect(await words(join(folder.path, 'feeds'))).toEqual([
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
    expect(await words(await file('all.zip', bytes))).toEqual([
      'not all.zip: cves/delta.json',
      'not all.zip: cves/deltaLog.json',
      'not all.zip: README.md',
      'A',
    ]);
  });

  it('hands scores on in pieces, all of them', async () => {
    const rows = Array.from({ length: 2500 }, (_, n) => `CVE-2026-${String(n + 10_000)},0.1,0.2\n`);
    const parts = await read([await file('epss.csv', `cve,epss,percentile\n${rows.join('')}`)]);
    expect(parts.map((part) => (part.kind === 'epss' ? part.records.length : part.kind))).toEqual([
      'epss-header',
      1000,
      1000,
      500,
    ]);
  });
});

describe('readFeedFiles refuses', () => {
  const HTML = '<!DOCTYPE html>\n<html><body>Access denied</body></html>';
  const gz = gzipSync(`${osv('A')}\n`.repeat(1000));

  it.each<[string, string, string | Uint8Array, string, string]>([
    ['a page instead of KEV', 'kev.json', HTML, 'bad-input', 'kev.json: it is a web page (HTML), not data'],
    ['a page, gzipped', 'epss.csv.gz', gzipSync(HTML), 'bad-input', 'epss.csv.gz: it is a web page'],
    ['an empty file', 'a.json', '', 'bad-input', 'a.json: it is empty'],
    ['nothing but spaces', 'a.json', ' \n ', 'bad-input', 'a.json: it is empty'],
    ['something else', 'a.txt', 'hello', 'bad-input', 'a.txt: it is neither JSON nor CSV of EPSS, zip nor gzip'],
    [
      'JSON of another kind',
      'a.json',
      '{"name":"x","version":1}',
      'bad-input',
      'a.json: a JSON object that is no OSV record, CVE record or KEV catalogue (its members: name, version)',
    ],
    ['an empty object', 'a.json', '{}', 'bad-input', '(its members: none)'],
    ['a list of other things', 'a.json', '[1,2]', 'bad-input', 'a.json, record 1: not a JSON object'],
    ['text after a record', 'a.json', `${osv('A')}x`, 'bad-input', 'a.json, record 2: not a JSON object'],
    [
      'a comma outside of a list',
      'a.json',
      `${osv('A')},${osv('B')}`,
      'bad-input',
      'a.json, record 2: not a JSON object',
    ],
    ['JSON that is none', 'a.json', `${osv('A')}\n{"id": oops}`, 'bad-input', 'a.json, record 2: not JSON in UTF-8'],
    [
      'text that is no UTF-8',
      'a.json',
      Buffer.from('{"id":"\xff"}', 'latin1'),
      'bad-input',
      'a.json, record 1: not JSON in UTF-8',
    ],
    ['JSON that is cut off', 'a.json', osv('A').slice(0, -1), 'bad-input', 'a.json, record 1: the file is cut off'],
    ['a list that is cut off', 'a.json', `[${osv('A')},`, 'bad-input', 'a.json, record 2: the file is cut off'],
    ['gzip that is cut off', 'a.json.gz', gz.subarray(0, gz.length - 12), 'bad-input', 'a.json.gz: it is cut off'],
    [
      'gzip that is damaged',
      'a.json.gz',
      Buffer.concat([gz.subarray(0, 20), Buffer.from('damage'), gz.subarray(20)]),
      'bad-input',
      'a.json.gz: its compressed bytes are damaged',
    ],
    [
      'a record that is malformed',
      'a.jsonl',
      `${osv('A')}\n{"id":"B","modified":"?"}`,
      'bad-input',
      'a.jsonl: OSV record B: "modified": is not a date and time',
    ],
    [
      'a record in an archive that is malformed',
      'a.zip',
      aZip([{ name: 'B.json', bytes: '{"id":"B","modified":"?"}' }]),
      'bad-input',
      'a.zip: B.json: OSV record B: "modified"',
    ],
    [
      'a catalogue that is not whole',
      'kev.json',
      KEV.replace('"count":1', '"count":2'),
      'bad-input',
      'kev.json: the KEV catalogue says that it has 2 entries, and has 1',
    ],
    [
      'EPSS that is cut off in a line',
      'epss.csv',
      EPSS.slice(0, -1),
      'bad-input',
      'epss.csv: the file is cut off: line 3 does not end',
    ],
    [
      'EPSS that is cut off before its scores',
      'epss.csv',
      EPSS.slice(0, EPSS.indexOf('CVE')),
      'bad-input',
      'epss.csv: EPSS: the file holds no score',
    ],
    [
      'EPSS with other columns',
      'epss.csv',
      EPSS.replace('epss,percentile', 'score'),
      'bad-input',
      'epss.csv: EPSS: line 2 is not the columns',
    ],
    [
      'EPSS with a second first line',
      'epss.csv',
      `#score_date:2026-08-16\n${EPSS}`,
      'bad-input',
      'epss.csv: EPSS: line 2 is not the columns',
    ],
    [
      'a score that is none',
      'epss.csv',
      EPSS.replace('0.1', '1.5'),
      'bad-input',
      'epss.csv: EPSS: CVE-2026-0001: epss "1.5" is not a figure between 0 and 1',
    ],
    [
      'a zip archive that is cut off',
      'a.zip',
      aZip([{ name: 'A.json', bytes: osv('A') }]).subarray(0, 60),
      'bad-input',
      'a.zip: not a whole zip archive',
    ],
    [
      'an archive that leads out of its folder',
      'a.zip',
      aZip([{ name: '../A.json', bytes: osv('A') }]),
      'bad-input',
      'a.zip: not a whole zip archive',
    ],
    [
      'an entry with another checksum',
      'a.zip',
      aZip([{ name: 'A.json', bytes: osv('A'), checksum: 1 }]),
      'integrity-failed',
      'a.zip: A.json: its bytes do not have their checksum',
    ],
    [
      'an entry with another size',
      'a.zip',
      aZip([{ name: 'A.json', bytes: osv('A'), size: 9 }]),
      'bad-input',
      'a.zip: A.json: not a whole zip archive',
    ],
    [
      'an entry that is encrypted',
      'a.zip',
      aZip([{ name: 'A.json', bytes: osv('A'), flags: 1 }]),
      'unsupported',
      'a.zip: A.json: encrypted',
    ],
  ])('%s', async (_what, name, bytes, code, message) => {
    const path = await file(name, bytes);
    await expect(read([path])).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('a path that is not there', async () => {
    await expect(read([join(folder.path, 'none')])).rejects.toMatchObject({ code: 'not-found' });
  });

  it('what is neither file nor folder', async () => {
    await expect(read(['/dev/null'])).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('a file in a folder whose name promises data, and that is none', async () => {
    await file('feeds/kev.json', HTML);
    await expect(read([join(folder.path, 'feeds')])).rejects.toMatchObject({
      message: expect.stringContaining('feeds/kev.json: it is a web page'),
    });
  });

  it('a folder for temporary files that is not there', async () => {
    const path = await file('a.json', osv('A'));
    const source = readFeedFiles([path], { temporary: join(folder.path, 'none') });
    await expect(Array.fromAsync(source.parts())).rejects.toMatchObject({ code: 'not-found' });
    await expect(source.openScratch()).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('readFeedFiles keeps within bounds', () => {
  const deep = `{"id":${'['.repeat(300)}${']'.repeat(300)}}`;

  it.each<[string, string, string | Uint8Array, Partial<FeedBounds>, string]>([
    [
      'a gzip bomb',
      'a.gz',
      gzipSync(`${osv('A')}${' '.repeat(2_000_000)}`),
      { ratioFrom: 1_000_000 },
      'a.gz: unpacks to 200 times its size',
    ],
    [
      'a zip bomb',
      'a.zip',
      aZip([{ name: 'a', bytes: `${osv('A')}${' '.repeat(2_000_000)}` }]),
      { ratioFrom: 1_000_000 },
      'a.zip: a: unpacks to 200 times its size',
    ],
    [
      'a zip archive in itself, again and again',
      'a.zip',
      nested(5),
      { maxNesting: 3 },
      'too many archives in one another',
    ],
    [
      'gzip in gzip',
      'a.gz',
      gzipSync(gzipSync(gzipSync(osv('A')))),
      { maxNesting: 2 },
      'a.gz: too many archives in one another',
    ],
    [
      'more bytes than allowed',
      'a.jsonl',
      `${osv('A')}\n`.repeat(10),
      { maxBytes: 100 },
      'a.jsonl: more than 100 bytes in one import',
    ],
    [
      'more unpacked bytes than allowed',
      'a.gz',
      gzipSync(`${osv('A')}\n`.repeat(1000)),
      { maxBytes: 5000 },
      'more than 5000 bytes in one import',
    ],
    [
      'more bytes in an archive than allowed',
      'a.zip',
      aZip([{ name: 'a', bytes: `${osv('A')}\n`.repeat(1000) }]),
      { maxBytes: 5000 },
      'more than 5000 bytes in one import',
    ],
    [
      'more files in an archive than allowed',
      'a.zip',
      aZip(['a', 'b', 'c'].map((name) => ({ name, bytes: osv('A') }))),
      { maxFiles: 3 },
      'a.zip: c: more than 3 files',
    ],
    [
      'a record that is too large',
      'a.json',
      `{"id":"${'x'.repeat(5000)}`,
      { maxRecordBytes: 1000 },
      'a.json, record 1: more than 1000 bytes',
    ],
    ['a record that is too deep', 'a.json', deep, {}, 'a.json, record 1: too many objects in one another'],
    [
      'a line that never ends',
      'epss.csv',
      `#model_version:${'x'.repeat(5000)}`,
      {},
      'epss.csv: line 1: longer than 1000 bytes',
    ],
    [
      'a line that is too long',
      'epss.csv',
      `${EPSS}${'x'.repeat(1001)}\n`,
      {},
      'epss.csv: line 4: longer than 1000 bytes',
    ],
  ])('%s', async (_what, name, bytes, bounds, message) => {
    const path = await file(name, bytes);
    await expect(read([path], bounds)).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it('folders in one another', async () => {
    await file('a/b/c/d.json', osv('A'));
    await expect(read([join(folder.path, 'a')], { maxNesting: 2 })).rejects.toMatchObject({ code: 'limit-exceeded' });
  });
});

function nested(depth: number): Buffer {
  return depth === 0 ? Buffer.from(osv('A')) : aZip([{ name: 'a.zip', bytes: nested(depth - 1) }]);
}
