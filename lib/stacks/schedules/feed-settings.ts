/**
 * Where feeds are fetched from and what is believed of them, as the function reads it from its environment:
 * what is left out is as published. lib/core/advisories/feed-addresses.ts is the schema.
 */
export interface FeedSettings {
  readonly osv?: string;
  readonly kev?: string;
  readonly epss?: string;
  readonly cve?: string;
  /** Hosts, beside those of the addresses, that a redirect may lead to. */
  readonly redirectHosts?: readonly string[];
  /** OSV ecosystems that are refreshed beside those in use. */
  readonly ecosystems?: readonly string[];
  /** By how much a feed may shrink and grow; docs/feeds.md has the fields. */
  readonly quarantine?: object;
}
