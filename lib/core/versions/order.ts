/**
 * The order of two versions, by the rules of their ecosystem.
 *
 * An ecosystem whose order is not known, and a version that its ecosystem can't read, are answers
 * of their own: guessing an order would turn "we do not know" into "not affected".
 */
import { ecosystemFamily } from '../advisories/bucket.ts';
import { dpkg } from './dpkg.ts';
import { isUnparsable, type Order, type Unparsable, type VersionScheme } from './version.ts';

export type Ordering = { readonly order: Order } | Unparsable;

/** By the family of the OSV ecosystem (`Debian:12` is of `Debian`). The next schemes are files beside this one. */
const ORDERS: Readonly<Record<string, Orders>> = {
  Debian: by(dpkg),
  Ubuntu: by(dpkg),
};

/** Compares one version, read once, with any number of others. */
export type OrderOfOthers = (other: string) => Ordering;

type Orders = (version: string) => OrderOfOthers | Unparsable;

/** How `version` stands to another: the answer's order is -1 where `version` comes before. */
export function orderFrom(ecosystem: string, version: string): OrderOfOthers | Unparsable {
  const family = ecosystemFamily(ecosystem);
  const orders = Object.hasOwn(ORDERS, family) ? ORDERS[family] : undefined;
  if (orders === undefined) return { unparsable: version, why: `unsupported ecosystem: ${family}` };
  return orders(version);
}

/** -1 where `a` comes before `b`, 0 where they are the same version, 1 where it comes after. */
export function order(ecosystem: string, a: string, b: string): Ordering {
  const from = orderFrom(ecosystem, a);
  return typeof from === 'function' ? from(b) : from;
}

function by<V extends object>({ parse, compare }: VersionScheme<V>): Orders {
  return (version) => {
    const own = parse(version);
    if (isUnparsable(own)) return own;
    return (text) => {
      const other = parse(text);
      return isUnparsable(other) ? other : { order: compare(own, other) };
    };
  };
}
