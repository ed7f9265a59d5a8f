/**
 * The register's items about feeds: which version of each is held, and which were.
 *
 * A feed changes by its item: one put, on the condition that it is what was read, so that nothing
 * is ever seen half imported. Each version that was held stays in the feed's history.
 */
import { z } from 'zod';

import { type Feed, FEED_KINDS, type HeldFeed } from '../../core/advisories/feed.ts';
import type { Digest } from '../../core/image/digest.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import type { Item, Key, Put, RegisterStore, StoredItem } from '../ports/register-store.ts';

const PARTITION = 'FEEDS';
const PREFIX = 'FEED#';

const pointer = z.object({ id: z.string(), kind: z.enum(FEED_KINDS), hash: digestSchema });

const version = z.object({ hash: digestSchema, date: z.string(), before: digestSchema.nullable() });

/** A version that was held, and the one that it replaced; null where it was the first. */
export type FeedVersion = Readonly<z.output<typeof version>>;

/** Which version of a feed is held. */
export type FeedPointer = Readonly<z.output<typeof pointer>>;

export interface StoredPointer extends FeedPointer {
  /** The version of the item. */
  readonly version: number;
}

export async function readPointer(register: RegisterStore, id: string): Promise<StoredPointer | null> {
  const item = await register.get(keyOf(id));
  return item === null ? null : pointerOf(item);
}

/** In the order of their id. */
export async function readPointers(register: RegisterStore): Promise<readonly StoredPointer[]> {
  const pointers: StoredPointer[] = [];
  let after: string | undefined;
  do {
    const page = await register.query({ pk: PARTITION, beginsWith: PREFIX, ...(after !== undefined && { after }) });
    pointers.push(...page.items.map(pointerOf));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return pointers;
}

/** Puts a version in the place of the one that was read. */
export function pointTo({ feed, hash }: HeldFeed, before: StoredPointer | null, at: string): Put {
  return {
    item: { ...keyOf(feed.id), body: bodyOf(feed, hash, at) },
    when: before === null ? 'absent' : { version: before.version },
  };
}

export function historyOf({ feed, hash }: HeldFeed, before: StoredPointer | null, at: string): Item {
  return {
    pk: `${PREFIX}${feed.id}`,
    sk: `HISTORY#${at}#${hash}`,
    body: { ...bodyOf(feed, hash, at), before: before?.hash ?? null },
  };
}

/** The versions that were held, the oldest first. */
export async function readHistory(register: RegisterStore, id: string): Promise<readonly FeedVersion[]> {
  const versions: FeedVersion[] = [];
  let after: string | undefined;
  do {
    const page = await register.query({
      pk: `${PREFIX}${id}`,
      beginsWith: 'HISTORY#',
      ...(after !== undefined && { after }),
    });
    versions.push(...page.items.map(({ body }) => version.parse(body)));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return versions;
}

function bodyOf({ id, kind, date, count, source, modelVersion }: Feed, hash: Digest, at: string) {
  return { id, kind, hash, date, count, source, modelVersion, importedAt: at };
}

function keyOf(id: string): Key {
  return { pk: PARTITION, sk: `${PREFIX}${id}` };
}

function pointerOf({ body, version }: StoredItem): StoredPointer {
  return { ...pointer.parse(body), version };
}
