/**
 * What of a query is the same on every store: which sort keys it asks for, and where a page ended as
 * text that callers hand back unread.
 */
import { CavendishError } from '../../core/errors/error.ts';
import { checkKey } from './register-limits.ts';
import type { Query } from './register-store.ts';

/** Which sort keys: all, those that begin so, or those from one to another, both included. */
export type Asked =
  | { readonly of: 'all' }
  | { readonly of: 'prefix'; readonly prefix: string }
  | { readonly of: 'range'; readonly from: string; readonly to: string };

/** The item behind which a page goes on: its sort key in what is queried, then its own key. */
export type Position = readonly [sortKey: string, pk: string, sk: string];

const encoder = new TextEncoder();

function refuse(what: string, cause?: unknown): CavendishError {
  return new CavendishError('bad-input', `a query of the register ${what}`, { cause });
}

/** Whether one text comes after another in the order of UTF-8 bytes, which is that of code points. */
function isAfter(a: string, b: string): boolean {
  const [left, right] = [encoder.encode(a), encoder.encode(b)];
  const place = left.findIndex((byte, index) => byte !== right[index]);
  return place >= 0 && (left[place] ?? 0) > (right[place] ?? -1);
}

/**
 * Which sort keys a query asks for.
 *
 * @throws CavendishError `bad-input`, `limit-exceeded` where DynamoDB would refuse it
 */
export function askedOf({ pk, beginsWith, between, limit }: Query): Asked {
  for (const sk of [beginsWith ?? '-', ...(between ?? [])]) checkKey({ pk, sk });
  if (beginsWith !== undefined && between !== undefined) throw refuse('has both beginsWith and between');
  if (between !== undefined && isAfter(...between)) throw refuse('has a range whose end is before its beginning');
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0)) throw refuse(`has the limit ${limit}`);
  if (beginsWith !== undefined) return { of: 'prefix', prefix: beginsWith };
  return between === undefined ? { of: 'all' } : { of: 'range', from: between[0], to: between[1] };
}

function isAsked(sortKey: string, asked: Asked): boolean {
  if (asked.of === 'prefix') return sortKey.startsWith(asked.prefix);
  return asked.of === 'all' || !(isAfter(asked.from, sortKey) || isAfter(sortKey, asked.to));
}

function isCursor(content: unknown): content is readonly [index: string, pk: string, ...Position] {
  return Array.isArray(content) && content.length === 5 && content.every((part) => typeof part === 'string');
}

/** Where a page of a query ended, as text. */
export function cursorAfter(query: Query, position: Position): string {
  return encodeURIComponent(JSON.stringify([query.index ?? '', query.pk, ...position]));
}

/**
 * Where a query goes on; null where it begins.
 *
 * @throws CavendishError `bad-input` where its `after` is of another query, or of none
 */
export function positionOf(query: Query, asked: Asked): Position | null {
  if (query.after === undefined) return null;
  let content: unknown;
  try {
    content = JSON.parse(decodeURIComponent(query.after));
  } catch (cause) {
    throw refuse('goes on from a page that never was', cause);
  }
  if (!isCursor(content)) throw refuse('goes on from a page that never was');
  const [index, partition, ...position] = content;
  if (index !== (query.index ?? '') || partition !== query.pk || !isAsked(position[0], asked)) {
    throw refuse("goes on from another query's page");
  }
  return position;
}
