/**
 * What the scanner reads at most. An image that passes a bound is not scanned: the bound is named,
 * and its verdict is unknown.
 */
import { CavendishError } from '../core/errors/error.ts';

export interface Limits {
  /** Bytes of one layer as stored. */
  readonly storedBytes: number;
  /** Bytes of one layer unpacked. */
  readonly unpackedBytes: number;
  /** Unpacked bytes for each stored byte, once `ratioFrom` bytes are unpacked: more is a bomb. */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Entries of one layer. */
  readonly entries: number;
  /** UTF-16 units of a path in a layer, and its folders. */
  readonly pathLength: number;
  readonly pathDepth: number;
  /** Bytes of one file that a cataloger reads. */
  readonly fileBytes: number;
  /** What is kept of all layers of an image, as JSON, in UTF-16 units. */
  readonly kept: number;
  /** Time for one image. */
  readonly milliseconds: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: Limits = {
  storedBytes: 16 * 1024 * MIB,
  unpackedBytes: 64 * 1024 * MIB,
  ratio: 200,
  ratioFrom: 64 * MIB,
  entries: 1_000_000,
  pathLength: 4096,
  pathDepth: 256,
  fileBytes: 64 * MIB,
  kept: 64 * MIB,
  milliseconds: 10 * 60 * 1000,
};

/** @param what - the bound in words: `the layer has more than 1000000 entries` */
export function limitExceeded(what: string): CavendishError {
  return new CavendishError('limit-exceeded', what, {
    next: 'The bounds of the scanner are listed in docs/scanner.md.',
  });
}
