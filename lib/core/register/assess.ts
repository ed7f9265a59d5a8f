/**
 * Assesses an image: match, enrich, score, evaluate, decide.
 *
 * Pure: the same evidence gives the same assessment, to the byte. It reads like the way of an
 * image; each step is a room of its own.
 */
import { evaluateCriteria } from '../appetite/evaluate.ts';
import { assetOf } from '../appetite/asset-of.ts';
import { decide } from '../appetite/decide.ts';
import { feedGaps } from '../appetite/feed-gaps.ts';
import { SEVERITIES, type Finding, type Severity } from '../matching/finding.ts';
import { matchPackages } from '../matching/match-packages.ts';
import { enrich } from '../scoring/enrich.ts';
import { scoresOf } from '../scoring/score.ts';
import { RULES_VERSION, type Assessment } from './assessment.ts';
import type { JudgedEvidence } from './judged-evidence.ts';
import { recordsOf } from './read-records.ts';
import { unansweredGaps } from './unanswered.ts';

export function assess(evidence: JudgedEvidence): Assessment {
  const { image, placement, repository, at, scan, feeds, buckets, appetite, firstSeen } = evidence;
  const { asset, stage: assetStage } = assetOf(appetite.value, repository);
  const stage = evidence.stage ?? assetStage;
  const policy = appetite.value.stages[stage];

  const packages = scan.inventory?.packages ?? [];
  const { advisoriesOf, factsOf } = recordsOf(feeds, buckets);
  const { matches, gaps: matchGaps } = matchPackages(packages, advisoriesOf);
  const found = matches.map((match) => enrich(match, factsOf));

  const unanswered = unansweredGaps(packages, feeds);
  const scored = packages.length > 0 && !unanswered.none;
  const score = scoresOf(scored ? found : null);

  const evaluated = evaluateCriteria(policy, {
    findings: found,
    image,
    repository,
    asset,
    unnamed: appetite.value.unnamed,
    stage,
    score,
    at,
    firstSeen,
  });
  const findings = found.map((finding, index) => ({ ...finding, due: evaluated.due[index] ?? null }));
  const gaps = [
    ...(scan.inventory?.gaps ?? []),
    ...(scan.inventory === null ? scan.gaps : []),
    ...unanswered.gaps,
    ...matchGaps,
    ...feedGaps(feeds, policy, at),
    ...evaluated.gaps,
  ];
  const decided = decide(evaluated.reasons, gaps, policy);

  return {
    schemaVersion: 1,
    rulesVersion: RULES_VERSION,
    image,
    placement,
    asset:
      asset === null
        ? null
        : { id: asset.id, owner: asset.owner, exposure: asset.exposure, criticality: asset.criticality },
    stage,
    stageFrom: evidence.stage !== null ? 'given' : asset === null ? 'default' : 'asset',
    at,
    verdict: decided.verdict,
    blocking: decided.blocking,
    score,
    counts: countsOf(findings),
    reasons: decided.reasons,
    gaps: decided.gaps,
    findings,
    feeds: feeds.map(({ feed: { id, kind, date, count, modelVersion }, hash }) => ({
      id,
      kind,
      date,
      count,
      hash,
      modelVersion,
    })),
    appetite: { hash: appetite.hash, source: appetite.source },
    inputs: {
      sbom: scan.inventory === null ? null : scan.hash,
      scanGaps: scan.inventory === null ? scan.gaps : [],
      buckets: buckets.map(({ feed, key, hash }) => ({ feed, key, hash })),
      exceptions: [],
      firstSeen,
      repository,
    },
  };
}

/** Distinct vulnerabilities by severity: one that is in two packages is one. */
function countsOf(findings: readonly Finding[]): Record<Severity, number> {
  const severityOf = new Map(findings.map(({ vulnerability, severity }) => [vulnerability, severity]));
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const severity of severityOf.values()) counts[severity] += 1;
  return counts;
}
