/** Long lists, asked for page by page: no answer grows with what is held. */
import { z } from 'zod';

/** Rows that one answer holds at most. */
export const MOST_ROWS = 1000;

/** For the input of an operation that answers with pages. */
export const pageSchema = {
  limit: z.int().min(1).max(MOST_ROWS),
  /** What `next` of the page before said; null: from the beginning. */
  after: z.string().min(1).max(4096).nullable(),
};

export interface Paging {
  readonly limit: number;
  readonly after: string | null;
}

export interface Rows<T> {
  readonly rows: readonly T[];
  /** Give it as `after` for the next page; null at the end. */
  readonly next: string | null;
}

/**
 * A page of rows that are all in hand, in the order of their keys, which tell them apart. What comes and goes between
 * two pages moves none of the others.
 */
export function pageOf<T>(all: readonly T[], keyOf: (row: T) => string, { limit, after }: Paging): Rows<T> {
  const keyed = all.map((row) => ({ row, key: keyOf(row) })).filter(({ key }) => after === null || key > after);
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const page = keyed.slice(0, limit);
  return { rows: page.map(({ row }) => row), next: keyed.length > limit ? (page.at(-1)?.key ?? null) : null };
}
