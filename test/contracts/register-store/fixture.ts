/** What the parts of the contract share: an open store for each test, and items to put into it. */
import { afterEach, beforeEach, expect } from '@jest/globals';

import { sizeItem } from '../../../lib/pipeline/ports/register-limits.ts';
import type {
  Item,
  OutboxEntry,
  Query,
  RegisterStore,
  StoredItem,
} from '../../../lib/pipeline/ports/register-store.ts';
import type { WorkQueue } from '../../../lib/pipeline/ports/work-queue.ts';

export interface OpenedRegister {
  readonly register: RegisterStore;
  /** The outbox of the same store. */
  readonly work: WorkQueue;
  /** Waits until the indexes show what was committed. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const NOW = new Date('2026-11-23T00:00:00Z');

/** One of each length in UTF-8, and the places where UTF-16 order differs from it. */
export const UNICODE = ['!', 'A', 'a', 'z', '\u007f', 'é', 'ÿ', '\u0800', 'ﬀ', '\uffff', '😀', '\u{10ffff}'];

export function anItem(sk: string, body: Item['body'] = {}, pk = 'P'): Item {
  return { pk, sk, body };
}

export function anEntry(id: string, type = 'judge'): OutboxEntry {
  return { id, type, body: { of: id } };
}

/** An item that counts as exactly so many bytes. */
export function anItemOf(size: number, sk: string, pk = 'P'): Item {
  const least = sizeItem(anItem(sk, { text: '' }, pk)).size;
  return anItem(sk, { text: 'x'.repeat(size - least) }, pk);
}

export async function allOf(register: RegisterStore, query: Query): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await register.query(after === undefined ? query : { ...query, after });
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

export type OpenRegister = () => Promise<OpenedRegister>;

export interface StoreInUse {
  readonly register: RegisterStore;
  readonly work: WorkQueue;
  settle(): Promise<void>;
  /** Puts items that are absent, in one commit. */
  put(...items: readonly Item[]): Promise<void>;
}

/** Opens a new store for each test, and closes it after. */
export function useRegister(open: OpenRegister): StoreInUse {
  let store: OpenedRegister;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());
  return {
    get register() {
      return store.register;
    },
    get work() {
      return store.work;
    },
    settle: () => store.settle(),
    put: (...items) => store.register.commit({ puts: items.map((item) => ({ item, when: 'absent' })) }),
  };
}

export function keysOf(items: readonly StoredItem[]): string[] {
  return items.map(({ sk }) => sk);
}

export function errorWith(code: string): unknown {
  return expect.objectContaining({ code });
}
