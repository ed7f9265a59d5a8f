import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { aRegistry, pushBlob, sha256, sha512, type TestRegistry } from './support.ts';

const UPLOADS = '/v2/team/app/blobs/uploads/';
const BYTES = randomBytes(300_000);
const DIGEST = sha256(BYTES);

let registry: TestRegistry;
beforeEach(async () => {
  registry = await aRegistry();
});
afterEach(async () => {
  await registry.close();
  expect(registry.faults).toEqual([]);
});

async function start(): Promise<string> {
  const { status, headers } = await registry.send('POST', UPLOADS);
  expect(status).toBe(202);
  expect(headers.range).toBe('0-0');
  return headers.location ?? '';
}

/** Waits for what happens on another connection. @throws where it does not happen in a second */
async function until(happened: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await happened()) return;
    await sleep(10);
  }
  throw new Error('it did not happen');
}

async function expectHeld(digest: string, bytes: Uint8Array): Promise<void> {
  const { status, body } = await registry.send('GET', `/v2/team/app/blobs/${digest}`);
  expect(status).toBe(200);
  expect(Buffer.compare(body, bytes)).toBe(0);
}

async function expectNothing(digest: string = DIGEST): Promise<void> {
  expect((await registry.send('HEAD', `/v2/team/app/blobs/${digest}`)).status).toBe(404);
  expect((await registry.files()).blobs).toEqual([]);
}

