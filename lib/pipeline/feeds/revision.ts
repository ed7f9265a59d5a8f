import type { FeedKind } from '../../core/advisories/feed.ts';
import type { CveRecord, OsvRecord } from '../../core/advisories/records.ts';

/** When a record was last changed (ISO 8601; empty where it doesn't say); null for kinds whose versions are whole. */
export function revisionOf(kind: FeedKind, record: unknown): string | null {
  switch (kind) {
    case 'advisories':
      return (record as OsvRecord).modified;
    case 'cve':
      return (record as CveRecord).updated ?? (record as CveRecord).published ?? '';
    case 'kev':
    case 'epss':
      return null;
  }
}
