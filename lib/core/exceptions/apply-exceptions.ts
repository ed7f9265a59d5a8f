/**
 * What granted exceptions do to the findings of an image: which they cover, which of them lapsed, and what
 * they may not cover.
 *
 * Pure, and the same in whatever order they come. An exception counts from its grant until its end: at that
 * instant it no longer does, whether or not anybody said so.
 */
import type { CoveredBy, Finding } from '../matching/finding.ts';
import { orderOf } from '../versions/version.ts';
import { type CoveredImage, findingsInScope } from './covered-findings.ts';
import type { Grant } from './exception.ts';
import { type LapseContext, lapseOf } from './lapse.ts';
import { type ControlBounds, remainingShare } from './remaining-share.ts';

/** An exception that stopped counting on evidence found here: it covers nothing any more. */
export interface Lapse {
  readonly id: string;
  readonly why: string;
}

/** What an exception names and a rule of the appetite says is never accepted. */
export interface Barred {
  /** Of the exception. */
  readonly id: string;
  /** Of the rule. */
  readonly rule: string;
  readonly vulnerability: string;
  /** The source package. */
  readonly source: string;
}

export interface Applied {
  /** By the exceptions that cover it, in the order of their ids; a finding that none covers is not in it. */
  readonly covered: ReadonlyMap<Finding, readonly [CoveredBy, ...CoveredBy[]]>;
  /** In the order of their ids. */
  readonly lapsed: readonly Lapse[];
  readonly barred: readonly Barred[];
}

export interface ApplyRequest {
  readonly grants: readonly Grant[];
  readonly findings: readonly Finding[];
  readonly image: CoveredImage;
  readonly bounds: ControlBounds;
  readonly context: LapseContext;
  /** The rule by which the finding is never accepted; null where none says so. */
  readonly barredBy: (finding: Finding) => string | null;
}

export function applyExceptions({ grants, findings, image, bounds, context, barredBy }: ApplyRequest): Applied {
  const covered = new Map<Finding, [CoveredBy, ...CoveredBy[]]>();
  const lapsed: Lapse[] = [];
  const barred = new Map<string, Barred>();
  for (const grant of inForce(grants, context.at)) {
    const { id, terms } = grant;
    const named = findingsInScope(terms.scope, findings, image);
    const why = named.length === 0 ? null : lapseOf(grant, named, context);
    if (why !== null) {
      lapsed.push({ id, why });
      continue;
    }
    const by = { id, owner: terms.owner, until: terms.expiry.at, share: remainingShare(terms.controls, bounds) };
    for (const finding of named) {
      const rule = barredBy(finding);
      const before = covered.get(finding);
      if (rule !== null) {
        const { vulnerability, package: found } = finding;
        const one = { id, rule, vulnerability, source: found.source.name };
        barred.set(JSON.stringify(Object.values(one)), one);
      } else if (before === undefined) covered.set(finding, [by]);
      else before.push(by);
    }
  }
  return { covered, lapsed, barred: [...barred.values()] };
}

/** Each once, in the order of their ids. */
function inForce(grants: readonly Grant[], at: string): readonly Grant[] {
  const now = Date.parse(at);
  const counting = grants.filter(({ at: from, terms }) => Date.parse(from) <= now && now < Date.parse(terms.expiry.at));
  const byId = new Map(counting.map((grant) => [grant.id, grant]));
  return [...byId.values()].sort((a, b) => orderOf(a.id, b.id));
}
