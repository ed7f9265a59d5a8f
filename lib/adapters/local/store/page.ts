/** A query as SQL. */
import { askedOf, positionOf } from '../../../pipeline/ports/register-pages.ts';
import type { Query } from '../../../pipeline/ports/register-store.ts';
import { endOfPrefix } from './prefix.ts';

export interface Statement {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Sort keys from here on, and until there; null where there is no end. */
interface Range {
  readonly from: string | null;
  readonly to: string | null;
  readonly endsBefore: boolean;
}

function rangeOf(asked: ReturnType<typeof askedOf>): Range {
  if (asked.of === 'prefix') return { from: asked.prefix, to: endOfPrefix(asked.prefix), endsBefore: true };
  if (asked.of === 'range') return { from: asked.from, to: asked.to, endsBefore: false };
  return { from: null, to: null, endsBefore: false };
}

/**
 * The rows of a query in its order, from where the page before ended, without an end of their own.
 *
 * Where a page goes on, its place takes the place of that end of the range, so that the index is
 * entered there and what was shown is not walked through again.
 *
 * @throws CavendishError `bad-input`, `limit-exceeded`
 */
export function selectRows(query: Query): Statement {
  const { pk, index, order = 'ascending' } = query;
  const asked = askedOf(query);
  const position = positionOf(query, asked);
  const range = rangeOf(asked);

  const ascending = order === 'ascending';
  const [partition, sortKey] = index === undefined ? ['pk', 'sk'] : [`${index}_pk`, `${index}_sk`];
  const conditions = [`${partition} = ?`];
  const values = [pk];
  const where = (condition: string, ...given: readonly string[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  if (position !== null) {
    const sign = ascending ? '>' : '<';
    if (index === undefined) where(`sk ${sign} ?`, position[0]);
    else where(`(${sortKey}, pk, sk) ${sign} (?, ?, ?)`, ...position);
  }
  if (range.from !== null && !(ascending && position !== null)) where(`${sortKey} >= ?`, range.from);
  if (range.to !== null && (ascending || position === null)) {
    where(`${sortKey} ${range.endsBefore ? '<' : '<='} ?`, range.to);
  }

  const sorted = [...new Set([sortKey, 'pk', 'sk'])].map((column) => `${column} ${ascending ? 'ASC' : 'DESC'}`);
  return { sql: `SELECT * FROM items WHERE ${conditions.join(' AND ')} ORDER BY ${sorted.join(', ')}`, values };
}
