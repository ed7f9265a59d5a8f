/**
 * The SQLite file of a laptop home: its tables, and how an older file becomes a newer one.
 *
 * `application_id` says that the file is ours, `user_version` how many of the steps below it has
 * taken. A step that was released is never edited; the next one is added after it.
 */
import type { DatabaseSync } from 'node:sqlite';

import { CavendishError } from '../../../core/errors/error.ts';
import { inTransaction } from './transaction.ts';

/** "Cvdh" in ASCII. */
const APPLICATION_ID = 0x43_76_64_68;

/**
 * Text is compared by its UTF-8 bytes (BINARY), as DynamoDB compares keys. `size` is what an item
 * counts as. An outbox entry is due at `due` (milliseconds since 1970): 0 when new, the end of the
 * lease while it is claimed, the instant of the next try after that. `lapsed` counts the leases that ended with
 * no word of their owner. What is done leaves its id.
 */
const STEPS = [
  `CREATE TABLE items (
     pk TEXT NOT NULL,
     sk TEXT NOT NULL,
     version INTEGER NOT NULL,
     body TEXT NOT NULL,
     size INTEGER NOT NULL,
     board_pk TEXT,
     board_sk TEXT,
     PRIMARY KEY (pk, sk)
   ) STRICT;
   CREATE INDEX items_by_board ON items (board_pk, board_sk, pk, sk) WHERE board_pk IS NOT NULL;
   CREATE TABLE outbox (
     place INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     type TEXT NOT NULL,
     body TEXT NOT NULL,
     due INTEGER NOT NULL DEFAULT 0,
     at TEXT,
     attempt INTEGER NOT NULL DEFAULT 0,
     owner TEXT,
     cause TEXT,
     buried INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX outbox_by_due ON outbox (due, place) WHERE buried = 0;
   CREATE TABLE outbox_done (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
  'ALTER TABLE outbox ADD COLUMN lapsed INTEGER NOT NULL DEFAULT 0;',
] as const;

function pragma(db: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/**
 * Looks whether the file is one that this program may touch: its own, not of a newer one, or empty.
 *
 * @throws CavendishError `unsupported` where a newer Cavendish made the file, `bad-input` where it is not ours
 */
export function checkFormat(db: DatabaseSync, file: string): void {
  const empty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (!empty && pragma(db, 'application_id') !== APPLICATION_ID) {
    throw new CavendishError('bad-input', `${file} is an SQLite file of another program`, {
      next: 'Name a folder that Cavendish made, or a new one, with --data.',
    });
  }
  const version = pragma(db, 'user_version');
  if (version > STEPS.length) {
    throw new CavendishError(
      'unsupported',
      `${file} was written by a newer Cavendish (format ${version}; this one reads up to ${STEPS.length})`,
      { next: 'Update Cavendish, or name another folder with --data.' },
    );
  }
}

/** Makes the tables, or takes the steps that an older file lacks. */
export function migrate(db: DatabaseSync): void {
  if (pragma(db, 'user_version') === STEPS.length) return;
  inTransaction(db, () => {
    for (const step of STEPS.slice(pragma(db, 'user_version'))) db.exec(step);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${STEPS.length}`);
  });
}
