/** A query as SQL, and where a page ended as text that callers hand back unread. */
import { z } from 'zod';

import { CavendishError } from '../../../core/errors/error.ts';
import { checkKey } from '../../../pipeline/ports/register-limits.ts';
import type { Query } from '../../../pipeline/ports/register-store.ts';
import { endOfPrefix } from './prefix.ts';

export interface Statement {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Of which partition, and behind which item: its sort key there, then its own key. */
const Cursor = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string()]);
type Position = readonly [sortKey: string, pk: string, sk: string];

function refuse(what: string): CavendishError {
  return new CavendishError('bad-input', `a query of the register ${what}`);
}

export function cursorAfter(query: Query, position: Position): string {
  return Buffer.from(JSON.stringify([query.index ?? '', query.pk, ...position])).toString('base64url');
}

function positionOf(query: Query, cursor: string): Position {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (cause) {
    throw new CavendishError('bad-input', 'a query of the register goes on from a page that never was', { cause });
  }
  const parsed = Cursor.safeParse(content);
  if (!parsed.success) throw refuse('goes on from a page that never was');
  const [index, partition, ...position] = parsed.data;
  if (index !== (query.index ?? '') || partition !== query.pk) throw refuse("goes on from another query's page");
  return position;
}

/** Sort keys from here on, and until there; null where there is no end. */
interface Range {
  readonly from: string | null;
  readonly to: string | null;
  readonly endsBefore: boolean;
}

function beyond(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) > 0;
}

function rangeOf({ pk, beginsWith, between, limit }: Query): Range {
  for (const sk of [beginsWith ?? '-', ...(between ?? [])]) checkKey({ pk, sk });
  if (beginsWith !== undefined && between !== undefined) throw refuse('has both beginsWith and between');
  if (between !== undefined && beyond(...between)) throw refuse('has a range whose end is before its beginning');
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) throw refuse(`has the limit ${limit}`);
  if (beginsWith !== undefined) return { from: beginsWith, to: endOfPrefix(beginsWith), endsBefore: true };
  return { from: between?.[0] ?? null, to: between?.[1] ?? null, endsBefore: false };
}

function isWithin(sortKey: string, { from, to, endsBefore }: Range): boolean {
  if (from !== null && beyond(from, sortKey)) return false;
  return to === null || beyond(to, sortKey) || (sortKey === to && !endsBefore);
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
  const { pk, index, order = 'ascending', after } = query;
  const range = rangeOf(query);
  const position = after === undefined ? null : positionOf(query, after);
  if (position !== null && !isWithin(position[0], range)) throw refuse("goes on from another query's page");

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
