/**
 * What ends an exception by itself: evidence that the risk is another one than was accepted.
 *
 * It is compared with the facts of the grant. What nobody can compare (EPSS of another model, a fix of
 * something that was not found then) speaks against nothing.
 */
import type { Digest } from '../image/digest.ts';
import type { Stage } from '../image/stage.ts';
import { isApproved } from '../lineage/approval.ts';
import type { Lineage } from '../lineage/lineage.ts';
import type { Epss, Finding } from '../matching/finding.ts';
import type { Grant } from './exception.ts';

/** On what the appetite lets an exception lapse. */
export interface LapseRules {
  readonly kev: boolean;
  /** The rise of EPSS (0–1) within one model; null: none is too much. */
  readonly epss: number | null;
  readonly fix: boolean;
  readonly owner: boolean;
  readonly baseApproval: boolean;
}

export interface LapseContext {
  readonly rules: LapseRules;
  /** Names of the people of the appetite. */
  readonly people: readonly string[];
  readonly digest: Digest;
  readonly lineage: Lineage;
  readonly stage: Stage;
  /** ISO 8601 */
  readonly at: string;
}

/**
 * Why the exception no longer counts, in a sentence; null where nothing speaks against it. Of several
 * reasons the first in the order below, and of findings that of the first by name.
 *
 * @param covered - the findings of an image under its scope
 */
export function lapseOf(grant: Grant, covered: readonly Finding[], context: LapseContext): string | null {
  const factsOf = atGrant(grant);
  const known = covered.map((finding) => ({ finding, facts: factsOf(finding) }));
  return (
    ownerLapse(grant, context) ??
    approvalLapse(grant, context) ??
    firstOf(known, (one) => kevLapse(one, grant, context)) ??
    firstOf(known, (one) => epssLapse(one, context)) ??
    firstOf(known, (one) => fixLapse(one, context))
  );
}

/** A finding, and what was known of it at grant: nothing where it was not found then. */
interface Known {
  readonly finding: Finding;
  readonly facts: Grant['facts'];
}

function ownerLapse({ terms: { owner } }: Grant, { rules, people }: LapseContext): string | null {
  return rules.owner && !people.includes(owner)
    ? `its owner ${owner} is no longer among the people of the appetite`
    : null;
}

/** Of the stage that is judged: an approval may have been for others. */
function approvalLapse(grant: Grant, context: LapseContext): string | null {
  const { images } = grant.terms.scope;
  if (!context.rules.baseApproval || !grant.baseApproved || !('base' in images)) return null;
  const { lineage, digest, stage, at } = context;
  const base = lineage.bases.find(({ image }) => image === images.base);
  const approval = images.base === digest ? lineage.approval : (base?.approval ?? null);
  return isApproved(approval, stage, at) ? null : `the approval of its base ${images.name} for ${stage} has ended`;
}

function kevLapse({ finding, facts }: Known, grant: Grant, { rules, at }: LapseContext): string | null {
  const { kev, vulnerability } = finding;
  // A date has no hour: listed on the day of the grant counts as after it, unless the facts say otherwise.
  if (!rules.kev || kev === null || kev.dateAdded > at) return null;
  const wasListed = facts.length > 0 ? facts.some((fact) => fact.kev) : kev.dateAdded < grant.at.slice(0, 10);
  return wasListed ? null : `${vulnerability} is known to be exploited (KEV) since ${kev.dateAdded}`;
}

function epssLapse({ finding, facts }: Known, { rules }: LapseContext): string | null {
  const { epss, vulnerability } = finding;
  if (rules.epss === null || epss === null) return null;
  const before = facts.flatMap((fact) => (fact.epss?.modelVersion === epss.modelVersion ? fact.epss.score : []));
  if (before.length === 0) return null;
  const was = Math.max(...before);
  if (!hasRisen(was, epss, rules.epss)) return null;
  return `EPSS of ${vulnerability} rose from ${percent(was)} to ${percent(epss.score)} (model ${epss.modelVersion})`;
}

/** In steps of a millionth: 0.3 − 0.1 is 0.2, whatever binary fractions say. */
function hasRisen(was: number, { score }: Epss, step: number): boolean {
  return Math.round((score - was) * 1e6) >= Math.round(step * 1e6);
}

function fixLapse({ finding, facts }: Known, { rules }: LapseContext): string | null {
  const { fixedIn, vulnerability, package: found } = finding;
  if (!rules.fix || fixedIn === null || facts.length === 0) return null;
  return facts.every((fact) => fact.fixedIn === null)
    ? `a fix of ${vulnerability} is out: ${found.source.name} ${fixedIn}`
    : null;
}

/** Facts of the grant, by source package and under any name of the vulnerability. */
function atGrant({ facts }: Grant): (finding: Finding) => Grant['facts'] {
  // Neither has a blank in it.
  const nameOf = (source: string, vulnerability: string): string => `${source} ${vulnerability}`;
  const known = Map.groupBy(facts, ({ source, vulnerability }) => nameOf(source, vulnerability));
  return ({ vulnerability, aliases, package: { source } }) =>
    [vulnerability, ...aliases].flatMap((name) => known.get(nameOf(source.name, name)) ?? []);
}

function firstOf(known: readonly Known[], lapse: (one: Known) => string | null): string | null {
  return known.flatMap((one) => lapse(one) ?? []).sort()[0] ?? null;
}

function percent(score: number): string {
  return `${(score * 100).toFixed(1)} %`;
}
