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

function check({ pk, beginsWith, between, limit }: Query): void {
  for (const sk of [...(beginsWith === undefined ? [] : [beginsWith]), ...(between ?? ['-'])]) checkKey({ pk, sk });
  if (beginsWith !== undefined && between !== undefined) throw refuse('has both beginsWith and between');
  if (between !== undefined && Buffer.compare(Buffer.from(between[0]), Buffer.from(between[1])) > 0) {
    throw refuse('has a range whose end is before its beginning');
  }
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) throw refuse(`has the limit ${limit}`);
}

/**
 * The rows of a query in its order, from where the page before ended, without an end of their own.
 *
 * @throws CavendishError `bad-input`, `limit-exceeded`
 */
export function selectRows(query: Query): Statement {
  check(query);
  const { pk, index, beginsWith, between, order = 'ascending', after } = query;
  const partition = index === undefined ? 'pk' : `${index}_pk`;
  const sortKey = index === undefined ? 'sk' : `${index}_sk`;
  const [direction, beyond] = order === 'ascending' ? ['ASC', '>'] : ['DESC', '<'];

  const conditions = [`${partition} = ?`];
  const values = [pk];
  const where = (condition: string, ...given: readonly string[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  if (between !== undefined) where(`${sortKey} BETWEEN ? AND ?`, ...between);
  if (beginsWith !== undefined) {
    where(`${sortKey} >= ?`, beginsWith);
    const end = endOfPrefix(beginsWith);
    if (end !== null) where(`${sortKey} < ?`, end);
  }
  if (after !== undefined) where(`(${sortKey}, pk, sk) ${beyond} (?, ?, ?)`, ...positionOf(query, after));

  const sorted = [...new Set([sortKey, 'pk', 'sk'])].map((column) => `${column} ${direction}`).join(', ');
  return { sql: `SELECT * FROM items WHERE ${conditions.join(' AND ')} ORDER BY ${sorted}`, values };
}
