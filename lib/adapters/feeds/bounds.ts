/**
 * The bounds within which feed files are read. They are well above what is published (all CVE
 * records: 2 GB in 300,000 files) and well below what would hurt.
 */
import { CavendishError } from '../../core/errors/error.ts';

export interface FeedBounds {
  /** Bytes read in one import, unpacked. */
  readonly maxBytes: number;
  /** Files in folders and archives. */
  readonly maxFiles: number;
  /** Bytes unpacked for one packed, once {@link FeedBounds.ratioFrom} bytes came out. */
  readonly maxRatio: number;
  readonly ratioFrom: number;
  /** Archives and compressed files in one another, and folders in one another. */
  readonly maxNesting: number;
  /** Bytes of one JSON record. */
  readonly maxRecordBytes: number;
  /** Objects and arrays in one another in a JSON record. */
  readonly maxRecordDepth: number;
  /** Bytes of one line of CSV. */
  readonly maxLineBytes: number;
}

export const FEED_BOUNDS: FeedBounds = {
  maxBytes: 64 * 1024 ** 3,
  maxFiles: 2_000_000,
  maxRatio: 200,
  ratioFrom: 16 * 1024 ** 2,
  maxNesting: 16,
  maxRecordBytes: 64 * 1024 ** 2,
  maxRecordDepth: 200,
  maxLineBytes: 1000,
};

export function passes(where: string, bound: string): CavendishError {
  return new CavendishError('limit-exceeded', `${where}: ${bound}`, {
    next: 'No feed that is published passes this bound: check where the file comes from.',
  });
}

/** Counts what one import reads. */
export interface Meter {
  readonly bounds: FeedBounds;
  /** @throws CavendishError `limit-exceeded` */
  file(where: string): void;
  /** @throws CavendishError `limit-exceeded` */
  bytes(count: number, where: string): void;
}

export function startMeter(bounds: FeedBounds): Meter {
  let files = 0;
  let total = 0;
  return {
    bounds,
    file(where) {
      files += 1;
      if (files > bounds.maxFiles) throw passes(where, `more than ${String(bounds.maxFiles)} files`);
    },
    bytes(count, where) {
      total += count;
      if (total > bounds.maxBytes) throw passes(where, `more than ${String(bounds.maxBytes)} bytes in one import`);
    },
  };
}
