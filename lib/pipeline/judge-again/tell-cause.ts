/**
 * Tells what a round came to: one notice a reader, when all of it is judged, or after an hour what is
 * judged by then; the rest is told when it is. Where nothing changed and there is no news, nobody is told.
 */
import { z } from 'zod';

import { causeId, causeName, causeSchema } from '../../core/again/cause.ts';
import type { ChangedVerdict } from '../../core/again/changed-verdict.ts';
import {
  isOtherModel,
  readRoundHead,
  readRoundTelling,
  type RoundHead,
  type RoundTelling,
} from '../../core/again/round.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { placementName } from '../../core/image/placement.ts';
import type { CauseTold } from '../../core/notices/cause-notice.ts';
import { causeHeadKey, causeToldKey } from '../../core/register/index-keys.ts';
import { counted } from '../../core/text/plain.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutboxEntry, RegisterStore } from '../ports/register-store.ts';
import type { Work } from '../ports/work-queue.ts';
import { NotYet } from '../work/run-work.ts';
import { TELL_CAUSE } from '../work/work-types.ts';
import { changedOn, donePages, placementsOn, tellingsOf } from './round-items.ts';

/** Everything but whom it is for. */
export type ToldRound = Omit<CauseTold, 'entries' | 'to'>;

export interface TellingCause {
  readonly register: RegisterStore;
  readonly now: Clock;
  /** How often is looked whether the pages are judged. */
  readonly everySeconds: number;
  /**
   * Tells every reader of any of the entries.
   *
   * @param mustBeSaid - somebody has to be told, though nothing changed
   */
  readonly tell: (entries: readonly ChangedVerdict[], round: ToldRound, mustBeSaid: boolean) => Promise<ToldReaders>;
}

export interface ToldReaders {
  /** Messages that went out. */
  readonly notices: number;
}

/** Milliseconds that a round has until what is judged of it is told. */
const LONGEST_WAIT = 60 * 60 * 1000;
/** Milliseconds after which what is not judged is not waited for: its work was set aside, and is told of there. */
const GIVEN_UP = 24 * 60 * 60 * 1000;

const job = z.object({ cause: causeSchema, part: z.int().positive().default(1) });

/** @throws NotYet while pages are judged */
export async function tellCause(work: Work, telling: TellingCause): Promise<ToldReaders> {
  const { cause, part } = job.parse(work.body);
  const { register } = telling;
  const head = readRoundHead(await register.get(causeHeadKey(causeId(cause))));
  if (head === null) throw new CavendishError('not-found', `the round ${causeId(cause)} has no head`);

  const fixed = await fixTelling({ head, part, since: work.at }, telling);
  const entries = await changedOn(causeId(cause), new Set(fixed.pages), register);
  const failed = fixed.failed.map(({ placement, stage, why }) => `${placementName(placement)} for ${stage}: ${why}`);
  if (fixed.lost > 0) {
    failed.push(
      `${counted(fixed.lost, 'image')} of this round will not be judged: their work was set aside (cavendish dead-letters)`,
    );
  }
  const mustBeSaid = failed.length > 0 || fixed.open > 0 || (part === 1 && head.feeds.some(isOtherModel));
  const told = await telling.tell(entries, { head, part, open: fixed.open, failed }, mustBeSaid);
  if (fixed.open > 0) await register.commit({ puts: [], outbox: [nextTelling(head, part)] });
  return told;
}

function nextTelling({ cause }: RoundHead, part: number): OutboxEntry {
  const next = part + 1;
  return { id: `${TELL_CAUSE}#${causeName(cause)}#${next}`, type: TELL_CAUSE, body: { cause, part: next } };
}

/** Which pages it is about: once somebody is told, that is no longer asked. */
async function fixTelling(
  { head, part, since }: { readonly head: RoundHead; readonly part: number; readonly since: string },
  { register, now, everySeconds }: TellingCause,
): Promise<RoundTelling> {
  const id = causeId(head.cause);
  const known = await register.get(causeToldKey(id, part));
  if (known !== null) return readRoundTelling(known);

  const done = await donePages(id, register);
  const before = new Set((await tellingsOf(id, register)).flatMap(({ pages }) => pages));
  const pages = [...done.keys()].filter((page) => !before.has(page));
  const isLate = now().getTime() >= Date.parse(since) + LONGEST_WAIT;
  const isOver = now().getTime() >= Date.parse(since) + GIVEN_UP;
  // That it takes long is said once.
  const isDue = done.size >= head.pages || isOver || (isLate && (part === 1 || pages.length > 0));
  if (!isDue) throw new NotYet(new Date(now().getTime() + everySeconds * 1000));
  const open = Array.from({ length: head.pages }, (_, page) => page).filter((page) => !done.has(page));
  const waiting = await placementsOn(id, open, register);
  const telling: RoundTelling = {
    pages,
    ...(isOver ? { open: 0, lost: waiting } : { open: waiting, lost: 0 }),
    failed: pages.flatMap((page) => done.get(page)?.failed ?? []),
  };
  await register.commit({ puts: [{ item: { ...causeToldKey(id, part), body: { ...telling } }, when: 'absent' }] });
  return telling;
}
