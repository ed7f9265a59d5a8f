/**
 * Where published intelligence comes from: files on a disk now, addresses later.
 */
import type { EpssHeader } from '../../core/advisories/epss.ts';
import type { KevCatalogue } from '../../core/advisories/kev.ts';
import type { CveRecord, EpssRecord, OsvRecord } from '../../core/advisories/records.ts';

/** What a source gives, in the order in which it reads it. `where` is for people: a file, an entry of an archive. */
export type FeedPart =
  | { readonly kind: 'advisory'; readonly record: OsvRecord }
  | { readonly kind: 'cve'; readonly record: CveRecord }
  | { readonly kind: 'kev'; readonly where: string; readonly catalogue: KevCatalogue }
  /** Comes before the scores of its file. */
  | { readonly kind: 'epss-header'; readonly where: string; readonly header: EpssHeader }
  | { readonly kind: 'epss'; readonly records: readonly EpssRecord[] }
  /** A file that was found on the way and is no intelligence. */
  | { readonly kind: 'passed-over'; readonly where: string }
  /** A figure of a record that is none; see `readCve`. */
  | { readonly kind: 'left-out'; readonly what: string };

/** Room beside memory for what an import holds: named heaps of lines. */
export interface Scratch {
  /** Adds a line (without a line break) to a heap. The name is of `[a-z0-9.-]`. */
  add(heap: string, line: string): Promise<void>;
  /** The lines of a heap, in the order in which they were added; none where there is no such heap. */
  lines(heap: string): Promise<readonly string[]>;
  /** Gives the room back. */
  close(): Promise<void>;
}

export interface FeedSource {
  /** For people: the names of the files. */
  readonly name: string;
  /**
   * @throws CavendishError `bad-input` where something is not what it should be, naming it;
   *   `not-found`, `limit-exceeded`, `unavailable`
   */
  parts(): AsyncIterable<FeedPart>;
  /** @throws CavendishError `storage-full`, `unavailable` */
  openScratch(): Promise<Scratch>;
}
