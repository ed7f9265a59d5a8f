import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { type DownloadOptions, openDownloads } from '../../../../lib/adapters/feeds/download/feed-downloads.ts';
import type { Fetched, FetchProgress, Wanted } from '../../../../lib/pipeline/ports/feed-downloads.ts';
import {
  cut,
  hangUp,
  instead,
  notModified,
  otherRange,
  redirect,
  says,
  silence,
  stall,
  status,
} from '../../../support/feed-faults.ts';
import { type FeedMirror, startFeedMirror } from '../../../support/feed-mirror.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

const BYTES = Buffer.from(Array.from({ length: 40_000 }, (_, at) => at % 251));
const PATH = '/feeds/kev.json';

let mirror: FeedMirror;
let folder: TemporaryFolder;

beforeAll(async () => {
  mirror = await startFeedMirror();
});
afterAll(() => mirror.close());
beforeEach(async () => {
  folder = await temporaryFolder();
  mirror.put(PATH, BYTES);
  mirror.seen();
});
afterEach(() => folder.remove());

/** Opens, fetches and closes, as a process that ends in between does. */
async function fetch(
  wanted: Partial<Wanted> = {},
  given: Partial<DownloadOptions> & { signal?: AbortSignal; onProgress?: (progress: FetchProgress) => void } = {},
): Promise<Fetched | null> {
  const downloads = await openDownloads({
    ...{ folder: folder.path, hosts: new Set([mirror.host]), env: {} },
    ...{ answerMs: 300, paceMs: 300, leastBytes: 1, pauseMs: 1 },
    ...given,
  });
  try {
    return await downloads.fetch({ url: `${mirror.address}${PATH}`, held: null, maxBytes: 1e6, ...wanted }, given);
  } finally {
    await downloads.close();
  }
}

async function bytesOf(fetched: Fetched | null): Promise<Buffer> {
  if (fetched === null) throw new Error('nothing was fetched');
  return await readFile(fetched.file);
}

const ranges = (): readonly (string | undefined)[] => mirror.seen().map(({ range }) => range);

describe('a fetch', () => {
  it('gives the file, and what is said of it', async () => {
    const told: FetchProgress[] = [];
    const fetched = await fetch({}, { onProgress: (progress) => told.push(progress) });

    expect(await bytesOf(fetched)).toEqual(BYTES);
    expect(fetched).toMatchObject({
      bytes: BYTES.length,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/u),
      etag: expect.stringMatching(/^"/u),
      lastModified: 'Fri, 07 Aug 2026 12:00:00 GMT',
    });
    expect(told.at(-1)).toMatchObject({ bytes: BYTES.length, of: BYTES.length });
  });

  it.each(['etag', 'lastModified'] as const)(
    'brings nothing where what is held is what is there, by its %s',
    async (by) => {
      const first = await fetch();
      const held = { etag: null, lastModified: null, [by]: first?.[by] ?? null };
      await folder.remove();

      expect(await fetch({ held })).toBeNull();
      mirror.put(PATH, 'other', { lastModified: 'Sat, 08 Aug 2026 12:00:00 GMT' });
      expect(await bytesOf(await fetch({ held }))).toEqual(Buffer.from('other'));
    },
  );

  it('does not bring again what was fetched whole and not taken in', async () => {
    await fetch();
    mirror.seen();

    expect(await bytesOf(await fetch())).toEqual(BYTES);
    expect(mirror.seen()).toMatchObject([{ status: 304 }]);
  });

  it('goes on where another process ended, by its strong ETag or its date', async () => {
    for (const etag of ['"strong"', 'W/"weak"', null]) {
      mirror.put(PATH, BYTES, { etag });
      const ending = new AbortController();
      mirror.fail(PATH, stall(20_000));
      const stopped = fetch({}, { signal: ending.signal, onProgress: () => undefined, paceMs: 60_000 });
      await untilWritten(20_000);
      ending.abort();
      await expect(stopped).rejects.toMatchObject({ code: 'unavailable', next: expect.stringContaining('goes on') });
      mirror.seen();

      expect(await bytesOf(await fetch())).toEqual(BYTES);
      expect(ranges()).toEqual(['bytes=20000-']);
      await folder.remove();
    }
  });

  it('begins anew where what it began is another version now', async () => {
    mirror.fail(PATH, cut(20_000), hangUp, hangUp, hangUp, hangUp);
    await expect(fetch()).rejects.toMatchObject({ code: 'unavailable' });
    mirror.put(PATH, 'another version');

    expect(await bytesOf(await fetch())).toEqual(Buffer.from('another version'));
  });

  it('takes up from a note that was cut off with its process', async () => {
    mirror.fail(PATH, cut(20_000), hangUp, hangUp, hangUp, hangUp);
    await expect(fetch()).rejects.toMatchObject({ code: 'unavailable' });
    const note = (await readdir(folder.path)).find((name) => name.endsWith('.json')) ?? '';
    await writeFile(join(folder.path, note), '{"url":');

    expect(await bytesOf(await fetch())).toEqual(BYTES);
  });

  async function untilWritten(bytes: number): Promise<void> {
    for (;;) {
      // The folder is made by whoever fetches into it first.
      const names = await readdir(folder.path).catch(() => []);
      const part = names.find((name) => name.endsWith('.part'));
      if (part !== undefined && (await stat(join(folder.path, part))).size >= bytes) return;
      await turn();
    }
  }
});

