/**
 * Uploads under way: each a draft file with the hash of what has arrived.
 *
 * They live in memory and end with the process; what they left on disk is cleared at the next
 * start. One request at a time may write to an upload.
 */
import { createHash, type Hash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';

import { type Digest, hexOf } from '../../../core/image/digest.ts';
import type { Clock } from '../../../pipeline/ports/clock.ts';
import type { BlobStore, Draft } from './blob-store.ts';
import { Refusal } from './errors.ts';
import { storing } from './storing.ts';

/** Clients open one upload a layer, a few at a time; the rest of these were left behind. */
const MAX_UPLOADS = 256;
const IDLE_MS = 60 * 60 * 1000;

export interface Upload {
  readonly id: string;
  readonly repository: string;
  /** Bytes that have arrived. */
  readonly size: number;
}

export interface Sessions {
  /** @throws Refusal TOOMANYREQUESTS; CavendishError `storage-full` */
  start(repository: string): Promise<Upload>;
  /** @throws Refusal BLOB_UPLOAD_UNKNOWN */
  find(repository: string, id: string): Upload;
  /** Adds bytes at the end. @throws Refusal BLOB_UPLOAD_INVALID; CavendishError `storage-full` */
  append(upload: Upload, body: AsyncIterable<Uint8Array>): Promise<void>;
  /** Makes it a blob, if it is the one with that digest. @throws Refusal DIGEST_INVALID; CavendishError `storage-full` */
  finish(upload: Upload, digest: Digest): Promise<void>;
  cancel(upload: Upload): Promise<void>;
  /** Drops uploads that nobody has written to for an hour. */
  expire(): Promise<void>;
  close(): Promise<void>;
}

interface Session {
  readonly id: string;
  readonly repository: string;
  readonly draft: Draft;
  readonly hash: Hash;
  size: number;
  touched: number;
  busy: boolean;
}

export function uploadSessions(blobs: BlobStore, now: Clock): Sessions {
  const sessions = new Map<string, Session>();

  async function start(repository: string): Promise<Upload> {
    await expire();
    if (sessions.size >= MAX_UPLOADS) {
      throw new Refusal('TOOMANYREQUESTS', `${MAX_UPLOADS} uploads are under way already`, {
        headers: { 'retry-after': '60' },
      });
    }
    const session: Session = {
      id: randomUUID(),
      repository,
      draft: await blobs.draft(),
      hash: createHash('sha256'),
      size: 0,
      touched: now().getTime(),
      busy: false,
    };
    sessions.set(session.id, session);
    return session;
  }

  function find(repository: string, id: string): Session {
    const session = sessions.get(id);
    if (session?.repository !== repository) {
      throw new Refusal('BLOB_UPLOAD_UNKNOWN', 'there is no such upload: it ended, expired, or the registry restarted');
    }
    return session;
  }

  async function drop(session: Session): Promise<void> {
    sessions.delete(session.id);
    await session.draft.drop();
  }

  async function alone<T>(upload: Upload, work: (session: Session) => Promise<T>): Promise<T> {
    const session = find(upload.repository, upload.id);
    if (session.busy) {
      throw new Refusal('BLOB_UPLOAD_INVALID', 'another request is writing to this upload', { status: 409 });
    }
    session.busy = true;
    try {
      return await work(session);
    } finally {
      session.busy = false;
      session.touched = now().getTime();
    }
  }

  function append(upload: Upload, body: AsyncIterable<Uint8Array>): Promise<void> {
    return alone(upload, async (session) => {
      for await (const chunk of body) {
        try {
          await storing(session.draft.path, () => writeAll(session, chunk));
        } catch (error) {
          // The file no longer is what was hashed: the upload can't go on.
          await drop(session);
          throw error;
        }
        session.hash.update(chunk);
        session.size += chunk.byteLength;
      }
    });
  }

  function finish(upload: Upload, digest: Digest): Promise<void> {
    return alone(upload, async (session) => {
      sessions.delete(session.id);
      try {
        const hex = await hashOf(session, digest);
        if (hex !== hexOf(digest)) {
          throw new Refusal('DIGEST_INVALID', `what was sent (${session.size} bytes) is not ${digest}`);
        }
        await session.draft.keep(digest);
      } finally {
        await session.draft.drop();
      }
    });
  }

  async function expire(): Promise<void> {
    const before = now().getTime() - IDLE_MS;
    const idle = [...sessions.values()].filter(({ busy, touched }) => !busy && touched < before);
    await Promise.all(idle.map(drop));
  }

  return {
    start,
    find,
    append,
    finish,
    cancel: (upload) => alone(upload, drop),
    expire,
    close: async () => {
      await Promise.all([...sessions.values()].map(drop));
    },
  };
}

async function writeAll({ draft }: Session, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.byteLength;) {
    at += (await draft.handle.write(chunk, at)).bytesWritten;
  }
}

/** sha256 was kept along the way; sha512, which hardly anybody asks for, is read from the file again. */
async function hashOf({ hash, draft }: Session, digest: Digest): Promise<string> {
  if (digest.startsWith('sha256:')) return hash.digest('hex');
  const other = createHash('sha512');
  for await (const chunk of createReadStream(draft.path)) other.update(chunk as Uint8Array);
  return other.digest('hex');
}
