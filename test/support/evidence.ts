/** All that a judgement rests on, for tests: packages, and the records that feeds of every kind hold about them. */
import { advisoryBucket, cveBucket, epssBucket, KEV_BUCKET } from '../../lib/core/advisories/bucket.ts';
import type { Completeness, Feed, FeedKind, HeldFeed } from '../../lib/core/advisories/feed.ts';
import type { CveRecord, EpssRecord, KevRecord, OsvRecord } from '../../lib/core/advisories/records.ts';
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { NO_LINEAGE } from '../../lib/core/lineage/lineage.ts';
import { type JudgedEvidence, NO_HISTORY, type ReadBucket } from '../../lib/core/register/judged-evidence.ts';
import type { Gap } from '../../lib/core/sbom/gap.ts';
import type { Package } from '../../lib/core/sbom/inventory.ts';
import { anAppetiteFile, AT } from './appetites.ts';
import { aDigest } from './assessments.ts';

/** A feed with one record, fresh at {@link AT}. */
export function aFeed(kind: FeedKind, given: Partial<Feed> = {}): HeldFeed {
  const feed: Feed = {
    schemaVersion: 1,
    id: kind,
    kind,
    date: '2026-11-22T00:00:00.000Z',
    count: 1,
    completeFor: [],
    source: 'a test',
    modelVersion: kind === 'epss' ? 'v5' : null,
    shards: {},
    ...given,
  };
  return { feed, hash: aDigest(`feed ${feed.id}`) };
}

export const ALL_OF_DEBIAN: readonly Completeness[] = [{ ecosystem: 'Debian:12', packages: 'all' }];

interface Held {
  readonly advisories: readonly OsvRecord[];
  readonly cve: readonly CveRecord[];
  readonly kev: readonly KevRecord[];
  readonly epss: readonly EpssRecord[];
}

/** The buckets in which a feed of a kind has its records, by their keys. */
export function bucketsOf<K extends FeedKind>(feed: string, kind: K, records: Held[K]): readonly ReadBucket[] {
  const byKey = new Map<string, unknown[]>();
  for (const record of records) {
    for (const key of new Set(keysOf(kind, record))) byKey.set(key, [...(byKey.get(key) ?? []), record]);
  }
  return [...byKey].map(([key, found]) => ({ feed, key, hash: aDigest(`bucket ${key}`), records: found }));
}

function keysOf(kind: FeedKind, record: Held[FeedKind][number]): readonly string[] {
  if (kind === 'kev') return [KEV_BUCKET];
  if (kind === 'cve') return [cveBucket(record.id) ?? ''];
  if (kind === 'epss') return [epssBucket(record.id) ?? ''];
  return 'affected' in record ? record.affected.map(({ ecosystem, name }) => advisoryBucket(ecosystem, name)) : [];
}

interface GivenEvidence extends Partial<Held> {
  readonly packages?: readonly Package[];
  /** Gaps of the scan. */
  readonly gaps?: readonly Gap[];
  /** What the advisories answer for; all of Debian 12 where not given. */
  readonly completeFor?: readonly Completeness[];
  /** The text of the appetite. */
  readonly appetite?: string;
  readonly overrides?: Partial<JudgedEvidence>;
}

/** An image for production, in a repository that no asset names, with fresh feeds of every kind. */
export function anEvidence(given: GivenEvidence = {}): JudgedEvidence {
  const { packages = [], gaps = [], advisories = [], cve = [], kev = [], epss = [] } = given;
  const { completeFor = ALL_OF_DEBIAN, appetite = anAppetiteFile(), overrides = {} } = given;
  const image = aDigest('image');
  return {
    image: { digest: image, reference: 'team/app:1.0', platform: { os: 'linux', architecture: 'amd64' } },
    placement: null,
    repository: 'team/app',
    stage: { name: 'production', from: 'given' },
    at: AT,
    scan: {
      inventory: {
        schemaVersion: 1,
        scanner: { name: 'a test', version: '1' },
        image,
        created: '2026-11-13T00:00:00.000Z',
        distribution: { id: 'debian', versionId: '12', codename: 'bookworm', name: 'Debian 12' },
        layers: [...new Set(packages.map(({ layer }) => layer))].map((diffId) => ({
          ...{ diffId, digest: diffId, createdBy: null },
        })),
        packages,
        gaps,
      },
      hash: aDigest('inventory'),
    },
    feeds: [aFeed('advisories', { completeFor }), aFeed('cve'), aFeed('epss'), aFeed('kev')],
    buckets: [
      ...bucketsOf('advisories', 'advisories', advisories),
      ...bucketsOf('cve', 'cve', cve),
      ...bucketsOf('epss', 'epss', epss),
      ...bucketsOf('kev', 'kev', kev),
    ],
    appetite: { hash: aDigest(appetite), source: 'a test', value: parseAppetite(appetite, 'a test') },
    firstSeen: {},
    lineage: NO_LINEAGE,
    exceptions: [],
    history: NO_HISTORY,
    opinions: [],
    ...overrides,
  };
}
