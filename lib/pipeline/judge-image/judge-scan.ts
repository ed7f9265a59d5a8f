/** Judges what a scan found: gather, assess, keep. */
import { assetOf } from '../../core/appetite/asset-of.ts';
import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { placeOf } from '../../core/exceptions/place.ts';
import type { Digest } from '../../core/image/digest.ts';
import { NOTHING_SAID, type SaidBase } from '../../core/image/open-image.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Platform } from '../../core/image/platform.ts';
import { factsOf } from '../../core/lineage/image-facts.ts';
import { type Lineage, NO_LINEAGE } from '../../core/lineage/lineage.ts';
import { assess } from '../../core/register/assess.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { JudgedEvidence, Scan } from '../../core/register/judged-evidence.ts';
import { grantsFor } from '../exceptions/in-force.ts';
import { lineageOf } from '../lineage/lineage-of.ts';
import { readFamily } from '../lineage/read-family.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { opinionsOf } from '../second-opinion/opinions-of.ts';
import { gather } from './gather.ts';
import { readHistory } from './read-history.ts';

export interface JudgeRequest {
  readonly digest: Digest;
  readonly platform: Platform;
  readonly reference: string;
  readonly placement: Placement | null;
  readonly repository: string | null;
  readonly stage: JudgedEvidence['stage'];
  /** What an image says of its base that is judged beside the board, and is not remembered. */
  readonly base?: SaidBase;
  /** ISO 8601, UTC, to the millisecond. */
  readonly at: string;
  /** As of when exceptions count, where that is another instant. */
  readonly exceptionsAt?: string;
}

/** What happens, as it happens. */
export type Step =
  | { readonly step: 'scan'; readonly image: Digest; readonly reference: string }
  | { readonly step: 'match'; readonly packages: number | null; readonly cause: string | null }
  | { readonly step: 'decide'; readonly findings: number };

export interface DecideDependencies {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly intelligence: Intelligence;
  readonly appetite: JudgedEvidence['appetite'];
  readonly onStep?: (step: Step) => void;
}

export interface Judged {
  readonly assessment: Assessment;
  /** The digest of its canonical bytes. */
  readonly id: Digest;
}

export async function judgeScan(request: JudgeRequest, scan: Scan, dependencies: DecideDependencies): Promise<Judged> {
  return await keepJudged(await assessScan(request, scan, dependencies), dependencies);
}

/** Keeps an assessment as evidence. */
export async function keepJudged(
  assessment: Assessment,
  { evidence }: Pick<DecideDependencies, 'evidence'>,
): Promise<Judged> {
  return { assessment, id: await evidence.put(canonicalBytes(assessment)) };
}

/** Judges, and keeps nothing. */
export async function assessScan(
  request: JudgeRequest,
  scan: Scan,
  dependencies: DecideDependencies,
): Promise<Assessment> {
  const { digest, platform, reference, placement, repository, stage, at, exceptionsAt } = request;
  const { appetite, onStep } = dependencies;
  const [gap] = scan.inventory === null ? scan.gaps : [];
  onStep?.({ step: 'match', packages: scan.inventory?.packages.length ?? null, cause: gap?.message ?? null });
  const [gathered, lineage] = await Promise.all([
    gather(scan.inventory, at, dependencies),
    lineageOfScan(request, scan, dependencies.register),
  ]);
  const judgedFor = stage?.name ?? assetOf(appetite.value, repository).stage;
  const place = placeOf({ digest, repository, stage: judgedFor, lineage }, appetite.value);
  const [exceptions, history, opinions] = await Promise.all([
    grantsFor({ ...place, at: exceptionsAt ?? at }, dependencies),
    readHistory(place, at, dependencies.register),
    placement === null ? [] : opinionsOf(placement, dependencies),
  ]);
  const assessment = assess({
    image: { digest, reference, platform },
    placement,
    repository,
    stage,
    at,
    scan,
    appetite,
    lineage,
    exceptions,
    ...(exceptionsAt !== undefined && exceptions.length > 0 && { exceptionsAt }),
    history,
    opinions,
    ...gathered,
  });
  onStep?.({ step: 'decide', findings: assessment.findings.length });
  return assessment;
}

/** An image that was not read has no layers that anything vouches for. */
async function lineageOfScan(request: JudgeRequest, { inventory }: Scan, register: RegisterStore): Promise<Lineage> {
  if (inventory === null) return NO_LINEAGE;
  const { digest, platform, repository, at, base = NOTHING_SAID } = request;
  const family = readFamily(register);
  const { layers, created } = inventory;
  const facts = (await family.facts(digest)) ?? factsOf({ digest, platform, layers, created, base }, at);
  return await lineageOf(facts, repository, family);
}

/** What is known of an image that could not be scanned or judged, for good: nothing, and why. */
export function failedScan(message: string): Scan {
  return { inventory: null, gaps: [{ kind: 'scan-failed', subject: 'image', message }] };
}
