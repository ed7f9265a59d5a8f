/**
 * Makes the next version of one feed from what was gathered, and stores it where nobody looks yet.
 *
 * - KEV and EPSS are wholes of a day: they replace what is held, unless that is of a later day.
 * - Advisories that claim to be complete, and bundles, replace what is held.
 * - All else is merged with what is held, and what was answered for stays answered for: as of the
 *   date of that answer, since three newer records don't make the rest of the feed newer.
 */
import { epssModelOf } from '../../core/advisories/epss.ts';
import type { Completeness, Feed, HeldFeed } from '../../core/advisories/feed.ts';
import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { StoredPointer } from './feed-items.ts';
import type { Gathering } from './gathering.ts';
import { storeBuckets } from './store-buckets.ts';
import { storeMerged } from './store-merged.ts';

export interface PreparedFeed extends HeldFeed {
  readonly outcome: 'new' | 'replaced' | 'merged' | 'unchanged';
  /** What was held; null where nothing was. */
  readonly before: Feed | null;
  readonly pointer: StoredPointer | null;
}

interface Preparing {
  readonly gathering: Gathering;
  /** What is held by that id. */
  readonly pointer: StoredPointer | null;
  /** What the import answers for; null where nobody says. */
  readonly claims: readonly Completeness[] | null;
  /** The date that a person gives (ISO 8601); null where none. */
  readonly date: string | null;
  readonly source: string;
  /** Also where it is older than what is held. */
  readonly evenOlder: boolean;
  /** See `Feed.index`. */
  readonly indexed: boolean;
}

/** @throws CavendishError `bad-input` where it is older than a whole that is held, or has no date */
export async function prepareFeed(preparing: Preparing, evidence: EvidenceStore): Promise<PreparedFeed> {
  const { gathering, pointer, claims, source, indexed } = preparing;
  const { id, kind, whole } = gathering;
  const before = pointer === null ? null : await readDocument<Feed>(evidence, pointer.hash, `feed ${id}`);
  const merged = whole === null && claims === null ? before : null;

  const date = dateOf(preparing, merged);
  if (whole !== null && before !== null && date < before.date && !preparing.evenOlder)
    throw older(preparing, before, date);

  const feed: Feed = {
    schemaVersion: 1,
    id,
    kind,
    date,
    completeFor: claims ?? merged?.completeFor ?? [],
    source: merged === null ? source : `${source}, merged with what was held`,
    modelVersion: kind === 'epss' ? (gathering.modelVersion ?? epssModelOf(date)) : null,
    ...(merged === null
      ? await storeBuckets(gathering, evidence, indexed)
      : await storeMerged(merged, gathering, evidence, indexed)),
  };
  if (before !== null && pointer !== null && isSame(feed, before)) {
    return { feed: before, hash: pointer.hash, outcome: 'unchanged', before, pointer };
  }
  const hash = await evidence.put(canonicalBytes(feed));
  return { feed, hash, outcome: before === null ? 'new' : merged === null ? 'replaced' : 'merged', before, pointer };
}

/** Before what is held is merged: the newest record is the newest of the import. */
function dateOf({ gathering, date }: Preparing, merged: Feed | null): string {
  const answered = merged !== null && merged.completeFor.length > 0 ? merged.date : null;
  const newest = merged !== null && merged.date > gathering.newest ? merged.date : gathering.newest;
  const found = date ?? gathering.declared ?? answered ?? (newest === '' ? null : newest);
  if (found !== null) return found;
  throw new CavendishError(
    'bad-input',
    `${gathering.whole ?? `feed ${gathering.id}`} does not say of which day it is`,
    {
      next: 'Say it with --date: cavendish feeds import --date 2026-08-16 PATH',
    },
  );
}

function older({ gathering }: Preparing, before: Feed, date: string): CavendishError {
  return new CavendishError(
    'bad-input',
    `${gathering.whole ?? gathering.id} is of ${date}, older than the ${gathering.kind.toUpperCase()} that is held, of ${before.date}`,
    { next: 'What is held stays. Import a newer file; see what is held with: cavendish feeds' },
  );
}

/** The same but for where it came from. */
function isSame(feed: Feed, before: Feed): boolean {
  const bytes = (one: Feed): string => new TextDecoder().decode(canonicalBytes({ ...one, source: '' }));
  return bytes(feed) === bytes(before);
}