describe('a fault that passes', () => {
  it.each([
    { what: 'a cut in the middle', faults: [cut(20_000)], asked: [undefined, 'bytes=20000-'] },
    { what: 'two cuts', faults: [cut(10_000), hangUp], asked: [undefined, 'bytes=10000-', 'bytes=10000-'] },
    { what: 'a hang-up before the answer', faults: [hangUp], asked: [undefined, undefined] },
    { what: 'a 500', faults: [status(500)], asked: [undefined, undefined] },
    { what: 'a 429 that says when', faults: [status(429, { 'retry-after': '0.001' })], asked: [undefined, undefined] },
    { what: 'no answer', faults: [silence], asked: [undefined, undefined] },
    { what: 'a body that stands still', faults: [stall(5000)], asked: [undefined, 'bytes=5000-'] },
    {
      what: 'a length that is too great',
      faults: [says((bytes) => bytes + 7)],
      asked: [undefined, 'bytes=40000-', undefined],
    },
    {
      what: 'a range that begins elsewhere',
      faults: [cut(9000), otherRange],
      asked: [undefined, 'bytes=9000-', undefined],
    },
    { what: 'unchanged, though nothing is held', faults: [notModified], asked: [undefined, undefined] },
  ])('$what is tried again, and no byte twice', async ({ faults, asked }) => {
    mirror.fail(PATH, ...faults);

    expect(await bytesOf(await fetch())).toEqual(BYTES);
    expect(ranges()).toEqual(asked);
  });
});

