import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

import { memoryStore } from '../../../support/memory-store.ts';
import { anImage, aRegistry, pushBlob, pushTestImage, sha256, type TestRegistry } from './support.ts';

const UPLOADS = '/v2/team/app/blobs/uploads/';
const open: TestRegistry[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const registry of open.splice(0)) await registry.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function started(options: Parameters<typeof aRegistry>[0] = {}): Promise<TestRegistry> {
  const registry = await aRegistry(options);
  open.push(registry);
  return registry;
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cavendish-registry-'));
  folders.push(folder);
  return folder;
}

describe('a registry', () => {
  it('listens on loopback and says where', async () => {
    const { address, port } = await started();
    expect(address).toBe(`127.0.0.1:${port}`);
  });

  it('keeps blobs by their digest', async () => {
    const registry = await started();
    const digest = await pushBlob(registry, 'team/app', Buffer.from('layer'));
    const hex = digest.slice(7);
    const file = join(registry.folder, 'blobs', 'sha256', hex.slice(0, 2), hex);
    expect(await readFile(file, 'utf8')).toBe('layer');
  });

  it('clears at the start what a killed process left half-written, and keeps what is whole', async () => {
    const folder = await aFolder();
    await mkdir(join(folder, 'uploads'), { recursive: true });
    await writeFile(join(folder, 'uploads', 'left'), 'half');
    const { register } = memoryStore();
    const image = anImage(['base']);

    const first = await aRegistry({ folder, store: register });
    expect((await first.files()).uploads).toEqual([]);
    await pushTestImage(first, 'team/app', '1.0', image);

    // As after a kill: nothing was closed, and another process begins on what is there.
    const second = await started({ folder, store: register });
    const { status, body } = await second.send('GET', '/v2/team/app/manifests/1.0');
    expect(status).toBe(200);
    expect(body.equals(image.manifest)).toBe(true);
    await first.close();
  });

  it('ends while clients still hold connections and uploads open', async () => {
    const registry = await aRegistry();
    const { headers } = await registry.send('POST', UPLOADS);
    const socket = connect(registry.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const host = `host: ${registry.address}`;
    socket.write(`PATCH ${headers.location} HTTP/1.1\r\n${host}\r\ncontent-length: 100\r\n\r\nabc`);
    await once(socket, 'ready');

    const closed = once(socket, 'close');
    const before = Date.now();
    await registry.close();
    expect(Date.now() - before).toBeLessThan(5000);
    await closed;
    expect(registry.faults).toEqual([]);
  });

  it('says which port was busy', async () => {
    const { port } = await started();
    await expect(started({ port, folder: await aFolder() })).rejects.toMatchObject({ code: 'address-in-use' });
    expect((await started({ port, given: false })).port).not.toBe(port);
  });

  it('drops an upload that nobody went on with for an hour', async () => {
    let at = Date.parse('2026-11-23T12:00:00Z');
    const registry = await started({ now: () => new Date(at) });
    const { headers } = await registry.send('POST', UPLOADS);
    at += 59 * 60_000;
    expect((await registry.send('PATCH', headers.location ?? '', { body: 'x' })).status).toBe(202);
    at += 59 * 60_000;
    await registry.send('POST', UPLOADS);
    expect((await registry.files()).uploads).toHaveLength(2);

    at += 2 * 60_000;
    await registry.send('POST', UPLOADS);
    expect((await registry.files()).uploads).toHaveLength(2);
    expect((await registry.send('GET', headers.location ?? '')).status).toBe(404);
  });

  it('takes so many uploads at once and no more', async () => {
    const registry = await started();
    for (let count = 0; count < 256; count += 1) expect((await registry.send('POST', UPLOADS)).status).toBe(202);
    const { status, code, headers } = await registry.send('POST', UPLOADS);
    expect({ status, code, after: headers['retry-after'] }).toEqual({
      status: 429,
      code: 'TOOMANYREQUESTS',
      after: '60',
    });
  });

  it('stands a client that stops reading half-way', async () => {
    const registry = await started();
    const bytes = randomBytes(8_000_000);
    await pushBlob(registry, 'team/app', bytes);
    for (let count = 0; count < 5; count += 1) {
      const socket = connect(registry.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`GET /v2/team/app/blobs/${sha256(bytes)} HTTP/1.1\r\nhost: ${registry.address}\r\n\r\n`);
      await once(socket, 'data');
      socket.destroy();
      await once(socket, 'close');
    }
    const { body } = await registry.send('GET', `/v2/team/app/blobs/${sha256(bytes)}`);
    expect(body.equals(bytes)).toBe(true);
    expect(registry.faults).toEqual([]);
  });
});