describe('an upload', () => {
  it('takes a blob as docker sends it: POST, a PATCH of unknown length, an empty PUT', async () => {
    const at = await start();
    const patched = await registry.send('PATCH', at, { body: [BYTES.subarray(0, 7), BYTES.subarray(7)] });
    expect(patched).toMatchObject({ status: 202, headers: { location: at, range: `0-${BYTES.length - 1}` } });

    const put = await registry.send('PUT', `${at}?digest=${encodeURIComponent(DIGEST)}`);
    expect(put.status).toBe(201);
    expect(put.headers).toMatchObject({
      location: `/v2/team/app/blobs/${DIGEST}`,
      'docker-content-digest': DIGEST,
    });
    await expectHeld(DIGEST, BYTES);
    expect((await registry.files()).uploads).toEqual([]);
  });

  it('takes a blob in one POST', async () => {
    await pushBlob(registry, 'team/app', BYTES);
    await expectHeld(DIGEST, BYTES);
  });

  it('takes a blob in POST and PUT', async () => {
    expect((await registry.send('PUT', `${await start()}?digest=${DIGEST}`, { body: BYTES })).status).toBe(201);
    await expectHeld(DIGEST, BYTES);
  });

  it('takes a blob in chunks that say where they belong, the last with the PUT', async () => {
    const at = await start();
    const first = { 'content-range': '0-99999', 'content-type': 'application/octet-stream' };
    expect((await registry.send('PATCH', at, { body: BYTES.subarray(0, 100_000), headers: first })).status).toBe(202);
    expect(await registry.send('GET', at)).toMatchObject({ status: 204, headers: { range: '0-99999' } });

    const last = { 'content-range': '100000-299999' };
    const put = await registry.send('PUT', `${at}?digest=${DIGEST}`, { body: BYTES.subarray(100_000), headers: last });
    expect(put.status).toBe(201);
    await expectHeld(DIGEST, BYTES);
  });

  it('takes a blob in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 8 }), async (pieces) => {
        const whole = Buffer.concat(pieces);
        const at = await start();
        for (const piece of pieces) expect((await registry.send('PATCH', at, { body: [piece] })).status).toBe(202);
        expect((await registry.send('PUT', `${at}?digest=${sha256(whole)}`)).status).toBe(201);
        await expectHeld(sha256(whole), whole);
      }),
      { numRuns: 15 },
    );
  });

  it('takes sha512', async () => {
    const digest = sha512(BYTES);
    expect((await registry.send('PUT', `${await start()}?digest=${digest}`, { body: BYTES })).status).toBe(201);
    await expectHeld(digest, BYTES);
  });

  it('takes the empty blob', async () => {
    const digest = await pushBlob(registry, 'team/app', Buffer.alloc(0));
    await expectHeld(digest, Buffer.alloc(0));
  });

  it.each([
    ['sha256', sha256('other')],
    ['sha512', sha512('other')],
  ])('refuses bytes that are not what their %s digest says, and keeps nothing of them', async (_, digest) => {
    const put = await registry.send('PUT', `${await start()}?digest=${digest}`, { body: BYTES });
    expect(put).toMatchObject({ status: 400, code: 'DIGEST_INVALID' });
    await expectNothing(digest);
    expect((await registry.files()).uploads).toEqual([]);
  });

  it('refuses a POST of bytes that are not what their digest says', async () => {
    const post = await registry.send('POST', `${UPLOADS}?digest=${sha256('other')}`, { body: BYTES });
    expect(post).toMatchObject({ status: 400, code: 'DIGEST_INVALID' });
    await expectNothing(sha256('other'));
    expect((await registry.files()).uploads).toEqual([]);
  });

  it.each(['', '?digest=', '?digest=sha256:short', '?digest=md5:d41d8cd98f00b204e9800998ecf8427e'])(
    'refuses to end by "%s", and can still be ended well',
    async (query) => {
      const at = await start();
      const put = await registry.send('PUT', at + query, { body: BYTES });
      expect(put).toMatchObject({ status: 400, code: 'DIGEST_INVALID' });
      await expectNothing();
      expect((await registry.send('PUT', `${at}?digest=${DIGEST}`, { body: BYTES })).status).toBe(201);
    },
  );

  it.each(['100-199', '1-10'])(
    'refuses a chunk that belongs elsewhere (%s), and says what has arrived',
    async (range) => {
      const at = await start();
      const patch = await registry.send('PATCH', at, { body: 'x', headers: { 'content-range': range } });
      expect(patch).toMatchObject({
        status: 416,
        code: 'BLOB_UPLOAD_INVALID',
        headers: { range: '0-0', location: at },
      });
    },
  );

  it.each([
    ['abc', 'BLOB_UPLOAD_INVALID'],
    ['0-', 'BLOB_UPLOAD_INVALID'],
    ['0-7', 'SIZE_INVALID'],
  ])('refuses a chunk of one byte whose range is "%s"', async (range, code) => {
    const patch = await registry.send('PATCH', await start(), { body: 'x', headers: { 'content-range': range } });
    expect(patch).toMatchObject({ status: 400, code });
  });

  it('shows nothing of an upload that was cut off, and goes on from where it was', async () => {
    const at = await start();
    const socket = connect(registry.port, '127.0.0.1');
    socket.write(`PATCH ${at} HTTP/1.1\r\nhost: 127.0.0.1:${registry.port}\r\ncontent-length: ${BYTES.length}\r\n\r\n`);
    socket.write(BYTES.subarray(0, 1000));
    await until(async () => (await registry.send('GET', at)).headers.range === '0-999');
    socket.destroy();
    await once(socket, 'close');
    await expectNothing();

    const rest = { body: BYTES.subarray(1000), headers: { 'content-range': `1000-${BYTES.length - 1}` } };
    await until(async () => (await registry.send('PATCH', at, rest)).status === 202);
    expect((await registry.send('PUT', `${at}?digest=${DIGEST}`)).status).toBe(201);
    await expectHeld(DIGEST, BYTES);
  });

  it('in one POST that is cut off leaves nothing', async () => {
    const socket = connect(registry.port, '127.0.0.1');
    const length = `content-length: ${BYTES.length}`;
    socket.write(`POST ${UPLOADS}?digest=${DIGEST} HTTP/1.1\r\nhost: ${registry.address}\r\n${length}\r\n\r\n`);
    socket.write(BYTES.subarray(0, 1000));
    await until(async () => (await registry.files()).uploads.length === 1);
    socket.destroy();
    await until(async () => (await registry.files()).uploads.length === 0);
    await expectNothing();
  });

  it('can be given up', async () => {
    const at = await start();
    await registry.send('PATCH', at, { body: BYTES });
    expect((await registry.files()).uploads).toHaveLength(1);
    expect((await registry.send('DELETE', at)).status).toBe(204);
    expect((await registry.files()).uploads).toEqual([]);
    expect(await registry.send('GET', at)).toMatchObject({ status: 404, code: 'BLOB_UPLOAD_UNKNOWN' });
  });

  it('belongs to one repository', async () => {
    const at = (await start()).replace('team/app', 'team/other');
    expect(await registry.send('PATCH', at, { body: BYTES })).toMatchObject({
      status: 404,
      code: 'BLOB_UPLOAD_UNKNOWN',
    });
  });

  it('lets one request write at a time', async () => {
    const at = await start();
    const socket = connect(registry.port, '127.0.0.1');
    socket.write(`PATCH ${at} HTTP/1.1\r\nhost: 127.0.0.1:${registry.port}\r\ncontent-length: 10\r\n\r\nabc`);
    await until(async () => {
      const { status, code } = await registry.send('PATCH', at, { body: 'x' });
      return status === 409 && code === 'BLOB_UPLOAD_INVALID';
    });
    socket.destroy();
  });

  it('answers at once where a blob to mount is held, and else waits for it', async () => {
    await pushBlob(registry, 'team/app', BYTES);
    const mounted = await registry.send('POST', `/v2/team/other/blobs/uploads/?mount=${DIGEST}&from=team/app`);
    expect(mounted).toMatchObject({ status: 201, headers: { location: `/v2/team/other/blobs/${DIGEST}` } });
    const missing = await registry.send('POST', `/v2/team/other/blobs/uploads/?mount=${sha256('x')}&from=team/app`);
    expect(missing.status).toBe(202);
  });

  it.each(['Team/app', 'team//app', '-team'])('refuses the repository name %s', async (name) => {
    expect(await registry.send('POST', `/v2/${name}/blobs/uploads/`)).toMatchObject({
      status: 400,
      code: 'NAME_INVALID',
    });
  });

  it('of one blob by many at once makes one blob', async () => {
    const replies = await Promise.all(
      Array.from({ length: 12 }, () =>
        registry.send('POST', `${UPLOADS}?digest=${DIGEST}`, { body: [BYTES.subarray(0, 1), BYTES.subarray(1)] }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(12).fill(201));
    expect(await registry.files()).toEqual({ blobs: [DIGEST.slice(7)], uploads: [] });
    await expectHeld(DIGEST, BYTES);
  });
});
