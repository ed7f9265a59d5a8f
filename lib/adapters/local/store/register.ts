/** The register store on SQLite: a query is a range of a B-tree, a commit is a transaction. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

import { CavendishError } from '../../../core/errors/error.ts';
import { checkKey, LIMITS, sizeCommit, type Sized } from '../../../pipeline/ports/register-limits.ts';
import { cursorAfter } from '../../../pipeline/ports/register-pages.ts';
import type {
  Commit,
  Item,
  Key,
  OutboxEntry,
  Page,
  Put,
  Query,
  RegisterStore,
  StoredItem,
} from '../../../pipeline/ports/register-store.ts';
import { selectRows } from './page.ts';
import { itemOf, type Row, rowOf } from './row.ts';
import { inTransaction } from './transaction.ts';

/** Runs work on the file, and says in Cavendish's words what went wrong. */
export type Guard = <T>(work: () => T) => T;

function conflict(key: Key, why: string): CavendishError {
  return new CavendishError('conflict', `${key.pk} ${key.sk} ${why}`);
}

function named(version: number | undefined): string {
  return version === undefined ? 'absent' : `version ${version}`;
}

export function localRegister(db: DatabaseSync, guard: Guard): RegisterStore {
  const read = db.prepare('SELECT * FROM items WHERE pk = ? AND sk = ?');
  const write = db.prepare(
    `INSERT INTO items (pk, sk, version, body, size, board_pk, board_sk)
     VALUES (:pk, :sk, :version, :body, :size, :board_pk, :board_sk)
     ON CONFLICT (pk, sk) DO UPDATE SET version = excluded.version, body = excluded.body, size = excluded.size,
       board_pk = excluded.board_pk, board_sk = excluded.board_sk`,
  );
  const offer = db.prepare(
    `INSERT INTO outbox (id, type, body) SELECT :id, :type, :body
     WHERE NOT EXISTS (SELECT 1 FROM outbox_done WHERE id = :id)
     ON CONFLICT (id) DO NOTHING`,
  );
  const queries = new Map<string, StatementSync>();

  function find({ pk, sk }: Key): Row | undefined {
    return read.get(pk, sk) as Row | undefined;
  }

  function put({ item, when }: Put, sized: Sized): void {
    const held = find(item)?.version;
    const expected = when === 'absent' ? undefined : when.version;
    if (held !== expected) throw conflict(item, `is ${named(held)}, not ${named(expected)}`);
    write.run({ ...rowOf(item, sized, (held ?? 0) + 1) });
  }

  function append(item: Item, sized: Sized): void {
    const held = find(item);
    const row = rowOf(item, sized, 1);
    if (held === undefined) write.run({ ...row });
    else if (held.body !== row.body || held.board_pk !== row.board_pk || held.board_sk !== row.board_sk) {
      throw conflict(item, 'is history, and says something else');
    }
  }

  function commitAll(commit: Commit): void {
    const { puts, history = [], outbox = [] } = commit;
    const sized = sizeCommit(commit);
    const pairs = <T>(things: readonly T[], sizes: readonly Sized[], each: (thing: T, size: Sized) => void): void => {
      for (const [place, size] of sizes.entries()) each(things[place] as T, size);
    };
    inTransaction(db, () => {
      pairs<Put>(puts, sized.puts, put);
      pairs<Item>(history, sized.history, append);
      pairs<OutboxEntry>(outbox, sized.outbox, ({ id, type }, { text }) => offer.run({ id, type, body: text }));
    });
  }

  function page(query: Query): Page {
    const { sql, values } = selectRows(query);
    const statement = queries.get(sql) ?? db.prepare(sql);
    queries.set(sql, statement);

    const items: StoredItem[] = [];
    let size = 0;
    for (const row of statement.iterate(...values) as Iterable<Row>) {
      const last = items.at(-1);
      size += row.size;
      if (last !== undefined && (items.length === query.limit || size > LIMITS.page)) {
        const sortKey = query.index === undefined ? last.sk : last.indexes?.[query.index]?.sk;
        return { items, next: cursorAfter(query, [sortKey ?? '', last.pk, last.sk]) };
      }
      items.push(itemOf(row));
    }
    return { items, next: null };
  }

  return {
    async get(key) {
      checkKey(key);
      return guard(() => {
        const row = find(key);
        return row === undefined ? null : itemOf(row);
      });
    },
    async query(query) {
      return guard(() => page(query));
    },
    async commit(commit) {
      guard(() => commitAll(commit));
    },
  };
}
