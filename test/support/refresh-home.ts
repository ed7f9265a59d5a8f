/** A home that refreshes its feeds from a mirror on loopback, and what the mirror has. */
import { join } from 'node:path';

import { openDownloads } from '../../lib/adapters/feeds/download/feed-downloads.ts';
import { type FeedAddresses, feedAddressesSchema, hostsOf } from '../../lib/core/advisories/feed-addresses.ts';
import type { FeedDownloads } from '../../lib/pipeline/ports/feed-downloads.ts';
import { type Refresh, type RefreshedFeed, refreshFeeds } from '../../lib/pipeline/refresh-feeds/refresh-feeds.ts';
import { aFeedHome, type FeedHome } from './feed-home.ts';
import { type FeedMirror, startFeedMirror } from './feed-mirror.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { aZip } from './zip.ts';

export interface RefreshHome extends FeedHome {
  readonly mirror: FeedMirror;
  readonly addresses: FeedAddresses;
  /** @param at - ISO 8601 */
  refresh(at: string, given?: Partial<Refresh>): Promise<readonly RefreshedFeed[]>;
  /** The same, of one feed. */
  refreshOne(at: string, feed: string, given?: Partial<Refresh>): Promise<RefreshedFeed>;
  /** Forgets all that is held, and what was fetched stays. */
  anew(): RefreshHome;
  close(): Promise<void>;
}

interface Given {
  /** Of the addresses' settings. */
  readonly settings?: object;
  readonly watch?: (downloads: FeedDownloads) => FeedDownloads;
}

export async function aRefreshHome({ settings = {}, watch = (same) => same }: Given = {}): Promise<RefreshHome> {
  const mirror = await startFeedMirror();
  const folder = await temporaryFolder();
  const { address } = mirror;
  const addresses = feedAddressesSchema.parse({
    ...{ osv: `${address}/osv`, kev: `${address}/kev.json`, epss: `${address}/epss.csv`, cve: `${address}/cve` },
    redirectHosts: [],
    ...settings,
  });

  function over(home: FeedHome): RefreshHome {
    const refresh: RefreshHome['refresh'] = async (at, given = {}) => {
      const options = { folder: join(folder.path, 'downloads'), hosts: hostsOf(addresses), env: {}, pauseMs: 1 };
      const downloads = await openDownloads({ ...options, answerMs: 500, paceMs: 500, leastBytes: 1 });
      try {
        const ports = { ...home, register: home.store.register, downloads: watch(downloads) };
        return await refreshFeeds({ addresses, at: new Date(at), ...given }, ports);
      } finally {
        await downloads.close();
      }
    };
    return {
      ...{ ...home, mirror, addresses, refresh },
      async refreshOne(at, feed, given = {}) {
        const group = feed.startsWith('osv-') ? ('osv' as const) : (feed as 'kev' | 'epss' | 'cve');
        const found = (await refresh(at, { only: [group], ...given })).find((one) => one.feed === feed);
        if (found === undefined) throw new Error(`${feed} was not refreshed`);
        return found;
      },
      anew: () => over(aFeedHome()),
      async close() {
        await mirror.close();
        await folder.remove();
      },
    };
  }
  return over(aFeedHome());
}

export function kevFile(date: string, ...ids: readonly string[]): string {
  const vulnerabilities = ids.map((cveID) => ({ cveID, dateAdded: date, dueDate: date }));
  return JSON.stringify({
    catalogVersion: date,
    dateReleased: `${date}T00:00:00Z`,
    count: ids.length,
    vulnerabilities,
  });
}

/** CVE-2026-0001, … */
export function cveIds(count: number, from = 1): readonly string[] {
  return Array.from({ length: count }, (_, at) => `CVE-2026-${String(at + from).padStart(4, '0')}`);
}

export function epssFile(date: string, ids: readonly string[], model = 'unknown', score = 0.1): string {
  const head = `#model_version:${model},score_date:${date}T00:00:00+0000\ncve,epss,percentile\n`;
  return `${head}${ids.map((id) => `${id},${score},0.5\n`).join('')}`;
}

export interface OsvGiven {
  readonly modified: string;
  readonly ecosystem?: string;
  readonly packages?: readonly string[];
  readonly withdrawn?: string;
}

export function osvFile(
  id: string,
  { modified, ecosystem = 'Debian:12', packages = ['perl'], withdrawn }: OsvGiven,
): string {
  const affected = packages.map((name) => ({
    package: { ecosystem, name },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
  }));
  return JSON.stringify({ id, modified, ...(withdrawn !== undefined && { withdrawn }), affected });
}

/** Puts an ecosystem on the mirror: archive, list of changes, single records. */
export function putOsv(mirror: FeedMirror, family: string, records: Readonly<Record<string, OsvGiven>>): void {
  const files = Object.entries(records).map(([id, given]) => ({ id, given, text: osvFile(id, given) }));
  const newest = [...files].sort((a, b) => (a.given.modified < b.given.modified ? 1 : -1));
  const lastModified = new Date(newest[0]?.given.modified ?? 0).toUTCString();
  mirror.put(`/osv/${family}/all.zip`, aZip(files.map(({ id, text }) => ({ name: `${id}.json`, bytes: text }))), {
    lastModified,
  });
  const list = newest.map(({ id, given }) => `${given.modified},${id}\n`).join('');
  mirror.put(`/osv/${family}/modified_id.csv`, list, { lastModified });
  for (const { id, text } of files) mirror.put(`/osv/${family}/${id}.json`, text, { lastModified });
}

export function cveFile(id: string, updated: string): string {
  const cveMetadata = { cveId: id, state: 'PUBLISHED', datePublished: '2026-01-01T00:00:00Z', dateUpdated: updated };
  return JSON.stringify({ dataType: 'CVE_RECORD', cveMetadata, containers: { cna: { title: updated } } });
}

/** A release of the CVE list. @param until - `2026-11-24T13`; hour 00 is the end of the day before */
export function putCve(
  mirror: FeedMirror,
  until: string,
  whole: readonly string[] | null,
  changes: readonly string[],
): void {
  const end = new Date(`${until}:00:00Z`);
  const midnight = end.getUTCHours() === 0;
  const day = new Date(end.getTime() - (midnight ? 1 : 0)).toISOString().slice(0, 10);
  const hour = midnight ? 'end_of_day' : `${until.slice(11)}00Z`;
  const base = `/cve/cve_${day}_${midnight ? 'at_' : ''}${hour}`;
  const zip = (texts: readonly string[]) => aZip(texts.map((bytes, at) => ({ name: `cves/${at}.json`, bytes })));
  mirror.put(`${base}/${day}_delta_CVEs_at_${hour}.zip`, zip(changes));
  if (whole === null) return;
  const inner = zip(whole);
  mirror.put(`${base}/${day}_all_CVEs_at_midnight.zip.zip`, aZip([{ name: 'cves.zip', bytes: inner }]));
}
