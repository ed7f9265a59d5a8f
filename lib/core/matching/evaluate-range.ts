/**
 * Whether a version lies in a range of events, as the OSV schema's evaluation algorithm says
 * (https://ossf.github.io/osv-schema/#evaluation).
 *
 * Events are put in the order of their versions. `introduced: "0"` comes before every version and
 * `limit: "*"` after. Of events that name the same version `last_affected` is read last: a range of a
 * single version holds that version. Of the others `fixed` is read first where a range is open: one that closes and opens
 * again there stays open; and `introduced` first where none is: one that is fixed where it begins is empty.
 */
import type { OsvEvent } from '../advisories/records.ts';
import { order, type OrderOfOthers } from '../versions/order.ts';
import { isUnparsable, type Order, type Unparsable } from '../versions/version.ts';

export interface Affected {
  /** The event that opened the range, and the fix that would close it; null where none is given. */
  readonly introduced: string;
  readonly fixed: string | null;
}

export const NOT_AFFECTED = 'not affected';

/** An event, and how the version stands to it. */
interface Placed {
  readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit';
  readonly version: string;
  /** The beginning of all versions. */
  readonly first: boolean;
  readonly stands: Order;
}

/** The order in which events of one version are read. */
const WHILE_OPEN = ['fixed', 'introduced', 'last_affected'] as const;
const WHILE_CLOSED = ['introduced', 'fixed', 'last_affected'] as const;

/**
 * @param stands - how the version that is asked about stands to another
 * @returns the version that can't be put in order, where the answer hangs on one
 */
export function evaluateRange(
  events: readonly OsvEvent[],
  ecosystem: string,
  stands: OrderOfOthers,
): Affected | typeof NOT_AFFECTED | Unparsable {
  const placed: Placed[] = [];
  for (const event of events.flatMap(namedOf)) {
    const first = event.kind === 'introduced' && event.version === '0';
    const answer = first ? { order: 1 as const } : limitless(event) ? { order: -1 as const } : stands(event.version);
    if (isUnparsable(answer)) return answer;
    placed.push({ ...event, first, stands: answer.order });
  }

  const limits = placed.filter(({ kind }) => kind === 'limit');
  if (limits.length > 0 && !limits.some((limit) => limit.stands < 0)) return NOT_AFFECTED;

  const inOrder = placed.filter(({ kind }) => kind !== 'limit').sort((a, b) => versionOrder(a, b, ecosystem));
  const opened = openedBy(inOrder, ecosystem);
  if (opened === null) return NOT_AFFECTED;
  const closing = inOrder.find((event) => event.kind !== 'introduced' && !isPassed(event));
  return { introduced: opened, fixed: closing?.kind === 'fixed' ? closing.version : null };
}

/** The version of the event that opened the range where the version lies; null where it is closed there. */
function openedBy(inOrder: readonly Placed[], ecosystem: string): string | null {
  let opened: string | null = null;
  for (const together of byVersion(inOrder.filter(isPassed), ecosystem)) {
    const order: readonly Placed['kind'][] = opened === null ? WHILE_CLOSED : WHILE_OPEN;
    for (const kind of order) {
      const event = together.find((one) => one.kind === kind);
      if (event !== undefined) opened = kind === 'introduced' ? (opened ?? event.version) : null;
    }
  }
  return opened;
}

/** Events of the same version together; they come in order. */
function byVersion(inOrder: readonly Placed[], ecosystem: string): readonly (readonly Placed[])[] {
  const groups: Placed[][] = [];
  for (const event of inOrder) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && versionOrder(last[0], event, ecosystem) === 0) last.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** A version is affected from `introduced` on, no more from `fixed` on, and no more after `last_affected`. */
function isPassed({ kind, stands }: Placed): boolean {
  return kind === 'last_affected' ? stands > 0 : stands >= 0;
}

function versionOrder(a: Placed, b: Placed, ecosystem: string): number {
  if (a.first || b.first) return Number(b.first) - Number(a.first);
  const answer = order(ecosystem, a.version, b.version);
  // Both have been put in order with the version that is asked about: they can be read.
  return isUnparsable(answer) ? 0 : answer.order;
}

function limitless({ kind, version }: Pick<Placed, 'kind' | 'version'>): boolean {
  return kind === 'limit' && version === '*';
}

function namedOf(event: OsvEvent): readonly Pick<Placed, 'kind' | 'version'>[] {
  return (['introduced', 'fixed', 'last_affected', 'limit'] as const).flatMap((kind) => {
    const version = event[kind];
    return version === undefined ? [] : [{ kind, version }];
  });
}