describe('a fault that stays', () => {
  const often = <T>(fault: T): T[] => Array.from({ length: 5 }, () => fault);

  it.each([
    { what: '500', fault: status(500), code: 'unavailable' },
    { what: 'no answer', fault: silence, code: 'unavailable' },
    { what: 'a body that never comes', fault: stall(0), code: 'unavailable' },
    { what: 'unchanged, though nothing is held', fault: notModified, code: 'unavailable' },
    { what: 'cuts', fault: cut(0), code: 'unavailable' },
  ])('ends after five tries: $what', async ({ fault, code }) => {
    mirror.fail(PATH, ...often(fault));

    await expect(fetch({}, { answerMs: 150, paceMs: 150 })).rejects.toMatchObject({ code });
    expect(mirror.seen()).toHaveLength(5);
  });

  it.each([
    { what: 'a page that is not there', fault: status(404), code: 'not-found' },
    { what: 'a proxy that wants a password', fault: status(407), code: 'unavailable' },
    { what: 'a refusal', fault: status(403), code: 'unavailable' },
    { what: 'a redirect elsewhere', fault: redirect('http://elsewhere.example/kev.json'), code: 'bad-input' },
    { what: 'a redirect to what is no address', fault: redirect('http://'), code: 'bad-input' },
    { what: 'a redirect to a file of the machine', fault: redirect('file:///etc/passwd'), code: 'bad-input' },
    { what: 'a length beyond the bound', fault: says(() => 2_000_000), code: 'limit-exceeded' },
    { what: 'a body beyond the bound', fault: instead(Buffer.alloc(1_100_000)), code: 'limit-exceeded' },
    {
      what: 'bytes that do not have their checksum',
      fault: instead(BYTES, { 'x-goog-hash': 'crc32c=AA==,md5=AAAA' }),
      code: 'integrity-failed',
    },
    {
      what: 'bytes that do not have their digest',
      fault: instead(BYTES, { 'repr-digest': 'sha-256=:AAAA:' }),
      code: 'integrity-failed',
    },
  ])('is not tried again: $what', async ({ fault, code }) => {
    mirror.fail(PATH, fault);

    await expect(fetch()).rejects.toMatchObject({ code });
    expect(mirror.seen()).toHaveLength(1);
  });

  it('is told of a redirect that has no end', async () => {
    mirror.fail(PATH, ...Array.from({ length: 6 }, () => redirect(PATH)));

    await expect(fetch()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('without end'),
    });
  });
});

describe('the way to an address', () => {
  it('leads over a redirect to a listed host', async () => {
    mirror.put('/elsewhere', 'moved');
    mirror.fail(PATH, redirect('/elsewhere'));

    expect(await bytesOf(await fetch())).toEqual(Buffer.from('moved'));
  });

  it('leads through the proxy that the environment names, but for what it leaves out', async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('through the proxy');
    });
    const address = await listen(proxy);
    const env = { HTTP_PROXY: address };
    try {
      expect(await bytesOf(await fetch({}, { env }))).toEqual(Buffer.from('through the proxy'));
      expect(asked).toEqual([`${mirror.address}${PATH}`]);
      await folder.remove();
      expect(await bytesOf(await fetch({}, { env: { ...env, NO_PROXY: '127.0.0.1' } }))).toEqual(BYTES);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  it('is one process at a time', async () => {
    const options = { folder: folder.path, hosts: new Set([mirror.host]), env: {} };
    const first = await openDownloads(options);

    await expect(openDownloads(options)).rejects.toMatchObject({ code: 'already-running' });
    await first.close();
    await (await openDownloads(options)).close();
  });
});

describe('what was fetched', () => {
  it('is read line by line, and gone when it is given back', async () => {
    mirror.put(PATH, 'a\nb\n');
    const downloads = await openDownloads({ folder: folder.path, hosts: new Set([mirror.host]), env: {} });
    const fetched = await downloads.fetch({ url: `${mirror.address}${PATH}`, held: null, maxBytes: 100 });
    if (fetched === null) throw new Error('nothing was fetched');

    expect(await Array.fromAsync(downloads.lines(fetched))).toEqual(['a', 'b']);
    await downloads.discard([fetched]);
    await expect(readFile(fetched.file)).rejects.toMatchObject({ code: 'ENOENT' });
    await downloads.close();
  });

  it('is named by its address where it can not be read', async () => {
    mirror.put(PATH, '<html>');
    const downloads = await openDownloads({ folder: folder.path, hosts: new Set([mirror.host]), env: {} });
    const fetched = await downloads.fetch({ url: `${mirror.address}${PATH}`, held: null, maxBytes: 100 });
    if (fetched === null) throw new Error('nothing was fetched');

    await expect(Array.fromAsync(downloads.source([fetched], 'KEV').parts())).rejects.toMatchObject({
      message: expect.stringContaining(`${mirror.address}${PATH}: it is a web page`),
    });
    await downloads.close();
  });
});

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.on('connect', (_, socket) => void text(socket));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
