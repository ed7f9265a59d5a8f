/** Judges what a scan found: gather, assess, keep. */
import { canonicalBytes } from '../../core/canonical/canonical.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Platform } from '../../core/image/platform.ts';
import { assess } from '../../core/register/assess.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { JudgedEvidence, Scan } from '../../core/register/judged-evidence.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { gather } from './gather.ts';

export interface JudgeRequest {
  readonly digest: Digest;
  readonly platform: Platform;
  readonly reference: string;
  readonly placement: Placement | null;
  readonly repository: string | null;
  readonly stage: JudgedEvidence['stage'];
  /** ISO 8601, UTC, to the millisecond. */
  readonly at: string;
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
  const { digest, platform, reference, placement, repository, stage, at } = request;
  const { evidence, appetite, onStep } = dependencies;
  const [gap] = scan.inventory === null ? scan.gaps : [];
  onStep?.({ step: 'match', packages: scan.inventory?.packages.length ?? null, cause: gap?.message ?? null });
  const gathered = await gather(scan.inventory, at, dependencies);
  const assessment = assess({
    image: { digest, reference, platform },
    placement,
    repository,
    stage,
    at,
    scan,
    appetite,
    ...gathered,
  });
  onStep?.({ step: 'decide', findings: assessment.findings.length });
  return { assessment, id: await evidence.put(canonicalBytes(assessment)) };
}

/** What is known of an image that could not be scanned or judged, for good: nothing, and why. */
export function failedScan(message: string): Scan {
  return { inventory: null, gaps: [{ kind: 'scan-failed', subject: 'image', message }] };
}
