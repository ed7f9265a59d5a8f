import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type BlobStore, openBlobStore } from '../../../../lib/adapters/local/registry/blob-store.ts';
import { uploadSessions } from '../../../../lib/adapters/local/registry/sessions.ts';
import { sha256 } from './support.ts';

let folder: string;
let blobs: BlobStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cavendish-sessions-'));
  blobs = await openBlobStore(folder);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const now = (): Date => new Date('2026-11-23T12:00:00Z');

/** A disk on which a write fails so, once so many bytes were written. */
function filling(code: string, room: number): BlobStore {
  return {
    ...blobs,
    draft: async () => {
      const draft = await blobs.draft();
      const write = draft.handle.write.bind(draft.handle) as (
        bytes: Uint8Array,
        at: number,
      ) => Promise<{ bytesWritten: number }>;
      let left = room;
      const limited = async (bytes: Uint8Array, at: number): Promise<{ bytesWritten: number }> => {
        if (left === 0) throw Object.assign(new Error(`${code}: write`), { code });
        const { bytesWritten } = await write(bytes.subarray(0, at + left), at);
        left -= bytesWritten;
        return { bytesWritten };
      };
      return { ...draft, handle: Object.assign(draft.handle, { write: limited }) };
    },
  };
}

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe('an upload to a full disk', () => {
  it.each([
    ['ENOSPC', 'storage-full'],
    ['EDQUOT', 'storage-full'],
    ['EIO', 'unavailable'],
  ])('that says %s ends, with nothing left of it', async (code, expected) => {
    const sessions = uploadSessions(filling(code, 5), now);
    const upload = await sessions.start('team/app');
    await expect(sessions.append(upload, chunks('abc', 'defgh'))).rejects.toMatchObject({ code: expected });

    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
    expect(() => sessions.find('team/app', upload.id)).toThrow(
      expect.objectContaining({ code: 'BLOB_UPLOAD_UNKNOWN' }),
    );
  });

  it('takes a write that is done in parts', async () => {
    const sessions = uploadSessions(filling('ENOSPC', 8), now);
    const upload = await sessions.start('team/app');
    await sessions.append(upload, chunks('abc', 'defgh'));
    await sessions.finish(upload, sha256('abcdefgh'));
    expect(await blobs.size(sha256('abcdefgh'))).toBe(8);
  });
});

describe('an upload', () => {
  it('keeps what arrived when its sender fails, and goes on from there', async () => {
    const sessions = uploadSessions(blobs, now);
    const upload = await sessions.start('team/app');
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('abc');
      throw new Error('aborted');
    }
    await expect(sessions.append(upload, cut())).rejects.toThrow('aborted');
    expect(upload.size).toBe(3);
    await sessions.append(upload, chunks('def'));
    await sessions.finish(upload, sha256('abcdef'));
    expect(await blobs.size(sha256('abcdef'))).toBe(6);
  });

  it('that ends leaves no file, whether it was kept, refused or closed', async () => {
    const sessions = uploadSessions(blobs, now);
    const [kept, refused] = [await sessions.start('a'), await sessions.start('a')];
    await sessions.start('a');
    await sessions.finish(kept, sha256(''));
    await expect(sessions.finish(refused, sha256('x'))).rejects.toMatchObject({ code: 'DIGEST_INVALID' });
    expect(await readdir(join(folder, 'uploads'))).toHaveLength(1);
    await sessions.close();
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
  });
});
