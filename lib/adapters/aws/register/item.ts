/** An item of the register as an item of the table. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

import { CavendishError } from '../../../core/errors/error.ts';
import { checkKey, type Sized } from '../../../pipeline/ports/register-limits.ts';
import {
  type Body,
  INDEX_NAMES,
  type Item,
  type Key,
  type StoredItem,
} from '../../../pipeline/ports/register-store.ts';
import { OUTBOX, TABLE_INDEXES, TABLE_KEY } from '../../../stacks/register-table/names.ts';

export type Attributes = Record<string, AttributeValue>;

/** Canonical JSON: equal bodies are equal texts. */
export const BODY = 'body';
export const VERSION = 'version';

export function keyAttributes({ pk, sk }: Key): Attributes {
  return { [TABLE_KEY.partition]: { S: pk }, [TABLE_KEY.sort]: { S: sk } };
}

/** The attributes by which an item is in an index, of all indexes. */
export function indexAttributeNames(): readonly string[] {
  return INDEX_NAMES.flatMap((name) => [TABLE_INDEXES[name].partition, TABLE_INDEXES[name].sort]);
}

export function attributesOf(item: Item, { text }: Sized, version: number): Attributes {
  const attributes = { ...keyAttributes(item), [VERSION]: { N: String(version) }, [BODY]: { S: text } };
  for (const name of INDEX_NAMES) {
    const [key, { partition, sort }] = [item.indexes?.[name], TABLE_INDEXES[name]];
    if (key !== undefined) Object.assign(attributes, { [partition]: { S: key.pk }, [sort]: { S: key.sk } });
  }
  return attributes;
}

/**
 * Refuses a partition that is the outbox's: what lies there is no item of the register.
 *
 * @throws CavendishError `bad-input`, `limit-exceeded`
 */
export function checkOwnKey(key: Key): void {
  checkKey(key);
  if (key.pk.startsWith(OUTBOX.partitionPrefix)) {
    throw new CavendishError('bad-input', `the partition ${key.pk} belongs to the outbox`);
  }
}

/** @throws CavendishError `integrity-failed` where somebody else wrote into the table */
export function textOf(attributes: Attributes, name: string): string {
  const value = attributes[name]?.S ?? attributes[name]?.N;
  if (value !== undefined) return value;
  const { pk, sk } = { pk: attributes[TABLE_KEY.partition]?.S ?? '?', sk: attributes[TABLE_KEY.sort]?.S ?? '?' };
  throw new CavendishError('integrity-failed', `the item ${pk} ${sk} of the table lacks its ${name}`, {
    next: 'Put back what was changed by hand, from the backup of the table (point-in-time recovery).',
  });
}

/** @throws CavendishError `integrity-failed` */
export function bodyOf(attributes: Attributes): Body {
  try {
    return JSON.parse(textOf(attributes, BODY)) as Body;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const key = textOf(attributes, TABLE_KEY.partition);
    throw new CavendishError('integrity-failed', `the body of an item of ${key} is not JSON`, { cause });
  }
}

/** @throws CavendishError `integrity-failed` */
export function itemOf(attributes: Attributes): StoredItem {
  const indexes = INDEX_NAMES.flatMap((name) => {
    const [pk, sk] = [attributes[TABLE_INDEXES[name].partition]?.S, attributes[TABLE_INDEXES[name].sort]?.S];
    return pk === undefined || sk === undefined ? [] : [[name, { pk, sk }] as const];
  });
  return {
    pk: textOf(attributes, TABLE_KEY.partition),
    sk: textOf(attributes, TABLE_KEY.sort),
    version: Number(textOf(attributes, VERSION)),
    body: bodyOf(attributes),
    ...(indexes.length === 0 ? {} : { indexes: Object.fromEntries(indexes) }),
  };
}
