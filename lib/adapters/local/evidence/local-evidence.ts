/**
 * The evidence of a laptop home: a folder of files by content, `sha256/ab/<hex>.zst`.
 *
 * Compressed with zstd at rest; the digest is that of the uncompressed bytes and is verified at each
 * read. A file is whole or not there.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress, zstdCompressSync, zstdDecompress } from 'node:zlib';

import { CavendishError, isCavendishError } from '../../../core/errors/error.ts';
import { type Digest, hexOf } from '../../../core/image/digest.ts';
import type { EvidenceStore } from '../../../pipeline/ports/evidence-store.ts';
import { sweepLeftovers, syncFolder, writeDurably } from '../home/durable-file.ts';
import { explainFile, fileErrorCode } from '../home/file-failures.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** What has no more bytes is compressed sooner than another thread would take it up. */
const SMALL = 64 * 1024;

export interface LocalEvidenceOptions {
  /** @default 268435456 - bytes, uncompressed, that one piece of evidence may have */
  readonly maxBytes?: number;
  /** @default false - removes what killed processes left unfinished. For the holder of the home's lock */
  readonly sweep?: boolean;
}

function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function altered(digest: Digest, file: string, cause?: unknown): CavendishError {
  return new CavendishError('integrity-failed', `evidence ${digest} is not what was stored (${file})`, {
    next: 'Put back a copy of that file; what can be made again (feeds, SBOMs) replaces it when it is stored again.',
    cause,
  });
}

/**
 * Opens the folder, and makes it.
 *
 * @throws CavendishError `storage-full`, `unavailable`
 */
export async function openLocalEvidence(folder: string, options: LocalEvidenceOptions = {}): Promise<EvidenceStore> {
  const { maxBytes = 256 * 1024 * 1024, sweep = false } = options;
  const root = join(folder, 'sha256');
  const ready = new Set<string>();

  async function makeFolder(path: string): Promise<void> {
    if (ready.has(path)) return;
    await mkdir(path, { recursive: true, mode: 0o700 });
    await syncFolder(dirname(path));
    ready.add(path);
  }

  function fileOf(digest: Digest): string {
    const hex = hexOf(digest);
    return join(root, hex.slice(0, 2), `${hex}.zst`);
  }

  function tooLarge(what: string, cause?: unknown): CavendishError {
    return new CavendishError('limit-exceeded', `${what} is larger than ${maxBytes} bytes`, { cause });
  }

  async function get(digest: Digest): Promise<Uint8Array | null> {
    if (!digest.startsWith('sha256:')) return null;
    const file = fileOf(digest);
    let bytes: Uint8Array;
    try {
      bytes = await decompress(await readFile(file), { maxOutputLength: maxBytes });
    } catch (error) {
      const code = fileErrorCode(error);
      if (code === 'ENOENT') return null;
      if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(`evidence ${digest}`, error);
      if (code?.startsWith('ZSTD_') === true || code === 'Z_BUF_ERROR') throw altered(digest, file, error);
      throw explainFile(error, file);
    }
    if (digestOf(bytes) !== digest) throw altered(digest, file);
    return bytes;
  }

  /** An altered piece does not count as held: storing it again mends it. */
  async function isHeld(digest: Digest): Promise<boolean> {
    try {
      return (await get(digest)) !== null;
    } catch (error) {
      if (isCavendishError(error, 'integrity-failed')) return false;
      throw error;
    }
  }

  async function put(bytes: Uint8Array): Promise<Digest> {
    const digest = digestOf(bytes);
    if (bytes.length > maxBytes) throw tooLarge('what is to be stored as evidence');
    if (await isHeld(digest)) return digest;
    const file = fileOf(digest);
    try {
      await makeFolder(dirname(file));
    } catch (error) {
      throw explainFile(error, file);
    }
    await writeDurably(file, bytes.length > SMALL ? await compress(bytes) : zstdCompressSync(bytes));
    return digest;
  }

  try {
    await makeFolder(folder);
    await makeFolder(root);
    if (sweep) for (const name of await readdir(root)) await sweepLeftovers(join(root, name));
  } catch (error) {
    throw explainFile(error, folder);
  }
  return { put, get };
}
