/**
 * Where intelligence is fetched from, and what may be believed of what comes: all of it settable, so that
 * a mirror can stand in for any address.
 *
 * On a laptop `feeds.yaml` in the data folder; on AWS `feeds:` in the stack's config file, which reaches the
 * functions as JSON in CAVENDISH_FEEDS. What is left out is as published.
 */
import { z } from 'zod';

import { CavendishError } from '../errors/error.ts';
import { quarantineBounds } from './quarantine-bounds.ts';

const address = z.url({ protocol: /^https?$/u }).transform((text) => text.replace(/\/+$/u, ''));
const host = z.string().regex(/^[a-z0-9.-]+(?::\d{1,5})?$/u, 'is not the name of a host, in small letters');

export const feedAddressesSchema = z
  .strictObject({
    /** OSV's archives: `ECOSYSTEM/all.zip`, `ECOSYSTEM/modified_id.csv` and `ECOSYSTEM/ID.json` lie below it. */
    osv: address.default('https://osv-vulnerabilities.storage.googleapis.com'),
    kev: address.default('https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json'),
    epss: address.default('https://epss.empiricalsecurity.com/epss_scores-current.csv.gz'),
    /** Releases of the CVE list: `cve_DATE_HH00Z/DATE_all_CVEs_at_midnight.zip.zip` and the like lie below it. */
    cve: address.default('https://github.com/CVEProject/cvelistV5/releases/download'),
    /** Hosts, beside those of the addresses, that a redirect may lead to; with their port where it is not the usual. */
    redirectHosts: z
      .array(host)
      .readonly()
      .default(['objects.githubusercontent.com', 'release-assets.githubusercontent.com']),
    /** OSV ecosystems that are refreshed beside those in use: `Debian`, `npm`. */
    ecosystems: z.array(z.string().min(1).max(100)).readonly().default([]),
    quarantine: quarantineBounds,
  })
  .readonly();

export type FeedAddresses = z.output<typeof feedAddressesSchema>;

export const PUBLISHED_ADDRESSES: FeedAddresses = feedAddressesSchema.parse({});

/**
 * @param source - for messages: the file, or the name of the variable
 * @throws CavendishError `bad-input` that names the source and the field
 */
export function readFeedAddresses(raw: unknown, source: string): FeedAddresses {
  const { data, error } = feedAddressesSchema.safeParse(raw ?? {});
  if (error === undefined) return data;
  const [issue] = error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new CavendishError('bad-input', `${source}: ${field === '' ? '' : `"${field}": `}${issue?.message ?? ''}`, {
    next: 'What may stand in it: docs/feeds.md.',
  });
}

/** The hosts that downloads may come from, in the form of `URL.host`. */
export function hostsOf({ osv, kev, epss, cve, redirectHosts }: FeedAddresses): ReadonlySet<string> {
  return new Set([...[osv, kev, epss, cve].map((url) => new URL(url).host), ...redirectHosts]);
}
