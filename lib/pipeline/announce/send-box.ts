/**
 * Sends one box of what waits, in one round-up.
 *
 * A box leaves when the channel has accepted its round-up, not before. A death in between may send one round-up twice,
 * which is then the same one by its reference; what is in it is in no other.
 */
import { type HeldRow, readHeldRow } from '../../core/notices/held-notice.ts';
import { quotable } from '../../core/notices/held-round-up.ts';
import type { Letter } from '../../core/notices/letter.ts';
import { readLetter } from '../../core/notices/letter-schema.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { claimBox, type ClosedBox, letGo, newPace, type Pace, type Paced, readPace } from '../../core/notices/pace.ts';
import type { SentNotice } from '../../core/notices/sent-notice.ts';
import { heldPartition, paceKey } from '../../core/register/pace-keys.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { rememberSent } from './sent-notices.ts';
import type { Turning } from './turn-or-hold.ts';

/** What a channel made of a round-up. */
export type RoundUpSent = Pick<SentNotice, 'messageId' | 'text'>;

export interface SendingBoxes extends Turning {
  readonly evidence: EvidenceStore;
  /**
   * Brings a round-up to its recipient, who has room for it; one that was brought before is not brought again.
   *
   * @returns null where it goes to somebody else, who has no room for it
   */
  readonly send: (roundUp: Notice, to: Paced) => Promise<RoundUpSent | null>;
}

/** What is in a box that is to go out. */
export interface Box {
  readonly to: Paced;
  readonly closed: ClosedBox;
  /** Where the round-up of a day or week before it ended; null: there was none. */
  readonly through: string | null;
  readonly rows: readonly HeldRow[];
  readonly letters: ReadonlyMap<string, Letter>;
}

/** How long one who died at it keeps others from it. */
const CLAIM_MS = 5 * 60_000;

/**
 * @param compose - null where there is nothing to say: then the box is done with
 * @param calendar - of which day's or week's round-up it is, by its instant (ISO 8601); null: of none
 * @returns how many notices went out; null where nothing was to be sent, or could be
 */
export async function sendBox(
  to: Paced,
  { compose, calendar }: { readonly compose: (box: Box) => Promise<Notice | null>; readonly calendar: string | null },
  sending: SendingBoxes,
): Promise<number | null> {
  const claimed = await claim(to, calendar, sending);
  if (claimed === null) return null;
  const { closed } = claimed;
  let wentOut = false;
  try {
    const rows = await rowsOf(to, closed, sending);
    const letters = await lettersOf(rows, sending);
    const roundUp = await compose({ to, closed, through: claimed.pace.through, rows, letters });
    if (roundUp !== null) {
      const sent = await sending.send(roundUp, to);
      if (sent === null) return null;
      await remember(rows, roundUp, sent, sending);
    }
    wentOut = true;
    return roundUp === null ? null : rows.length;
  } finally {
    await settle(to, closed, wentOut, sending);
  }
}

async function claim(
  to: Paced,
  calendar: string | null,
  { register, now, mostAnHour }: SendingBoxes,
): Promise<{ readonly closed: ClosedBox; readonly pace: Pace } | null> {
  const most = await mostAnHour();
  return await untilNoConflict(async () => {
    const stored = await register.get(paceKey(to.key));
    const was = stored === null ? newPace(to) : readPace(stored);
    const at = now();
    const claimedUntil = new Date(at.getTime() + CLAIM_MS).toISOString();
    const claimed = claimBox(was, { at: at.toISOString(), claimedUntil, mostAnHour: most, calendar });
    if (claimed === null) return null;
    const when = stored === null ? ('absent' as const) : { version: stored.version };
    await register.commit({ puts: [{ item: { ...paceKey(to.key), body: { ...claimed.pace } }, when }] });
    return claimed;
  });
}

async function remember(
  rows: readonly HeldRow[],
  roundUp: Notice,
  sent: RoundUpSent,
  { register }: SendingBoxes,
): Promise<void> {
  await rememberSent(
    rows.map(({ at, id, kind, subject, assessment, reader }) => ({
      notice: { at, id },
      body: { at, kind, to: reader, subject, assessment, roundUp: roundUp.id, ...sent },
    })),
    register,
  );
}

async function settle({ key }: Paced, closed: ClosedBox, wentOut: boolean, { register }: SendingBoxes): Promise<void> {
  await untilNoConflict(async () => {
    const stored = await register.get(paceKey(key));
    if (stored === null) return;
    const body = { ...letGo(readPace(stored), closed, wentOut) };
    await register.commit({ puts: [{ item: { ...paceKey(key), body }, when: { version: stored.version } }] });
  });
}

async function rowsOf(
  { key }: Paced,
  { number, count, first, last }: ClosedBox,
  { register }: SendingBoxes,
): Promise<readonly HeldRow[]> {
  if (count === 0) return [];
  const items = await readAll(register, { pk: heldPartition(key), between: [first, last] });
  return items.map(readHeldRow).filter(({ box }) => box === number);
}

async function lettersOf(rows: readonly HeldRow[], { evidence }: SendingBoxes): Promise<ReadonlyMap<string, Letter>> {
  const letters = new Map<string, Letter>();
  for (const { id, letter } of quotable(rows)) {
    const bytes = letter === null ? null : await evidence.get(letter);
    // One that retention took is named all the same.
    if (bytes !== null) letters.set(id, readLetter(new TextDecoder().decode(bytes)));
  }
  return letters;
}
