/** Risks that people enter, and what people decide about risks. */
import type { Stage } from '../image/stage.ts';
import type { Severity } from '../matching/finding.ts';
import { impactOf, likelihoodOf } from '../scoring/figures.ts';
import { type Changed, changed, type Told } from './change.ts';
import { type Actor, NO_TREATMENT, type Risk, type Treatment } from './risk.ts';
import { riskId } from './transitions.ts';

export interface Entered {
  readonly asset: string;
  readonly assetOwner: string;
  readonly title: string;
  readonly owner: string | null;
  readonly stages: readonly Stage[];
  readonly severity: Severity;
  /** 0–1; null: what stands in for a vulnerability of that severity of which nothing else is known. */
  readonly likelihood: number | null;
  readonly impact: number | null;
  readonly controls: readonly string[];
  readonly why: string | null;
}

interface By {
  readonly at: string;
  readonly by: Actor;
}

export function entered(given: Entered, { at, by }: By): Changed {
  const { asset, assetOwner, title, owner, stages, severity, controls, why } = given;
  const nothingKnown = { vulnerability: '', severity, cvss: null, epss: null, kev: null, ssvc: null };
  const likelihood = given.likelihood ?? likelihoodOf(nothingKnown);
  const impact = given.impact ?? impactOf(nothingKnown);
  const inherent = Math.round(likelihood * impact * 10_000) / 10_000;
  const risk = {
    id: riskId(at, { ...given, by }),
    kind: 'entered' as const,
    ...{ asset, assetOwner, title, owner, severity, controls },
    stages: [...stages],
    ...{ vulnerability: null, aliases: [], package: null, bases: [], fixedIn: null },
    scores: { likelihood, impact, inherent, residual: inherent, at },
    treatment: NO_TREATMENT,
    ...{ firstSeen: at, lastSeen: null, state: 'open' as const, closed: null, reopened: 0 },
    ...{ mergedInto: null, absorbed: [] },
  };
  return changed(null, risk, { at, what: 'entered', by, why });
}

export function treated(
  risk: Risk,
  treatment: Omit<Treatment, 'by' | 'at'>,
  controls: readonly string[] | null,
  { at, by }: By,
): Changed {
  const next = { ...risk, treatment: { ...treatment, by, at }, controls: controls ?? risk.controls };
  return changed(risk, next, told('treated', treatment.why, { at, by }));
}

/** @param owner - null: the asset's owner carries it again */
export function assigned(risk: Risk, owner: string | null, why: string | null, { at, by }: By): Changed {
  return changed(risk, { ...risk, owner }, told('assigned', why, { at, by }));
}

function told(what: Told['what'], why: string | null, { at, by }: By): Told {
  return { at, what, by, why };
}
