/**
 * What feeds are called: `kev`, `epss`, `cve`, and for advisories one feed an ecosystem family
 * (`osv-debian`). A bundle names its own, so that it never mixes with what a person imports.
 */
import { ecosystemFamily } from '../../core/advisories/bucket.ts';
import type { Completeness, FeedKind } from '../../core/advisories/feed.ts';

/** Characters of a family in an id, which becomes a key and the name of a file. */
const MOST = 60;

/** The id of a feed that people import. */
export function feedId(kind: FeedKind, ecosystem: string): string {
  if (kind !== 'advisories') return kind;
  const family = ecosystemFamily(ecosystem).toLowerCase();
  return `osv-${family.replace(/[^a-z0-9.]+/gu, '-').slice(0, MOST)}`;
}

/** Feeds of a bundle: whole, with its own names, its own words for where they come from, and its own claims. */
export interface Bundle {
  /** Before the kind: `sample` makes `sample-kev`. */
  readonly prefix: string;
  readonly source: string;
  /** What its advisories answer for. */
  readonly completeFor: readonly Completeness[];
}
