/**
 * The decision points of SSVC for a finding: CISA's where the CVE record has them, else derived from
 * the CVSS vector, and said to be.
 *
 * Derivation: exploiting it can be automated where it is reached over the network without complexity,
 * privileges or a user's help (of CVSS 4.0: as its `AU` metric says, where set); the technical impact is total
 * where confidentiality and integrity are lost. Without a vector the worse is taken of both.
 */
import type { Finding, Ssvc } from '../matching/finding.ts';
import { metricOf } from './cvss.ts';

export interface SsvcFigure {
  /** CISA gave all three points. */
  readonly known: boolean;
  /** A point was derived from the CVSS vector. */
  readonly derived: boolean;
  /** A listing in KEV is `active`, whatever an older record says. */
  readonly exploitation: NonNullable<Ssvc['exploitation']> | 'unknown';
  readonly automatable: boolean;
  readonly technicalImpact: NonNullable<Ssvc['technicalImpact']>;
}

export function ssvcFigure({ cvss, kev, ssvc }: Pick<Finding, 'cvss' | 'kev' | 'ssvc'>): SsvcFigure {
  const given = { exploitation: null, automatable: null, technicalImpact: null, ...ssvc };
  const missing = given.automatable === null || given.technicalImpact === null;
  return {
    known: given.exploitation !== null && !missing,
    derived: missing && cvss !== null,
    exploitation: kev !== null ? 'active' : (given.exploitation ?? 'unknown'),
    automatable: given.automatable ?? (cvss === null || isAutomatable(cvss.vector)),
    technicalImpact: given.technicalImpact ?? (cvss === null || isTotal(cvss.vector) ? 'total' : 'partial'),
  };
}

function isAutomatable(vector: string): boolean {
  const said = metricOf(vector, 'AU');
  if (said === 'Y' || said === 'N') return said === 'Y';
  const open = { AV: 'N', AC: 'L', PR: 'N', UI: 'N' };
  // What 4.0 calls attack requirements was a part of the attack complexity before.
  const requirements = metricOf(vector, 'AT') ?? 'N';
  return requirements === 'N' && Object.entries(open).every(([metric, value]) => metricOf(vector, metric) === value);
}

function isTotal(vector: string): boolean {
  return ['C', 'I'].every((metric) => (metricOf(vector, metric) ?? metricOf(vector, `V${metric}`)) === 'H');
}
