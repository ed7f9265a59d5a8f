/**
 * Layers for tests, built in memory: entries in, tar out, packed as an image stores them.
 *
 * The same entries give the same bytes. Names are written as they are given, hostile ones too.
 */
import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

import type { Digest } from '../../lib/core/image/digest.ts';

export interface Entry {
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'link' | 'fifo' | 'character-device';
  readonly content?: string | Uint8Array;
  /** Of a symbolic or a hard link. */
  readonly target?: string;
  readonly pax?: Readonly<Record<string, string>>;
}

export function file(path: string, content: string | Uint8Array = ''): Entry {
  return { path, type: 'file', content };
}

export function directory(path: string): Entry {
  return { path, type: 'directory' };
}

export function symlink(path: string, target: string): Entry {
  return { path, type: 'symlink', target };
}

export function hardLink(path: string, target: string): Entry {
  return { path, type: 'link', target };
}

/** Removes what lower layers have at the path. */
export function whiteout(path: string): Entry {
  const at = path.lastIndexOf('/') + 1;
  return file(`${path.slice(0, at)}.wh.${path.slice(at)}`);
}

/** Hides what lower layers have in the folder. */
export function opaque(folder: string): Entry {
  return file(`${folder}/.wh..wh..opq`);
}

export type Packing = 'plain' | 'gzip' | 'zstd';

export interface BuiltLayer {
  /** As stored. */
  readonly bytes: Buffer;
  readonly digest: Digest;
  readonly packing: Packing;
  /** Unpacked. */
  readonly tar: Buffer;
  readonly diffId: Digest;
}

export async function layer(entries: readonly Entry[], packing: Packing = 'gzip'): Promise<BuiltLayer> {
  return layerOf(await tarOf(entries), packing);
}

/** A layer of bytes that may be no tar at all. */
export function layerOf(tar: Buffer, packing: Packing = 'gzip'): BuiltLayer {
  const bytes = packing === 'gzip' ? gzipSync(tar) : packing === 'zstd' ? zstdCompressSync(tar) : tar;
  return { bytes, digest: sha256(bytes), packing, tar, diffId: sha256(tar) };
}

export async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const entry of entries) tar.entry(headerOf(entry), Buffer.from(entry.content ?? ''));
  tar.finalize();
  return Buffer.concat(await Array.fromAsync(tar as AsyncIterable<Uint8Array>));
}

/** Headers with the checksums that their bytes have, so that more of them are taken for headers. */
export function summed(bytes: Buffer): Buffer {
  for (let at = 0; at + 512 <= bytes.length; at += 512) {
    const header = bytes.subarray(at, at + 512);
    if (header.toString('latin1', 257, 262) !== 'ustar') continue;
    header.fill(' ', 148, 156);
    header.write(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
      'latin1',
    );
  }
  return bytes;
}

export function sha256(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function headerOf({ path, type, target, pax }: Entry): Partial<Header> & Pick<Header, 'name'> {
  return {
    name: path,
    type,
    mtime: new Date(0),
    mode: type === 'directory' ? 0o755 : 0o644,
    ...(target !== undefined && { linkname: target }),
    ...(pax !== undefined && { pax: { ...pax } }),
  };
}
