/** What the refresh of one feed is given, and what it comes to. */
import type { QuarantineReason } from '../../core/advisories/quarantine.ts';
import type { StoredPointer } from '../feeds/feed-items.ts';
import type { ImportedFeed } from '../feeds/import-report.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { FeedDownloads } from '../ports/feed-downloads.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { StoredDownloaded } from './download-items.ts';
import type { FetchContext } from './target.ts';

export interface RefreshPorts {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly downloads: FeedDownloads;
}

export interface RefreshContext extends Omit<FetchContext, 'known'> {
  readonly onRead: (records: number) => void;
}

export type Refreshed =
  | { readonly outcome: 'held'; readonly imported: ImportedFeed }
  | { readonly outcome: 'unchanged' }
  /** `news`: it was not set aside before. */
  | { readonly outcome: 'set-aside'; readonly reasons: readonly QuarantineReason[]; readonly news: boolean };

/** What the register says before anything is fetched. */
export interface Standing {
  readonly pointer: StoredPointer | null;
  readonly remembered: StoredDownloaded | null;
}
