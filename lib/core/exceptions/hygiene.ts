/** What there is to remark on an exception in force that nobody would notice: it does no harm, and it is not right. */
import { counted } from '../text/plain.ts';
import { type End, hasEnded, shownEnd } from '../time/end.ts';
import type { Exception, Grant } from './exception.ts';
import type { Scope } from './scope.ts';

export const REMARKS = ['unused', 'grown', 'overlaps', 'fix-out', 'review-due', 'ends-soon'] as const;

export interface Remark {
  readonly kind: (typeof REMARKS)[number];
  readonly message: string;
}

export interface Checking {
  readonly exception: Exception;
  readonly grant: Grant;
  /** What it covers now. */
  readonly now: Pick<Grant, 'facts' | 'count'>;
  /** The others in force. */
  readonly others: readonly Pick<Exception, 'id' | 'terms'>[];
  /** ISO 8601 */
  readonly at: string;
}

/** It covers far more than it did: at least twice as much, and not by one or two. */
const GROWN = { times: 2, atLeast: 5 };
const SOON_MS = 14 * 86_400_000;

export function remarksOn({ exception, grant, now, others, at }: Checking): readonly Remark[] {
  return [
    ...unused(now),
    ...grown(grant, now),
    ...overlaps(exception, others),
    ...fixOut(grant, now),
    ...due('review-due', exception.review, 'its review was due', at),
    ...endsSoon(grant.terms.expiry, at),
  ];
}

function unused({ count }: Checking['now']): readonly Remark[] {
  if (count.findings > 0) return [];
  return [{ kind: 'unused', message: 'it matches nothing any more: revoke it, or leave it to its end' }];
}

function grown({ count: then }: Grant, { count }: Checking['now']): readonly Remark[] {
  const isGrown = (before: number, after: number): boolean =>
    after >= before * GROWN.times && after - before >= GROWN.atLeast;
  if (!isGrown(then.findings, count.findings) && !isGrown(then.images, count.images)) return [];
  return [{ kind: 'grown', message: `it was granted for ${covers(then)}, and covers ${covers(count)} now` }];
}

function covers({ findings, images }: Grant['count']): string {
  return `${counted(findings, 'finding')} in ${counted(images, 'image')}`;
}

function overlaps({ terms: { scope } }: Exception, others: Checking['others']): readonly Remark[] {
  const same = others.filter((other) => meets(scope, other.terms.scope)).map(({ id }) => id);
  return same.length === 0
    ? []
    : [{ kind: 'overlaps', message: `it says at least in part what ${same.join(', ')} says` }];
}

/** The same images, a stage in common, and vulnerabilities and packages that meet. */
function meets(one: Scope, other: Scope): boolean {
  const share = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === 0 || b.length === 0 || a.some((name) => b.includes(name));
  return (
    JSON.stringify(one.images) === JSON.stringify(other.images) &&
    one.stages.some((stage) => other.stages.includes(stage)) &&
    share(one.vulnerabilities, other.vulnerabilities) &&
    share(one.packages, other.packages)
  );
}

function fixOut({ facts: then }: Grant, { facts }: Checking['now']): readonly Remark[] {
  const without = new Set(then.filter(({ fixedIn }) => fixedIn === null).map(nameOf));
  const fixed = facts.filter((fact) => fact.fixedIn !== null && without.has(nameOf(fact)));
  if (fixed.length === 0) return [];
  const named = fixed.map(({ vulnerability, source, fixedIn }) => `${vulnerability} (${source} ${String(fixedIn)})`);
  return [{ kind: 'fix-out', message: `there is a fix now: ${named.join(', ')}` }];
}

function nameOf({ vulnerability, source }: Grant['facts'][number]): string {
  return JSON.stringify([vulnerability, source]);
}

function due(kind: Remark['kind'], end: End | null, says: string, at: string): readonly Remark[] {
  return end !== null && hasEnded(end, at) ? [{ kind, message: `${says} on ${shownEnd(end)}` }] : [];
}

function endsSoon(expiry: End, at: string): readonly Remark[] {
  const left = Date.parse(expiry.at) - Date.parse(at);
  return left > 0 && left <= SOON_MS ? [{ kind: 'ends-soon', message: `it ends on ${shownEnd(expiry)}` }] : [];
}
