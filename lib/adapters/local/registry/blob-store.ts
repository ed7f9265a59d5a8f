/**
 * Blobs on disk, by content: `blobs/sha256/ab/ab12…`.
 *
 * A file is there whole or not at all: it is written elsewhere, verified and synced by whoever
 * wrote it, and renamed into place. All repositories share the blobs.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

import { type Digest, hexOf } from '../../../core/image/digest.ts';
import { syncFolder } from '../home/durable-file.ts';
import { fileErrorCode } from '../home/file-failures.ts';
import { storing } from './storing.ts';

export interface BlobStore {
  /** In bytes; null where the blob is not held. */
  size(digest: Digest): Promise<number | null>;
  /** The bytes from `start` to `end`, both included. */
  stream(digest: Digest, start: number, end: number): Readable;
  /** All the bytes, of what is known to be small. */
  read(digest: Digest): Promise<Uint8Array>;
  /** A new file to write to, outside of what is visible. */
  draft(): Promise<Draft>;
}

/** A file that is being written: it ends by `keep` or by `drop`. */
export interface Draft {
  readonly path: string;
  readonly handle: FileHandle;
  /** Makes it the blob with that digest, which the caller has verified. @throws CavendishError `storage-full` */
  keep(digest: Digest): Promise<void>;
  drop(): Promise<void>;
}

/** Opens the store in a folder, and clears what a killed process left half-written. */
export async function openBlobStore(folder: string): Promise<BlobStore> {
  const drafts = join(folder, 'uploads');
  await rm(drafts, { recursive: true, force: true });
  await storing(folder, async () => {
    await mkdir(drafts, { recursive: true });
    await mkdir(join(folder, 'blobs'), { recursive: true });
  });

  function pathOf(digest: Digest): string {
    const hex = hexOf(digest);
    return join(folder, 'blobs', digest.slice(0, digest.indexOf(':')), hex.slice(0, 2), hex);
  }

  async function draft(): Promise<Draft> {
    const path = join(drafts, randomUUID());
    const handle = await storing(path, () => open(path, 'wx'));

    async function drop(): Promise<void> {
      await handle.close();
      await rm(path, { force: true });
    }

    async function keep(digest: Digest): Promise<void> {
      const target = pathOf(digest);
      try {
        await storing(target, async () => {
          await handle.sync();
          await makeFolder(dirname(target));
          await rename(path, target);
          await syncFolder(dirname(target));
        });
      } finally {
        await drop();
      }
    }

    return { path, handle, keep, drop };
  }

  return {
    size: (digest) => sizeOf(pathOf(digest)),
    stream: (digest, start, end) => createReadStream(pathOf(digest), { start, end }),
    read: (digest) => readFile(pathOf(digest)),
    draft,
  };
}

/** A folder whose own name, and those of the folders above that had to be made, are durable. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
