/** What may have become of a stored piece of evidence, for tests that alter one behind the store's back. */
import { zstdCompressSync } from 'node:zlib';

import type { OpenedEvidence } from '../contracts/evidence-store.ts';

export function altered(stored: Buffer, how: Parameters<OpenedEvidence['alter']>[1]): Buffer {
  if (how === 'emptied') return Buffer.alloc(0);
  if (how === 'cut short') return stored.subarray(0, stored.length - 5);
  if (how === 'other content') return zstdCompressSync(Buffer.from('other content'));
  const other = Buffer.from(stored);
  other[other.length >> 1] = (other[other.length >> 1] ?? 0) ^ 1;
  return other;
}
