/** A person's word on what was set aside: it is held after all, or it never is. Who said so and why stays with it. */
import type { Feed } from '../../core/advisories/feed.ts';
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import { hexOf } from '../../core/image/digest.ts';
import { readPointer } from '../feeds/feed-items.ts';
import { holdFeeds } from '../feeds/hold-feeds.ts';
import { listQuarantined, putAgain, type StoredQuarantined } from '../feeds/quarantine-items.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export interface Word {
  /** The id of the feed. */
  readonly feed: string;
  /** The beginning of the hash that was inspected, without `sha256:`; null for what could not be read. */
  readonly version: string | null;
  readonly by: string;
  readonly why: string;
  readonly at: Date;
}

interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

/**
 * What was set aside becomes the held version, in one commit with the word on it.
 *
 * @throws CavendishError `not-found` where nothing of the feed is set aside; `wrong-use` where it could not be read;
 *   `conflict` where something else is held since it was compared
 */
export async function releaseQuarantined(word: Word, { register, evidence }: Stores): Promise<StoredQuarantined> {
  const aside = await openOf(word, register);
  if (aside.hash === null) {
    throw new CavendishError('wrong-use', `what came of ${word.feed} could not be read: there is nothing to hold`, {
      next: 'Reject it, or wait for the next: cavendish feeds refresh',
    });
  }
  const pointer = await readPointer(register, word.feed);
  if ((pointer?.hash ?? null) !== aside.before) throw overtaken(word.feed);
  const feed = await readDocument<Feed>(evidence, aside.hash, `feed ${word.feed}`);
  const outcome = pointer === null ? 'new' : 'replaced';
  const settled = settlement('released', word);
  await holdFeeds([{ feed, hash: aside.hash, pointer, outcome }], word.at.toISOString(), register, [
    putAgain(aside, settled),
  ]);
  return { ...aside, ...settled };
}

/** It stays set aside for good, and is not told again. @throws CavendishError `not-found`, `conflict` */
export async function rejectQuarantined(
  word: Word,
  { register }: Pick<Stores, 'register'>,
): Promise<StoredQuarantined> {
  const aside = await openOf(word, register);
  const settled = settlement('rejected', word);
  try {
    await register.commit({ puts: [putAgain(aside, settled)] });
  } catch (error) {
    if (!isCavendishError(error, 'conflict')) throw error;
    throw overtaken(word.feed);
  }
  return { ...aside, ...settled };
}

/** At most one of a feed waits for a word, and the word is on what was inspected: another may have come meanwhile. */
async function openOf({ feed, version }: Word, register: RegisterStore): Promise<StoredQuarantined> {
  const open = (await listQuarantined(register, feed)).find(({ state }) => state === 'held');
  if (open === undefined) {
    throw new CavendishError('not-found', `nothing of ${feed} is set aside`, {
      next: 'See what is: cavendish feeds inspect',
    });
  }
  if (
    open.hash === null ? version === null : version !== null && version !== '' && hexOf(open.hash).startsWith(version)
  )
    return open;
  if (version !== null) throw overtaken(feed);
  throw new CavendishError('wrong-use', `it is not said which version of ${feed} the word is on`, {
    next: `See it, and name its hash: cavendish feeds inspect ${feed}`,
  });
}

function settlement(state: 'released' | 'rejected', { by, why, at }: Word) {
  return { state, by, why, settledAt: at.toISOString() } as const;
}

function overtaken(feed: string): CavendishError {
  return new CavendishError('conflict', `something else of ${feed} came since this was set aside`, {
    next: `See how it stands: cavendish feeds inspect ${feed}; fetch what is published now: cavendish feeds refresh`,
  });
}
