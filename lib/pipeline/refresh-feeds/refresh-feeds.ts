/**
 * Refreshes what is held from where it is published: each feed by itself, so that one that fails hides none of the
 * others. Nothing is lost where it ends early: each feed is whole when it is held, and a fetch goes on where it ended.
 */
import type { FeedAddresses } from '../../core/advisories/feed-addresses.ts';
import type { QuarantineReason } from '../../core/advisories/quarantine.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import type { ImportedFeed } from '../feeds/import-report.ts';
import type { FetchProgress } from '../ports/feed-downloads.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import { cveTarget } from './cve.ts';
import { familiesInUse } from './families.ts';
import { osvTarget } from './osv.ts';
import { refreshOne } from './refresh-one.ts';
import type { RefreshPorts } from './refreshing.ts';
import { FEED_GROUPS, type FeedGroup, type Target } from './target.ts';
import { wholeTarget } from './wholes.ts';

export interface Refresh {
  readonly addresses: FeedAddresses;
  /** The instant that it counts as. */
  readonly at: Date;
  /** @default - all */
  readonly only?: readonly FeedGroup[];
  /** Ends it: what is left is for the next time. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RefreshProgress) => void;
}

export type RefreshProgress =
  | ({ readonly step: 'fetch'; readonly feed: string } & FetchProgress)
  | { readonly step: 'read'; readonly feed: string; readonly records: number }
  | ({ readonly step: 'done' } & RefreshedFeed);

export interface RefreshedFeed {
  readonly feed: string;
  /** `set-aside`: it waits for a person's word. `failed`: it is tried again the next time. What is held stays, in either. */
  readonly outcome: 'held' | 'unchanged' | 'set-aside' | 'failed';
  /** Where it is held. */
  readonly imported: ImportedFeed | null;
  /** Where it is set aside. */
  readonly reasons: readonly QuarantineReason[];
  /** It was not set aside before. */
  readonly news: boolean;
  /** Where it failed: what happened, and what may be done. */
  readonly cause: string | null;
  readonly next: string | null;
}

interface Ports extends RefreshPorts {
  readonly intelligence: Intelligence;
}

/** @returns each feed, in the order of its turn */
export async function refreshFeeds(refresh: Refresh, ports: Ports): Promise<readonly RefreshedFeed[]> {
  const { only = FEED_GROUPS, onProgress, signal } = refresh;
  const done: RefreshedFeed[] = [];
  for (const target of await targetsOf(only, refresh.addresses, ports)) {
    const refreshed = signal?.aborted === true ? stopped(target) : await refreshTarget(target, refresh, ports);
    done.push(refreshed);
    onProgress?.({ step: 'done', ...refreshed });
  }
  return done;
}

/** What is small and urgent comes first. */
async function targetsOf(
  only: readonly FeedGroup[],
  addresses: FeedAddresses,
  ports: Ports,
): Promise<readonly Target[]> {
  const groups: Readonly<Record<FeedGroup, () => Promise<readonly Target[]>>> = {
    kev: async () => [wholeTarget('kev')],
    epss: async () => [wholeTarget('epss')],
    osv: async () => (await familiesInUse(addresses.ecosystems, ports)).map(osvTarget),
    cve: async () => [cveTarget],
  };
  const targets: Target[] = [];
  for (const group of FEED_GROUPS) if (only.includes(group)) targets.push(...(await groups[group]()));
  return targets;
}

async function refreshTarget(target: Target, refresh: Refresh, ports: Ports): Promise<RefreshedFeed> {
  const { addresses, at, signal, onProgress } = refresh;
  const { feed } = target;
  const nothing = { feed, imported: null, reasons: [], news: false, cause: null, next: null };
  const context = {
    ...{ addresses, at, downloads: ports.downloads },
    fetching: {
      signal,
      onProgress: (progress: FetchProgress) => onProgress?.({ step: 'fetch', feed, ...progress }),
    },
    onRead: (records: number) => onProgress?.({ step: 'read', feed, records }),
  };
  try {
    return { ...nothing, ...(await refreshOne(target, context, ports)) };
  } catch (error) {
    if (signal?.aborted === true) return stopped(target);
    const next = isCavendishError(error) ? (error.next ?? null) : null;
    return { ...nothing, outcome: 'failed', cause: Error.isError(error) ? error.message : String(error), next };
  }
}

function stopped({ feed }: Target): RefreshedFeed {
  const cause = 'the refresh was stopped';
  const next = 'The next one goes on where it ended.';
  return { feed, outcome: 'failed', imported: null, reasons: [], news: false, cause, next };
}
