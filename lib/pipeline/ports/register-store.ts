/**
 * Where the register lies: items by key, read one by one or by range, written all or nothing.
 *
 * Narrow on purpose, and with DynamoDB's limits everywhere (register-limits.ts): 400 KB an item,
 * 1 MB a page, 100 items and 4 MB a commit, no key twice in one, 2048 bytes a partition key and
 * 1024 a sort key, in a table as in an index; no key is empty.
 *
 * `get` and a query of the table see every commit that returned before. Indexes are eventually
 * consistent: no rule reads one.
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** JSON, as stored; undefined members are left out. */
export type Body = Readonly<Record<string, unknown>>;

/** Index name → key in it. `board` lists placements by asset. */
export type IndexKeys = Readonly<Partial<Record<IndexName, Key>>>;
export const INDEX_NAMES = ['board'] as const;
export type IndexName = (typeof INDEX_NAMES)[number];

export interface Item extends Key {
  readonly body: Body;
  readonly indexes?: IndexKeys;
}

export interface StoredItem extends Item {
  /** 1 when first put, one more with each put. */
  readonly version: number;
}

/** A put holds only where the item is absent, or where its version is the one that was read. */
export interface Put {
  readonly item: Item;
  readonly when: 'absent' | { readonly version: number };
}

/** Work or a message that must follow from a commit, and can't be lost or come before it. */
export interface OutboxEntry {
  /** Unique for ever: one that was ever put, and be it done since, is not put again. 1024 bytes at most. */
  readonly id: string;
  readonly type: string;
  readonly body: Body;
}

export interface Commit {
  readonly puts: readonly Put[];
  /**
   * Appended, never edited: each is put where absent. One that is there already with the same body
   * and index keys stays as it is, so that a commit may be made again; one that differs is a conflict.
   */
  readonly history?: readonly Item[];
  readonly outbox?: readonly OutboxEntry[];
}

export interface Query {
  /** The partition, of the table or of the index. */
  readonly pk: string;
  readonly index?: IndexName;
  /** Sort keys that begin so; not together with `between`. Keys are in the order of their UTF-8 bytes. */
  readonly beginsWith?: string;
  /** Sort keys in this range, both ends included, the lower first. */
  readonly between?: readonly [string, string];
  readonly order?: 'ascending' | 'descending';
  /** Items a page, 1 or more; a page may end sooner, at 1 MB. */
  readonly limit?: number;
  /** Where the page before ended: what `next` said, for the same query. */
  readonly after?: string;
}

export interface Page {
  readonly items: readonly StoredItem[];
  /** Give it as `after` for the next page, which may be empty; null at the end. */
  readonly next: string | null;
}

export interface RegisterStore {
  get(key: Key): Promise<StoredItem | null>;
  /** @throws CavendishError `bad-input` where the query asks for what DynamoDB refuses, or `after` is not of this query */
  query(query: Query): Promise<Page>;
  /**
   * All or nothing, durable when it returns. An empty one does nothing.
   *
   * @throws CavendishError `conflict` where a condition does not hold, `limit-exceeded` where a
   *   limit is passed, `bad-input` where a key is empty or a body is not JSON, `storage-full` where
   *   there is no space, `unavailable` where the store does not answer
   */
  commit(commit: Commit): Promise<void>;
}
