/**
 * Judges again from what is stored, and holds the result to the record, byte for byte.
 *
 * Evidence that is missing or altered is named, never passed over. Another rules version may judge
 * otherwise: then the differences are the answer.
 */
import diff from 'microdiff';

import type { Feed, HeldFeed } from '../../core/advisories/feed.ts';
import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { canonicalBytes, digestOf } from '../../core/canonical/canonical.ts';
import type { Grant } from '../../core/exceptions/exception.ts';
import type { Digest } from '../../core/image/digest.ts';
import { NO_LINEAGE } from '../../core/lineage/lineage.ts';
import { assess } from '../../core/register/assess.ts';
import { type Assessment, RULES_VERSION } from '../../core/register/assessment.ts';
import { type JudgedEvidence, NO_HISTORY, type ReadBucket, type Scan } from '../../core/register/judged-evidence.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { readDocument, readEvidence } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import { readOpinion } from '../second-opinion/opinions-of.ts';

/** A member of the assessment that came out otherwise; undefined where it is only on one side. */
export interface Difference {
  readonly path: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

export interface Replayed {
  readonly assessment: Digest;
  readonly outcome: 'identical' | 'different';
  /** The rules version that made the record, and the one that judged it again. */
  readonly rulesVersion: { readonly recorded: string; readonly replayed: string };
  readonly verdict: { readonly recorded: string; readonly replayed: string };
  readonly differences: readonly Difference[];
}

/** @throws CavendishError `not-found`, `integrity-failed` naming the evidence */
export async function replayAssessment(id: Digest, evidence: EvidenceStore): Promise<Replayed> {
  const recordedBytes = await readEvidence(evidence, id, 'assessment');
  const recorded = JSON.parse(new TextDecoder().decode(recordedBytes)) as Assessment;
  const appetite = await restoreAppetite(recorded, evidence);
  const replayed = assess({ ...(await restoreEvidence(recorded, evidence)), appetite });
  const identical = digestOf(canonicalBytes(replayed)) === id;
  return {
    assessment: id,
    outcome: identical ? 'identical' : 'different',
    rulesVersion: { recorded: recorded.rulesVersion, replayed: RULES_VERSION },
    verdict: { recorded: recorded.verdict, replayed: replayed.verdict },
    differences: identical ? [] : differencesOf(recorded, replayed),
  };
}

/** What an assessment rests on beside its appetite. @throws CavendishError `not-found`, `integrity-failed` naming it */
export async function restoreEvidence(
  recorded: Assessment,
  evidence: EvidenceStore,
): Promise<Omit<JudgedEvidence, 'appetite'>> {
  const { inputs, image, placement, stage, stageFrom, at } = recorded;
  return {
    image,
    placement,
    repository: inputs.repository,
    stage: stageFrom === 'given' || stageFrom === 'sighted' ? { name: stage, from: stageFrom } : null,
    at,
    scan: await restoreScan(recorded, evidence),
    feeds: await Promise.all(recorded.feeds.map((feed) => restoreFeed(feed, evidence))),
    buckets: await Promise.all(inputs.buckets.map((bucket) => restoreBucket(bucket, evidence))),
    firstSeen: inputs.firstSeen,
    ...laterInputs(inputs),
    ...(inputs.exceptionsAt !== undefined && { exceptionsAt: inputs.exceptionsAt }),
    exceptions: await Promise.all(inputs.exceptions.map((hash) => restoreGrant(hash, evidence))),
    opinions: await Promise.all((inputs.opinions ?? []).map((hash) => readOpinion(hash, evidence))),
  };
}

async function restoreAppetite({ appetite }: Assessment, evidence: EvidenceStore): Promise<JudgedEvidence['appetite']> {
  const text = new TextDecoder().decode(await readEvidence(evidence, appetite.hash, 'appetite'));
  return { ...appetite, value: parseAppetite(text, appetite.source) };
}

/** Rules version 1 knew nothing of bases, version 2 nothing of the past. */
function laterInputs({ lineage = NO_LINEAGE, history = NO_HISTORY }: Partial<Assessment['inputs']>) {
  return { lineage, history };
}

async function restoreGrant(hash: Digest, evidence: EvidenceStore): Promise<JudgedEvidence['exceptions'][number]> {
  return { hash, grant: await readDocument<Grant>(evidence, hash, 'grant of an exception') };
}

async function restoreScan({ inputs }: Assessment, evidence: EvidenceStore): Promise<Scan> {
  if (inputs.sbom !== null) {
    return { inventory: await readDocument<Inventory>(evidence, inputs.sbom, 'SBOM'), hash: inputs.sbom };
  }
  const [first, ...more] = inputs.scanGaps;
  if (first === undefined) throw new TypeError('an assessment without an SBOM names no gap of the scan');
  return { inventory: null, gaps: [first, ...more] };
}

async function restoreFeed({ id, hash }: Assessment['feeds'][number], evidence: EvidenceStore): Promise<HeldFeed> {
  return { feed: await readDocument<Feed>(evidence, hash, `feed ${id}`), hash };
}

async function restoreBucket(
  { feed, key, hash }: Assessment['inputs']['buckets'][number],
  evidence: EvidenceStore,
): Promise<ReadBucket> {
  const name = `bucket ${key} of feed ${feed}`;
  return { feed, key, hash, records: hash === null ? [] : await readDocument<unknown[]>(evidence, hash, name) };
}

function differencesOf(recorded: Assessment, replayed: Assessment): readonly Difference[] {
  return diff({ ...recorded }, { ...replayed }).map((change) => ({
    path: change.path.join('.'),
    recorded: 'oldValue' in change ? (change.oldValue as unknown) : undefined,
    replayed: 'value' in change ? (change.value as unknown) : undefined,
  }));
}
