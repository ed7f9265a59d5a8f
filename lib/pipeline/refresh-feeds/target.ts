/** What a refresh is about: one feed, and how what is new of it is fetched. */
import type { FeedAddresses } from '../../core/advisories/feed-addresses.ts';
import type { FeedDownloads, Fetched, Fetching } from '../ports/feed-downloads.ts';
import type { Downloaded } from './download-items.ts';

/** As people ask for them with `--only`. */
export const FEED_GROUPS = ['kev', 'epss', 'osv', 'cve'] as const;
export type FeedGroup = (typeof FEED_GROUPS)[number];

export interface FetchContext {
  readonly addresses: FeedAddresses;
  /** When the refresh began. */
  readonly at: Date;
  readonly downloads: FeedDownloads;
  readonly fetching: Fetching;
  /** What is remembered, and still true of what is held; null to begin anew. */
  readonly known: Downloaded | null;
}

/** What was fetched of a feed, before any of it is read. */
export interface Haul {
  readonly files: readonly Fetched[];
  /** Fetched to know what to fetch: no intelligence. */
  readonly lists?: readonly Fetched[];
  /** For people: where it came from. */
  readonly source: string;
  /** Changes since what is held, of which there may be none; false for a whole. */
  readonly changesAlone: boolean;
  /** OSV ecosystems that it is complete for. */
  readonly complete: readonly string[];
  /** The instant that it speaks of (ISO 8601); null: what it declares. */
  readonly date: string | null;
  readonly remember: Pick<Downloaded, 'url' | 'etag' | 'lastModified' | 'asOf' | 'wholeAt'>;
}

export interface Target {
  /** The id of the feed. */
  readonly feed: string;
  /** Of advisories, whose ecosystem family alone counts; null for the rest. */
  readonly family: string | null;
  /**
   * @returns null where nothing is new
   * @throws CavendishError as `FeedDownloads.fetch`
   */
  fetch(context: FetchContext): Promise<Haul | null>;
}
