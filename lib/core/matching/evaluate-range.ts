/**
 * Whether a version lies in a range of events, as the OSV schema's evaluation algorithm says
 * (https://ossf.github.io/osv-schema/#evaluation).
 *
 * Events are put in the order of their versions. `introduced: "0"` comes before every version and
 * `limit: "*"` after. Where two events name the same version, `fixed` is read first, then
 * `introduced`, then `last_affected`: a range that closes and opens again at one version is open,
 * and a range of a single version holds that version.
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

const RANK = { fixed: 0, introduced: 1, last_affected: 2, limit: 3 } as const;

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

  const inOrder = placed
    .filter(({ kind }) => kind !== 'limit')
    .sort((a, b) => versionOrder(a, b, ecosystem) || RANK[a.kind] - RANK[b.kind]);
  const opened = openedBy(inOrder);
  if (opened === null) return NOT_AFFECTED;
  const closing = inOrder.find((event) => event.kind !== 'introduced' && !isPassed(event));
  return { introduced: opened, fixed: closing?.kind === 'fixed' ? closing.version : null };
}

/** The version of the event that opened the range where the version lies; null where it is closed there. */
function openedBy(inOrder: readonly Placed[]): string | null {
  let opened: string | null = null;
  for (const event of inOrder.filter(isPassed)) {
    opened = event.kind === 'introduced' ? (opened ?? event.version) : null;
  }
  return opened;
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
