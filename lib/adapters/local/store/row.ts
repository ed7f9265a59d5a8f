/** An item as a row of the table `items`. */
import type { Sized } from '../../../pipeline/ports/register-limits.ts';
import type { Body, Item, StoredItem } from '../../../pipeline/ports/register-store.ts';

export interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly version: number;
  /** Canonical JSON: equal bodies are equal texts. */
  readonly body: string;
  readonly size: number;
  readonly board_pk: string | null;
  readonly board_sk: string | null;
}

export function rowOf({ pk, sk, indexes }: Item, { text, size }: Sized, version: number): Row {
  const board = indexes?.board;
  return { pk, sk, version, body: text, size, board_pk: board?.pk ?? null, board_sk: board?.sk ?? null };
}

export function itemOf({ pk, sk, version, body, board_pk, board_sk }: Row): StoredItem {
  const item = { pk, sk, version, body: JSON.parse(body) as Body };
  return board_pk === null || board_sk === null
    ? item
    : { ...item, indexes: { board: { pk: board_pk, sk: board_sk } } };
}
