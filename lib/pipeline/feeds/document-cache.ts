/**
 * Documents of evidence that are read again and again, kept by digest: what has a digest never changes.
 * The least recently read go first when there are too many bytes.
 */
import type { Digest } from '../../core/image/digest.ts';

export interface DocumentCache {
  /** @param what - the word for it in an error */
  read<T>(digest: Digest, what: string): Promise<T>;
}

/** Bytes of JSON; parsed it takes some four times as many. */
const MOST_BYTES = 32 * 1024 * 1024;

interface Kept {
  readonly document: Promise<unknown>;
  /** Bytes; 0 while it is read. */
  size: number;
}

export function documentCache(
  read: (digest: Digest, what: string) => Promise<Uint8Array>,
  mostBytes = MOST_BYTES,
): DocumentCache {
  const kept = new Map<Digest, Kept>();
  let bytes = 0;

  function drop(digest: Digest, one: Kept): void {
    if (kept.get(digest) !== one) return;
    kept.delete(digest);
    bytes -= one.size;
  }

  async function parse(digest: Digest, what: string, sized: (size: number) => void): Promise<unknown> {
    const content = await read(digest, what);
    sized(content.byteLength);
    return JSON.parse(new TextDecoder().decode(content)) as unknown;
  }

  function keep(digest: Digest, what: string): Kept {
    const one: Kept = {
      document: parse(digest, what, (size) => {
        one.size = size;
        bytes += size;
        for (const [oldest, other] of kept) {
          if (bytes <= mostBytes) break;
          drop(oldest, other);
        }
      }),
      size: 0,
    };
    // What could not be read may be mended: the next who asks looks again.
    one.document.catch(() => {
      drop(digest, one);
    });
    return one;
  }

  return {
    async read<T>(digest: Digest, what: string): Promise<T> {
      const one = kept.get(digest) ?? keep(digest, what);
      // The last in the map is the one that was read last.
      kept.delete(digest);
      kept.set(digest, one);
      return (await one.document) as T;
    },
  };
}
