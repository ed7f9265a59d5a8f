/** What the advisories that were read say of packages: matched and enriched, and decided upon by nobody yet. */
import type { HeldFeed } from '../advisories/feed.ts';
import { bringers } from '../lineage/brought-by.ts';
import type { Lineage } from '../lineage/lineage.ts';
import type { Finding } from '../matching/finding.ts';
import { matchPackages } from '../matching/match-packages.ts';
import type { Gap } from '../sbom/gap.ts';
import type { Inventory } from '../sbom/inventory.ts';
import { enrich } from '../scoring/enrich.ts';
import type { ReadBucket } from './judged-evidence.ts';
import { recordsOf } from './read-records.ts';

interface Read {
  readonly feeds: readonly HeldFeed[];
  readonly buckets: readonly ReadBucket[];
}

interface Found {
  readonly findings: readonly Finding[];
  /** What could not be matched. */
  readonly gaps: readonly Gap[];
}

/** Each finding says which base brought it, as far as the lineage knows. */
export function findingsOf(
  { packages, layers }: Pick<Inventory, 'packages' | 'layers'>,
  { feeds, buckets }: Read,
  lineage: Lineage,
): Found {
  const { advisoriesOf, factsOf } = recordsOf(feeds, buckets);
  const { matches, gaps } = matchPackages(packages, advisoriesOf);
  const diffIds = layers.map(({ diffId }) => diffId);
  const bringerOf = bringers(lineage, diffIds);
  const findings = matches.map((match) => ({
    ...enrich(match, factsOf),
    inheritedFrom: bringerOf(match.package.layer)?.image ?? null,
  }));
  return { findings, gaps };
}
