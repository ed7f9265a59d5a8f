/**
 * What was set aside: a version of a feed that is stored and not held, or an arrival that could not even be read.
 *
 * Nothing of it is edited but its state, and who settled it and why stays with it.
 */
import { z } from 'zod';

import type { HeldFeed } from '../../core/advisories/feed.ts';
import { QUARANTINE_REASONS, type QuarantineReason } from '../../core/advisories/quarantine.ts';
import { contentId } from '../../core/canonical/canonical.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { QUARANTINE_PARTITION, quarantineKey } from '../../core/register/index-keys.ts';
import type { Key, Put, RegisterStore, StoredItem } from '../ports/register-store.ts';

const quarantined = z.object({
  feed: z.string(),
  /** The version that was set aside; null where the arrival could not be read. */
  hash: digestSchema.nullable(),
  /** What was held then; null where nothing was. */
  before: digestSchema.nullable(),
  reasons: z.array(z.object({ kind: z.enum(QUARANTINE_REASONS), message: z.string() })).readonly(),
  at: z.string(),
  source: z.string(),
  /** `overtaken`: a later arrival could be believed, or was set aside in its place. */
  state: z.enum(['held', 'released', 'rejected', 'overtaken']),
  /** When people were told of it; null where they are to be. */
  toldAt: z.string().nullable(),
  by: z.string().nullable(),
  why: z.string().nullable(),
  settledAt: z.string().nullable(),
});

export type Quarantined = Readonly<z.output<typeof quarantined>>;

export interface StoredQuarantined extends Quarantined {
  /** Its sort key. */
  readonly key: string;
  readonly version: number;
}

export interface Arrived {
  readonly feed: string;
  readonly hash: HeldFeed['hash'] | null;
  readonly before: HeldFeed['hash'] | null;
  readonly reasons: readonly QuarantineReason[];
  /** ISO 8601. */
  readonly at: string;
  readonly source: string;
}

/** The same arrival has the same key: it is set aside, and told, once. */
export function arrivalKey({
  feed,
  hash,
  reasons,
  source,
}: Pick<Arrived, 'feed' | 'hash' | 'reasons' | 'source'>): string {
  return quarantineKey(feed, hash ?? contentId([source, reasons])).sk;
}

export async function readQuarantined(register: RegisterStore, sk: string): Promise<StoredQuarantined | null> {
  const item = await register.get(keyOf(sk));
  return item === null ? null : read(item);
}

/** All that was ever set aside of a feed, or of all feeds: by feed. */
export async function listQuarantined(register: RegisterStore, feed?: string): Promise<readonly StoredQuarantined[]> {
  const found: StoredQuarantined[] = [];
  let after: string | undefined;
  do {
    const page = await register.query({
      pk: QUARANTINE_PARTITION,
      ...(feed !== undefined && { beginsWith: `${feed}#` }),
      ...(after !== undefined && { after }),
    });
    found.push(...page.items.map(read));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

export function putArrived(arrived: Arrived, toldAt: string | null): Put {
  const open = { state: 'held', toldAt, by: null, why: null, settledAt: null } as const;
  return { item: { ...keyOf(arrivalKey(arrived)), body: { ...arrived, ...open } }, when: 'absent' };
}

/** Puts it again with some members changed, where it still is what was read. */
export function putAgain({ key, version, ...body }: StoredQuarantined, changed: Partial<Quarantined>): Put {
  return { item: { ...keyOf(key), body: { ...body, ...changed } }, when: { version } };
}

function keyOf(sk: string): Key {
  return { pk: QUARANTINE_PARTITION, sk };
}

function read({ sk, body, version }: StoredItem): StoredQuarantined {
  return { ...quarantined.parse(body), key: sk, version };
}
