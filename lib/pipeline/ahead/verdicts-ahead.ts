/**
 * Which verdicts the passing of time alone changes, and when: everything held is judged as of each day to come, on the
 * evidence that it rests on now. Keeps nothing. Page by page, in the order of digests; a page whose time is over ends
 * where it is, also amid a verdict, and the next goes on there.
 */
import { z } from 'zod';

import type { ComingVerdict } from '../../core/ahead/coming.ts';
import { type Span, type Standing, turnsAfter } from '../../core/ahead/turns.ts';
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import type { Placement } from '../../core/image/placement.ts';
import { stageSchema } from '../../core/image/schemas.ts';
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
  /** Whether the answer has to be given now. */
  readonly isLate: () => boolean;
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

interface Asked extends Span {
  /** Placements of the page. */
  readonly limit: number;
  readonly after: string | null;
}

/** @throws CavendishError `bad-input` where `after` is none that a page gave */
export async function verdictsAhead({ limit, after, ...span }: Asked, ahead: Ahead): Promise<VerdictsAhead> {
  const { register, isLate } = ahead;
  // Images share their bases, and these their advisories.
  const shared = { ...ahead, evidence: rememberingEvidence(ahead.evidence) };
  const turns: ComingVerdict[] = [];
  const failed: VerdictsAhead['failed'][number][] = [];
  let [judged, seen] = [0, 0];
  for (let place: Place | null = after === null ? BEGINNING : readPlace(after); place !== null; seen += 1) {
    if (seen === limit || (seen > 0 && isLate())) return { judged, turns, failed, next: placeText(place) };
    const { placements, next } = await pageOfPlacements({ limit: 1, after: place.after }, register);
    const { within } = place;
    for (const placement of placements) {
      const currents = await countingCurrents(placement, register);
      for (const current of currents.filter(({ stage }) => within === null || stage >= within.stage)) {
        const { stage } = current;
        const last: string | null = within?.stage === stage ? within.at : null;
        try {
          for (const { at, turn } of await turnsAhead(current, span, last, shared)) {
            if (turn !== null) turns.push(turn);
            if (isLate()) return { judged, turns, failed, next: placeText({ ...place, within: { stage, at } }) };
          }
          judged += 1;
        } catch (error) {
          if (!isCavendishError(error, 'not-found') && !isCavendishError(error, 'integrity-failed')) throw error;
          failed.push({ placement, stage, why: error.message });
        }
      }
    }
    place = next === null ? null : { after: next, within: null };
  }
  return { judged, turns, failed, next: null };
}

/** Where a page ends: behind a placement, or amid a verdict of the next one, behind an instant. */
interface Place {
  readonly after: string | null;
  readonly within: { readonly stage: Stage; readonly at: string } | null;
}

const BEGINNING: Place = { after: null, within: null };

const placeSchema = z.object({
  after: z.string().nullable(),
  within: z.object({ stage: stageSchema, at: z.iso.datetime({ precision: 3 }) }).nullable(),
});

function placeText(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readPlace(text: string): Place {
  try {
    return placeSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new CavendishError('bad-input', `"${text}" is not where a page ended`, { cause });
  }
}

interface Looked {
  readonly at: string;
  readonly turn: ComingVerdict | null;
}

/** @param after - the last instant that was looked at before; null: none was */
async function turnsAhead(
  { assessment, placement, platform, stage, tags }: Current,
  span: Span,
  after: string | null,
  { evidence, intelligence, appetite, asOf }: Ahead,
): Promise<Iterable<Looked>> {
  const recorded = await readDocument<Assessment>(evidence, assessment, 'assessment');
  const [restored, held] = await Promise.all([restoreEvidence(recorded, evidence), intelligence.feeds()]);
  // Versions that say the same as those that it was judged by are younger.
  const feeds = restored.feeds.map((one) => held.find(({ feed }) => feed.id === one.feed.id) ?? one);
  const standing: Standing = { evidence: { ...restored, feeds, appetite }, recorded, fixed: asOf(placement) };
  const owner = recorded.asset?.owner ?? appetite.value.unnamed.owner;
  return turnsAfter(standing, span, after).map(({ at, turn }) => ({
    at,
    turn: turn === null ? null : { ...turn, placement, platform, stage, tags, owner },
  }));
}
