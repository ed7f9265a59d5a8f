/**
 * Which verdicts the passing of time alone changes, and when: everything held is judged as of each day to come, on the
 * evidence that it rests on now. Keeps nothing. Page by page, in the order of digests.
 */
import type { ComingVerdict } from '../../core/ahead/coming.ts';
import { turnsOf } from '../../core/ahead/turns.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Stage } from '../../core/image/stage.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { Current } from '../../core/register/current.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { pageOfPlacements } from '../appetite/page-of-placements.ts';
import { rememberingEvidence } from '../appetite/remembering-evidence.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { restoreEvidence } from '../replay-assessment/replay-assessment.ts';
import { countingCurrents } from '../sightings/counting-currents.ts';

export interface Ahead {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly intelligence: Pick<Intelligence, 'feeds'>;
  /** In force. */
  readonly appetite: JudgedEvidence['appetite'];
  /** The instant that a placement is judged as of, whatever the time is; null where it is the time. */
  readonly asOf: (placement: Placement) => string | null;
}

export interface VerdictsAhead {
  /** Verdicts that were looked at. */
  readonly judged: number;
  readonly turns: readonly ComingVerdict[];
  /** What could not be judged: evidence is missing or altered. */
  readonly failed: readonly { readonly placement: Placement; readonly stage: Stage; readonly why: string }[];
  /** Give it as `after` for the next page; null at the end. */
  readonly next: string | null;
}

interface Asked {
  /** ISO 8601: from when on, and until when. */
  readonly from: string;
  readonly until: string;
  readonly freshFeeds: boolean;
  /** Placements of the page. */
  readonly limit: number;
  readonly after: string | null;
}

export async function verdictsAhead({ limit, after, ...span }: Asked, ahead: Ahead): Promise<VerdictsAhead> {
  const { register } = ahead;
  // Images share their bases, and these their advisories.
  const evidence = rememberingEvidence(ahead.evidence);
  const { placements, next } = await pageOfPlacements({ limit, after }, register);
  const turns: ComingVerdict[] = [];
  const failed: VerdictsAhead['failed'][number][] = [];
  let judged = 0;
  for (const placement of placements) {
    for (const current of await countingCurrents(placement, register)) {
      try {
        turns.push(...(await turnsAhead(current, span, { ...ahead, evidence })));
        judged += 1;
      } catch (error) {
        if (!isCavendishError(error, 'not-found') && !isCavendishError(error, 'integrity-failed')) throw error;
        failed.push({ placement, stage: current.stage, why: error.message });
      }
    }
  }
  return { judged, turns, failed, next };
}

async function turnsAhead(
  { assessment, placement, platform, stage, tags }: Current,
  span: Pick<Asked, 'from' | 'until' | 'freshFeeds'>,
  { evidence, intelligence, appetite, asOf }: Ahead,
): Promise<readonly ComingVerdict[]> {
  const recorded = await readDocument<Assessment>(evidence, assessment, 'assessment');
  const [restored, held] = await Promise.all([restoreEvidence(recorded, evidence), intelligence.feeds()]);
  // Versions that say the same as those that it was judged by are younger.
  const feeds = restored.feeds.map((one) => held.find(({ feed }) => feed.id === one.feed.id) ?? one);
  const standing = { evidence: { ...restored, feeds, appetite }, recorded, fixed: asOf(placement) };
  const owner = recorded.asset?.owner ?? appetite.value.unnamed.owner;
  return turnsOf(standing, span).map((turn) => ({ ...turn, placement, platform, stage, tags, owner }));
}
