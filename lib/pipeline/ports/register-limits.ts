/**
 * The limits of the register store: DynamoDB's, counted so that what passes here passes there.
 *
 * DynamoDB counts an item as the UTF-8 bytes of the names and values of its attributes, a number as
 * up to 21 bytes (Amazon DynamoDB Developer Guide, "Item sizes and formats"; the limits: "Quotas").
 * A body is stored as one string, its canonical JSON, everywhere: so numbers, depth and empty names
 * come back as they went in, and its size is that of the text. What else an adapter keeps with an
 * item (attribute names, the version, an expiry) counts as `OVERHEAD`, which it must not pass. So
 * the count is never less than DynamoDB's, and at most 256 bytes more.
 */
import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Body, Commit, Item, Key, OutboxEntry } from './register-store.ts';

export const LIMITS = {
  /** Bytes. */
  item: 400 * 1024,
  page: 1024 * 1024,
  commit: 4 * 1024 * 1024,
  partitionKey: 2048,
  sortKey: 1024,
  outboxId: 1024,
  outboxType: 256,
  /** Puts, history and outbox entries together. */
  itemsPerCommit: 100,
} as const;

/** Bytes. */
export const OVERHEAD = 256;

/** What is stored: canonical JSON, and the bytes that the item counts as. */
export interface Sized {
  readonly text: string;
  readonly size: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function bytesOf(text: string): number {
  return encoder.encode(text).length;
}

function tooMuch(what: string, is: number, limit: number, unit: string): CavendishError {
  return new CavendishError('limit-exceeded', `${what} is ${is} ${unit}; the register takes ${limit}`);
}

function sizedBody(body: Body, what: string): Sized {
  let bytes: Uint8Array;
  try {
    bytes = canonicalBytes(body);
  } catch (cause) {
    throw new CavendishError('bad-input', `the body of ${what} is not JSON`, { cause });
  }
  return { text: decoder.decode(bytes), size: bytes.length };
}

function checkText(text: string, what: string, limit: number): number {
  if (text === '') throw new CavendishError('bad-input', `${what} is empty`);
  if (!text.isWellFormed()) throw new CavendishError('bad-input', `${what} is not well-formed Unicode`);
  const size = bytesOf(text);
  if (size > limit) throw tooMuch(what, size, limit, 'bytes');
  return size;
}

/**
 * Checks a key, of the table or of an index.
 *
 * @returns its bytes
 * @throws CavendishError `bad-input`, `limit-exceeded`
 */
export function checkKey({ pk, sk }: Key): number {
  return checkText(pk, 'a partition key', LIMITS.partitionKey) + checkText(sk, `a sort key of ${pk}`, LIMITS.sortKey);
}

/**
 * Checks an item and counts it.
 *
 * @throws CavendishError `bad-input`, `limit-exceeded`
 */
export function sizeItem(item: Item): Sized {
  const keys = [item, ...Object.values(item.indexes ?? {})].reduce((sum, key) => sum + checkKey(key), 0);
  const body = sizedBody(item.body, `${item.pk} ${item.sk}`);
  return checkSize(`${item.pk} ${item.sk}`, { text: body.text, size: OVERHEAD + keys + body.size });
}

/**
 * Checks an outbox entry and counts it.
 *
 * @throws CavendishError `bad-input`, `limit-exceeded`
 */
export function sizeEntry({ id, type, body }: OutboxEntry): Sized {
  const names =
    checkText(id, 'the id of an outbox entry', LIMITS.outboxId) +
    checkText(type, `the type of the outbox entry ${id}`, LIMITS.outboxType);
  const { text, size } = sizedBody(body, `the outbox entry ${id}`);
  return checkSize(`the outbox entry ${id}`, { text, size: OVERHEAD + names + size });
}

function checkSize(what: string, sized: Sized): Sized {
  if (sized.size > LIMITS.item) throw tooMuch(what, sized.size, LIMITS.item, 'bytes');
  return sized;
}

export interface SizedCommit {
  readonly puts: readonly Sized[];
  readonly history: readonly Sized[];
  readonly outbox: readonly Sized[];
}

/**
 * Checks a commit as a whole: each item, how many, how large together, no key twice.
 *
 * @throws CavendishError `bad-input`, `limit-exceeded`
 */
export function sizeCommit({ puts, history = [], outbox = [] }: Commit): SizedCommit {
  const items = [...puts.map(({ item }) => item), ...history];
  const count = items.length + outbox.length;
  if (count > LIMITS.itemsPerCommit) throw tooMuch('a commit', count, LIMITS.itemsPerCommit, 'items');

  const names = [...items.map(({ pk, sk }) => JSON.stringify([pk, sk])), ...outbox.map(({ id }) => JSON.stringify(id))];
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new CavendishError('limit-exceeded', `a commit names ${twice} twice`);

  const sized = {
    puts: puts.map(({ item }) => sizeItem(item)),
    history: history.map(sizeItem),
    outbox: outbox.map(sizeEntry),
  };
  const total = [...sized.puts, ...sized.history, ...sized.outbox].reduce((sum, { size }) => sum + size, 0);
  if (total > LIMITS.commit) throw tooMuch('a commit', total, LIMITS.commit, 'bytes');
  return sized;
}
