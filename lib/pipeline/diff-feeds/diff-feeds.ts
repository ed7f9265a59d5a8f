/** What changed between two versions of a feed that are, or were, held or set aside. */
import type { HeldFeed } from '../../core/advisories/feed.ts';
import { type DiffSide, type FeedDiff, startDiff } from '../../core/advisories/feed-diff.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { changedBuckets } from '../feeds/changed-buckets.ts';
import { readHistory, readPointer } from '../feeds/feed-items.ts';
import { listQuarantined } from '../feeds/quarantine-items.ts';
import { storedIntelligence } from '../feeds/stored-intelligence.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Versions } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export interface DiffAsked {
  readonly feed: string;
  /** The beginning of a version's hash, without `sha256:`; null: the version before. */
  readonly from: string | null;
  /** Null: the version that is held. */
  readonly to: string | null;
  /** Changes that are shown of each kind; all are counted. */
  readonly most: number;
}

interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

/** @throws CavendishError `not-found` where there is no such feed or version, or its evidence expired; `bad-input` where a hash is meant for several */
export async function diffFeed({ feed, from, to, most }: DiffAsked, stores: Stores): Promise<FeedDiff> {
  const versions = await versionsOf(feed, stores.register);
  const after = to === null ? await heldOf(feed, stores.register) : versionNamed(feed, to, versions);
  const before = from === null ? (versions.get(after) ?? null) : versionNamed(feed, from, versions);
  const held = storedIntelligence(stores.register, stores.evidence);
  const was = before === null ? null : await held.version(before);
  return await diffVersions(was, await held.version(after), most, held);
}

/** @param from - null where nothing was held */
async function diffVersions(from: HeldFeed | null, to: HeldFeed, most: number, versions: Versions): Promise<FeedDiff> {
  const { id, kind } = to.feed;
  const fold = startDiff(kind, [from?.feed.modelVersion ?? null, to.feed.modelVersion]);
  const records = async (bucket: Digest | null): Promise<readonly unknown[]> =>
    bucket === null ? [] : await versions.records(bucket);
  for await (const { before, after } of changedBuckets(from, to, versions)) {
    fold.add(await records(before), await records(after));
  }
  return { feed: id, kind, from: from === null ? null : sideOf(from), to: sideOf(to), groups: fold.groups(most) };
}

/** Version → the one before it, of all that were held or set aside. */
async function versionsOf(feed: string, register: RegisterStore): Promise<ReadonlyMap<Digest, Digest | null>> {
  const versions = new Map<Digest, Digest | null>();
  for (const { hash, before } of await listQuarantined(register, feed)) if (hash !== null) versions.set(hash, before);
  // The last time that a version became the held one counts.
  for (const { hash, before } of await readHistory(register, feed)) versions.set(hash, before);
  return versions;
}

async function heldOf(feed: string, register: RegisterStore): Promise<Digest> {
  const pointer = await readPointer(register, feed);
  if (pointer !== null) return pointer.hash;
  throw new CavendishError('not-found', `no feed ${feed} is held`, { next: 'See what is held: cavendish feeds' });
}

function versionNamed(feed: string, start: string, versions: ReadonlyMap<Digest, unknown>): Digest {
  const hex = start.replace(/^sha256:/u, '');
  const found = [...versions.keys()].filter((hash) => hash.startsWith(`sha256:${hex}`));
  const [one] = found;
  if (one !== undefined && found.length === 1) return one;
  if (one === undefined) throw new CavendishError('not-found', `no version of ${feed} begins with ${hex}`);
  throw new CavendishError(
    'bad-input',
    `${String(found.length)} versions of ${feed} begin with ${hex}: say more of it`,
  );
}

function sideOf({ feed: { date, count, modelVersion }, hash }: HeldFeed): DiffSide {
  return { hash, date, count, modelVersion };
}
