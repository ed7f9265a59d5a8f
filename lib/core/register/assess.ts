/**
 * Assesses an image: match, enrich, score, evaluate, decide.
 *
 * Pure: the same evidence gives the same assessment, to the byte. It reads like the way of an
 * image; each step is a room of its own.
 */
import { assetOf } from '../appetite/asset-of.ts';
import { decide } from '../appetite/decide.ts';
import { evaluateCriteria } from '../appetite/evaluate.ts';
import { feedGaps } from '../appetite/feed-gaps.ts';
import { countsOf } from '../scoring/counts.ts';
import { scoresOf } from '../scoring/score.ts';
import { splitOf } from '../scoring/split.ts';
import { type Assessment, RULES_VERSION } from './assessment.ts';
import { findingsOf } from './findings-of.ts';
import type { JudgedEvidence } from './judged-evidence.ts';
import { unansweredGaps } from './unanswered.ts';

export function assess(evidence: JudgedEvidence): Assessment {
  const { image, placement, repository, at, scan, feeds, buckets, appetite, firstSeen, lineage } = evidence;
  const { asset, stage: assetStage } = assetOf(appetite.value, repository);
  const stage = evidence.stage?.name ?? assetStage;
  const policy = appetite.value.stages[stage];

  const packages = scan.inventory?.packages ?? [];
  const read = { packages, layers: scan.inventory?.layers ?? [] };
  const { findings: found, gaps: matchGaps } = findingsOf(read, { feeds, buckets }, lineage);

  const unanswered = unansweredGaps(packages, feeds);
  // What was found is a score from below, whoever answers for the rest: a breach that is known stands.
  const scored = found.length > 0 || (packages.length > 0 && !unanswered.all);
  const score = scoresOf(scored ? found : null);
  const split = splitOf(found, scored);

  const evaluated = evaluateCriteria(policy, {
    findings: found,
    image,
    created: scan.inventory?.created ?? null,
    packages: packages.length,
    repository,
    asset,
    unnamed: appetite.value.unnamed,
    stage,
    score,
    split,
    lineage,
    at,
    zone: appetite.value.zone,
    firstSeen,
  });
  const findings = found.map((finding, index) => ({ ...finding, due: evaluated.due[index] ?? null }));
  const gaps = [
    ...(scan.inventory?.gaps ?? []),
    ...(scan.inventory === null ? scan.gaps : []),
    ...unanswered.gaps,
    ...matchGaps,
    ...feedGaps(feeds, policy, at, packages),
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
    stageFrom: evidence.stage?.from ?? (asset === null ? 'default' : 'asset'),
    at,
    verdict: decided.verdict,
    blocking: decided.blocking,
    score,
    counts: countsOf(findings),
    split,
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
      lineage,
      repository,
    },
  };
}
