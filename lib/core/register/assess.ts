/**
 * Assesses an image: match, enrich, except, score, evaluate, decide.
 *
 * Pure: the same evidence gives the same assessment, to the byte. It reads like the way of an
 * image; each step is a room of its own.
 */
import { assetOf } from '../appetite/asset-of.ts';
import { decide } from '../appetite/decide.ts';
import { evaluateCriteria, type Evaluated } from '../appetite/evaluate.ts';
import { feedGaps } from '../appetite/feed-gaps.ts';
import type { Finding } from '../matching/finding.ts';
import { judgedOpinions } from '../opinions/judged-opinions.ts';
import type { Gap } from '../sbom/gap.ts';
import { countsOf } from '../scoring/counts.ts';
import type { Rated } from '../scoring/figures.ts';
import { scoresOf } from '../scoring/score.ts';
import { splitOf } from '../scoring/split.ts';
import { type Assessment, RULES_VERSION } from './assessment.ts';
import { exceptFindings } from './except-findings.ts';
import { findingsOf } from './findings-of.ts';
import type { JudgedEvidence } from './judged-evidence.ts';
import { unansweredGaps } from './unanswered.ts';

export function assess(evidence: JudgedEvidence): Assessment {
  const { image, placement, repository, at, scan, feeds, buckets, appetite, firstSeen, lineage, history } = evidence;
  const { asset, stage: assetStage } = assetOf(appetite.value, repository);
  const stage = evidence.stage?.name ?? assetStage;
  const policy = appetite.value.stages[stage];

  const packages = scan.inventory?.packages ?? [];
  const layers = scan.inventory?.layers ?? [];
  const { findings: matched, gaps: matchGaps } = findingsOf({ packages, layers }, { feeds, buckets }, lineage);
  const { findings: found, opinions, onlyOthers } = judgedOpinions(matched, scan.inventory, evidence.opinions);

  const unanswered = unansweredGaps(packages, feeds);
  // What was found is a score from below, whoever answers for the rest: a breach that is known stands.
  const scored = found.length > 0 || (packages.length > 0 && !unanswered.all);
  const scoresWith = (findings: readonly Finding[], shares?: ReadonlyMap<Rated, number>) => ({
    score: scoresOf(scored ? findings : null, shares),
    split: splitOf(findings, scored, shares),
  });

  const about = {
    image,
    created: scan.inventory?.created ?? null,
    packages: packages.length,
    repository,
    asset,
    unnamed: appetite.value.unnamed,
    stage,
    lineage,
    history,
    at,
    zone: appetite.value.zone,
    firstSeen,
    opinions,
    onlyOthers,
  };
  const unexcepted = { ...about, findings: found, ...scoresWith(found) };
  const diffIds = layers.map(({ diffId }) => diffId);
  const { findings, open, shares, lapsed, barred } = exceptFindings(evidence, diffIds, unexcepted);
  const { score, split } = scoresWith(findings, shares);
  const evaluated = evaluateCriteria(policy, { ...about, findings: open, score, split });
  // What can't be asked of a finding stays a gap, be it accepted or not: no exception covers a gap.
  const asUnexcepted = shares.size === 0 ? evaluated : evaluateCriteria(policy, unexcepted);

  const gaps = [
    ...(scan.inventory?.gaps ?? []),
    ...(scan.inventory === null ? scan.gaps : []),
    ...unanswered.gaps,
    ...matchGaps,
    ...feedGaps(feeds, policy, at, packages),
    ...joined(evaluated.gaps, asUnexcepted.gaps),
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
    openCounts: countsOf(open),
    split,
    reasons: decided.reasons,
    gaps: decided.gaps,
    findings: withDue(findings, open, evaluated),
    ...(opinions.length > 0 && { opinions, onlyOthers }),
    lapsed,
    barred,
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
      exceptions: evidence.exceptions.map(({ hash }) => hash).sort(),
      ...(evidence.exceptionsAt !== undefined && { exceptionsAt: evidence.exceptionsAt }),
      ...(opinions.length > 0 && { opinions: evidence.opinions.map(({ hash }) => hash).sort() }),
      firstSeen,
      lineage,
      history,
      repository,
    },
  };
}

/** Each criterion that could not be asked is one gap. */
function joined(gaps: readonly Gap[], more: readonly Gap[]): readonly Gap[] {
  const known = new Set(gaps.map(({ subject }) => subject));
  return [...gaps, ...more.filter(({ subject }) => !known.has(subject))];
}

/** The criteria see the open findings only, and say of those by when they are due. */
function withDue(
  findings: readonly Finding[],
  open: readonly Finding[],
  { due }: Pick<Evaluated, 'due'>,
): readonly Finding[] {
  const dueOf = new Map(open.map((finding, index) => [finding, due[index] ?? null]));
  return findings.map((finding) => ({ ...finding, due: dueOf.get(finding) ?? null }));
}
