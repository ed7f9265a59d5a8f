import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { FeedBounds } from '../../../lib/adapters/feeds/bounds.ts';
import { readFeedFiles } from '../../../lib/adapters/feeds/read-feed-files.ts';
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
    const path = await files.file(name, bytes);
    await expect(files.read([path])).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('a path that is not there', async () => {
    await expect(files.read([join(files.path, 'none')])).rejects.toMatchObject({ code: 'not-found' });
  });

  it('what is neither file nor folder', async () => {
    await expect(files.read(['/dev/null'])).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('a file in a folder whose name promises data, and that is none', async () => {
    await files.file('feeds/kev.json', HTML);
    await expect(files.read([join(files.path, 'feeds')])).rejects.toMatchObject({
      message: expect.stringContaining('feeds/kev.json: it is a web page'),
    });
  });

  it('a folder for temporary files that is not there', async () => {
    const path = await files.file('a.json', osv('A'));
    const source = readFeedFiles([path], { temporary: join(files.path, 'none') });
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
    const path = await files.file(name, bytes);
    await expect(files.read([path], bounds)).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it('folders in one another', async () => {
    await files.file('a/b/c/d.json', osv('A'));
    await expect(files.read([join(files.path, 'a')], { maxNesting: 2 })).rejects.toMatchObject({
      code: 'limit-exceeded',
    });
  });
});

function nested(depth: number): Buffer {
  return depth === 0 ? Buffer.from(osv('A')) : aZip([{ name: 'a.zip', bytes: nested(depth - 1) }]);
}
