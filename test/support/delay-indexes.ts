/**
 * A register store whose indexes lag on purpose, as DynamoDB's may: a rule that reads one is found out.
 *
 * An index shows what this handle wrote in its last commits as it was before them; the table is always right.
 */
import type { Key, Query, RegisterStore, StoredItem } from '../../lib/pipeline/ports/register-store.ts';
import { pageOf } from './memory-store.ts';

export interface DelayedRegister extends RegisterStore {
  /** Lets the indexes catch up with everything that was written until now. */
  settle(): void;
}

/** What a commit touched, as it was before. */
type Before = ReadonlyMap<string, StoredItem | null>;

function nameOf({ pk, sk }: Key): string {
  return JSON.stringify([pk, sk]);
}

export function delayIndexes(store: RegisterStore, { commits = 3 } = {}): DelayedRegister {
  /** Those that indexes do not show yet, the oldest first. */
  const unseen: Before[] = [];

  async function everyItem(query: Query): Promise<readonly StoredItem[]> {
    const items: StoredItem[] = [];
    let after: string | null = null;
    do {
      const page = await store.query({
        pk: query.pk,
        ...(query.index === undefined ? {} : { index: query.index }),
        ...(after === null ? {} : { after }),
      });
      items.push(...page.items);
      after = page.next;
    } while (after !== null);
    return items;
  }

  return {
    get: (key) => store.get(key),
    async query(query) {
      if (query.index === undefined) return await store.query(query);
      const shown = new Map((await everyItem(query)).map((item) => [nameOf(item), item]));
      for (const before of unseen.toReversed()) {
        for (const [name, item] of before) {
          if (item === null) shown.delete(name);
          else shown.set(name, item);
        }
      }
      return pageOf([...shown.values()], query);
    },
    async commit(commit) {
      const keys = [...commit.puts.map(({ item }) => item), ...(commit.history ?? [])];
      const before = new Map<string, StoredItem | null>();
      for (const key of keys) before.set(nameOf(key), await store.get(key));
      await store.commit(commit);
      unseen.push(before);
      while (unseen.length > commits) unseen.shift();
    },
    settle() {
      unseen.length = 0;
    },
  };
}
