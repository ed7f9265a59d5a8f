/**
 * Names that the register's table and the code that reads it agree on.
 *
 * They are written into stored items: a change of one is a migration of data.
 */

/** Attributes of the table's own key. */
export const TABLE_KEY = { partition: 'pk', sort: 'sk' } as const;

/**
 * The indexes, by the name that the store port gives them, and the attributes of their keys. An
 * item without these attributes is not in the index.
 */
export const TABLE_INDEXES = {
  board: { partition: 'boardPk', sort: 'boardSk' },
} as const;

/**
 * The outbox in the same table: one item an entry. The stream's filter passes on the INSERT of items
 * with that sort key.
 */
export const OUTBOX = { partitionPrefix: 'OUTBOX#', sort: 'ENTRY' } as const;

/** Attributes of an outbox entry's item that the stream shows, its key apart. */
export const OUTBOX_ATTRIBUTES = { type: 'type', body: 'body' } as const;

/**
 * The index of what waits in the outbox, and of what was set aside; entries that are done are not in
 * it. Its sort key is a number (lib/adapters/aws/register/order.ts).
 */
export const DUE_INDEX = {
  name: 'due',
  partition: 'duePk',
  sort: 'dueOrder',
  /** What it shows of an entry, keys apart. */
  attributes: ['type', 'due', 'cause'],
} as const;
