/**
 * What every version order answers, whichever ecosystem it is of.
 */

/** A text that is no version of its ecosystem. It can not be put in order, and that is never "not affected". */
export interface Unparsable {
  readonly unparsable: string;
  readonly why: string;
}

/** Before, the same, after. */
export type Order = -1 | 0 | 1;

/** How one ecosystem reads and orders its versions. */
export interface VersionScheme<V extends object> {
  parse(text: string): V | Unparsable;
  compare(a: V, b: V): Order;
}

export function isUnparsable(value: object): value is Unparsable {
  return 'unparsable' in value;
}

export function refusal(text: string, why: string): Unparsable {
  return { unparsable: text, why };
}

/** The order of two numbers, or of two texts by code unit. */
export function orderOf<T extends number | string>(a: T, b: T): Order {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
