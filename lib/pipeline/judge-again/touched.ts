/**
 * Whether feeds that changed since a verdict was made touch it: the buckets that it read, the records about
 * its findings, the gaps that it rests on. What is not touched needs no other judgement.
 *
 * The verdict is compared with the feeds that are held now, not with those of the cause: so it does not
 * matter which of two causes comes first, or whether one comes twice.
 */
import { cveBucket, epssBucket, KEV_BUCKET, shardOf } from '../../core/advisories/bucket.ts';
import type { FeedKind, HeldFeed } from '../../core/advisories/feed.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { type Assessment, RULES_VERSION } from '../../core/register/assessment.ts';
import { changedRecords } from '../feeds/changed-buckets.ts';
import type { Versions } from '../ports/intelligence.ts';
import { isUnsettled } from '../record-assessment/unsettled.ts';
import { isOvertaken, isShaken } from './reach.ts';

/** @param at - ISO 8601: the instant of the judgement that would follow */
export async function isTouched(assessment: Assessment, at: string, versions: Versions): Promise<boolean> {
  const held = await versions.feeds();
  const used = new Map(assessment.feeds.map(({ id, hash }) => [id, hash]));
  const changed = held.filter(({ feed, hash }) => used.get(feed.id) !== hash);
  if (changed.length === 0) return held.length !== used.size;
  if (assessment.rulesVersion !== RULES_VERSION || isUnsettled(assessment)) return true;
  try {
    for (const after of changed) {
      const hash = used.get(after.feed.id);
      const before = hash === undefined ? null : await versions.version(hash);
      if (await isTouchedBy({ before, after, held, at }, assessment, versions)) return true;
    }
    return false;
  } catch (error) {
    // What it was judged by has expired: nobody can say what is different.
    if (!isCavendishError(error, 'not-found')) throw error;
    return true;
  }
}

interface Change {
  readonly before: HeldFeed | null;
  readonly after: HeldFeed;
  readonly held: readonly HeldFeed[];
  readonly at: string;
}

async function isTouchedBy(
  { before, after, held, at }: Change,
  assessment: Assessment,
  versions: Versions,
): Promise<boolean> {
  const { id, kind } = after.feed;
  if (isShaken(before?.feed ?? null, after.feed, at)) return true;
  if (kind === 'advisories') return await readsOtherBuckets(after, assessment, versions);
  const others = held.filter(({ feed }) => feed.kind === kind && feed.id !== id);
  if (others.some(({ feed }) => isOvertaken(before?.feed ?? null, after.feed, feed))) return true;
  return await findsOtherRecords({ before, after, kind }, assessment, versions);
}

/** A feed that is new may hold buckets of packages that were looked up in others. */
async function readsOtherBuckets(after: HeldFeed, { inputs, feeds }: Assessment, versions: Versions): Promise<boolean> {
  const advisories = new Set(feeds.filter(({ kind }) => kind === 'advisories').map(({ id }) => id));
  const read = inputs.buckets.filter(({ feed }) => advisories.has(feed));
  const ofFeed = new Map(read.filter(({ feed }) => feed === after.feed.id).map(({ key, hash }) => [key, hash]));
  for (const key of new Set(read.map((bucket) => bucket.key))) {
    if ((await hashIn(after, key, versions)) !== (ofFeed.get(key) ?? null)) return true;
  }
  return false;
}

async function findsOtherRecords(
  { before, after, kind }: Pick<Change, 'before' | 'after'> & { readonly kind: FeedKind },
  { findings }: Assessment,
  versions: Versions,
): Promise<boolean> {
  const names = new Set(findings.flatMap(({ vulnerability, aliases }) => [vulnerability, ...aliases]));
  const byKey = Map.groupBy(names, (name) => bucketOf(kind, name));
  for (const [key, asked] of byKey) {
    if (key === null) continue;
    const bucket = {
      before: before === null ? null : await hashIn(before, key, versions),
      after: await hashIn(after, key, versions),
    };
    if (bucket.before === bucket.after) continue;
    const changed = new Set(await changedRecords(bucket, versions));
    if (asked.some((name) => changed.has(name))) return true;
  }
  return false;
}

function bucketOf(kind: FeedKind, name: string): string | null {
  if (kind === 'kev') return KEV_BUCKET;
  return kind === 'cve' ? cveBucket(name) : epssBucket(name);
}

async function hashIn(held: HeldFeed, key: string, versions: Versions): Promise<Digest | null> {
  const buckets = await versions.shard(held, shardOf(key));
  return Object.hasOwn(buckets, key) ? (buckets[key] ?? null) : null;
}
