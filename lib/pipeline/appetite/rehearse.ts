/**
 * Rehearses an appetite: judges everything held again by it, each verdict on its own stored evidence and as of its own
 * instant, beside the appetite in force on the same. What differs is what the other appetite changes, and nothing else.
 *
 * Keeps nothing. Page by page over the placements in the order of their digests, so that what is judged meanwhile moves
 * nothing and a rehearsal that ended early goes on.
 */
import { type Rehearsed, rehearsedOf } from '../../core/appetite/rehearsal.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Stage } from '../../core/image/stage.ts';
import { assess } from '../../core/register/assess.ts';
import { type Assessment, RULES_VERSION } from '../../core/register/assessment.ts';
import type { Current } from '../../core/register/current.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { restoreEvidence } from '../replay-assessment/replay-assessment.ts';
import { countingCurrents } from '../sightings/counting-currents.ts';
import { pageOfPlacements } from './page-of-placements.ts';
import { rememberingEvidence } from './remembering-evidence.ts';

export interface Rehearsing {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  /** In force. */
  readonly appetite: JudgedEvidence['appetite'];
}

export interface RehearsalPage {
  /** Verdicts that were judged by both. */
  readonly judged: number;
  /** Of these, what would change. */
  readonly changed: readonly Rehearsed[];
  /** What could not be judged: evidence is missing or altered. */
  readonly failed: readonly { readonly placement: Placement; readonly stage: Stage; readonly why: string }[];
  /** Give it as `after` for the next page; null at the end. */
  readonly next: string | null;
}

interface Asked {
  readonly other: JudgedEvidence['appetite'];
  /** Placements of the page. */
  readonly limit: number;
  readonly after: string | null;
}

export async function rehearse({ other, limit, after }: Asked, rehearsing: Rehearsing): Promise<RehearsalPage> {
  const { register } = rehearsing;
  // Images share their bases, and these their advisories.
  const evidence = rememberingEvidence(rehearsing.evidence);
  const { placements, next } = await pageOfPlacements({ limit, after }, register);
  const changed: Rehearsed[] = [];
  const failed: RehearsalPage['failed'][number][] = [];
  let judged = 0;
  for (const placement of placements) {
    for (const current of await countingCurrents(placement, register)) {
      try {
        const sides = await judgeByBoth(current, other, { ...rehearsing, evidence });
        // A stage that the appetite in force no longer gives it: its verdict is a leftover.
        if (sides.before.stage !== current.stage) continue;
        judged += 1;
        const { tags, platform, assessment } = current;
        const row = rehearsedOf(sides, { placement, tags, platform, assessment });
        if (row !== null) changed.push(row);
      } catch (error) {
        if (!isCavendishError(error, 'not-found') && !isCavendishError(error, 'integrity-failed')) throw error;
        failed.push({ placement, stage: current.stage, why: error.message });
      }
    }
  }
  return { judged, changed, failed, next };
}

async function judgeByBoth(
  { assessment: id }: Current,
  other: JudgedEvidence['appetite'],
  { evidence, appetite }: Rehearsing,
): Promise<{ readonly before: Assessment; readonly after: Assessment }> {
  const recorded = await readDocument<Assessment>(evidence, id, 'assessment');
  const restored = await restoreEvidence(recorded, evidence);
  const isThat = recorded.rulesVersion === RULES_VERSION && recorded.appetite.hash === appetite.hash;
  return {
    before: isThat ? recorded : assess({ ...restored, appetite }),
    after: assess({ ...restored, appetite: other }),
  };
}
