/**
 * What an assessment says of risks: each vulnerability in each source package of its asset once, whatever
 * number of binary packages it is in.
 */
import { shortDigest } from '../image/digest.ts';
import type { Stage } from '../image/stage.ts';
import { nameOf } from '../lineage/lineage.ts';
import { type Finding, SEVERITIES, type Severity } from '../matching/finding.ts';
import type { Assessment } from '../register/assessment.ts';
import { impactOf, likelihoodOf } from '../scoring/figures.ts';
import type { Scores } from './risk.ts';

export interface Subject {
  readonly asset: string;
  readonly type: string;
  readonly source: string;
}

export interface Seen {
  readonly subject: Subject;
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly assetOwner: string;
  readonly stage: Stage;
  readonly bases: readonly string[];
  readonly severity: Severity;
  readonly scores: Scores;
  readonly fixedIn: string | null;
}

/** @param unnamedOwner - who owns what no asset names */
export function seenIn(assessment: Assessment, unnamedOwner: string): ReadonlyMap<string, Seen> {
  const asset = assetIn(assessment);
  const groups = Map.groupBy(assessment.findings, ({ vulnerability, package: { type, source } }) =>
    JSON.stringify([asset, type, source.name, vulnerability]),
  );
  return new Map([...groups].map(([key, found]) => [key, seenOf(found, assessment, asset, unnamedOwner)]));
}

/** A repository that no asset names stands for itself. */
export function assetIn({ asset, placement }: Pick<Assessment, 'asset' | 'placement'>): string {
  return asset?.id ?? `repository:${placement?.repository ?? ''}`;
}

function seenOf(found: readonly Finding[], assessment: Assessment, asset: string, unnamedOwner: string): Seen {
  const worst = found.reduce((a, b) => ((rank(a) - rank(b) || riskOf(b) - riskOf(a)) <= 0 ? a : b));
  const { vulnerability, title, package: of, severity } = worst;
  const risks = found.map(riskOf);
  return {
    subject: { asset, type: of.type, source: of.source.name },
    vulnerability,
    aliases: [...new Set(found.flatMap(({ aliases }) => aliases))].filter((name) => name !== vulnerability).sort(),
    title: title ?? `${vulnerability} in ${of.source.name}`,
    assetOwner: assessment.asset?.owner ?? unnamedOwner,
    stage: assessment.stage,
    bases: basesOf(found, assessment),
    severity,
    scores: {
      ...{ likelihood: rounded(likelihoodOf(worst)), impact: rounded(impactOf(worst)) },
      inherent: rounded(Math.max(...risks)),
      residual: rounded(Math.max(...found.map((finding, at) => (risks[at] ?? 0) * shareOf(finding)))),
      at: assessment.at,
    },
    fixedIn: found.find(({ fixedIn }) => fixedIn !== null)?.fixedIn ?? null,
  };
}

/** What the controls of the exceptions that cover it leave of its risk. */
function shareOf({ exceptions }: Finding): number {
  return Math.min(1, ...exceptions.map(({ share }) => share));
}

function basesOf(found: readonly Finding[], { inputs }: Assessment): readonly string[] {
  const brought = new Set(found.flatMap(({ inheritedFrom }) => (inheritedFrom === null ? [] : [inheritedFrom])));
  const names = [...brought].map((image) => {
    const base = inputs.lineage.bases.find((one) => one.image === image);
    return base === undefined || base.names.length === 0 ? shortDigest(image) : nameOf(base);
  });
  return [...new Set(names)].sort();
}

function riskOf(finding: Finding): number {
  return likelihoodOf(finding) * impactOf(finding);
}

/** More digits than the figures have meaning, so that canonical bytes are the same everywhere. */
function rounded(figure: number): number {
  return Math.round(figure * 10_000) / 10_000;
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}
