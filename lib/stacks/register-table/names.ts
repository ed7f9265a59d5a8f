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
