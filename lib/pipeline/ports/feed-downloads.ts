/**
 * Fetches published intelligence from its addresses: asks whether it changed, goes on where a fetch ended,
 * never takes more than it was told to, and never from a host that is not listed.
 */
import type { Digest } from '../../core/image/digest.ts';
import type { FeedSource } from './feed-source.ts';

/** By what a server knows a version again; each null where it says none. */
export interface Validators {
  readonly etag: string | null;
  /** As the server wrote it. */
  readonly lastModified: string | null;
}

export interface Wanted {
  readonly url: string;
  /** What was said of the version that is held; null to fetch it in any case. */
  readonly held: Validators | null;
  /** Bytes of the answer's body. */
  readonly maxBytes: number;
}

/** Where a fetch is. */
export interface FetchProgress {
  readonly url: string;
  /** Bytes that are there, those of an earlier fetch too. */
  readonly bytes: number;
  /** Of how many; null where the server does not say. */
  readonly of: number | null;
}

export interface Fetching {
  /** Ends it. What was fetched stays for the next. */
  readonly signal?: AbortSignal | undefined;
  /** Told now and then, and at the end. */
  readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
}

/** A file that was fetched whole. */
export interface Fetched extends Validators {
  readonly url: string;
  /** Where it lies, for the one who fetched it. */
  readonly file: string;
  readonly bytes: number;
  readonly digest: Digest;
}

export interface FeedDownloads {
  /**
   * @returns null where what is held is what is published
   * @throws CavendishError `not-found` where there is no such file; `unavailable` where it could not be
   *   fetched: another time it may; `bad-input` where the server sends to a host that is not listed;
   *   `integrity-failed` where it is not what the server's checksum says; `limit-exceeded`, `storage-full`
   */
  fetch(wanted: Wanted, fetching?: Fetching): Promise<Fetched | null>;
  /** The intelligence in fetched files. */
  source(files: readonly Fetched[], name: string): FeedSource;
  /** The lines of a fetched file that is text. @throws CavendishError `bad-input` where the last does not end, `limit-exceeded` */
  lines(file: Fetched): AsyncIterable<string>;
  /** Gives the room of fetched files back. */
  discard(files: readonly Fetched[]): Promise<void>;
}
