/**
 * Sends what waits, to each recipient in one round-up, once an hour has room for it again.
 *
 * A box leaves when the channel has accepted its round-up, not before. A death in between may send one round-up twice,
 * which is then the same one by its reference; what is in it is in no other.
 */
import { type HeldRow, readHeldRow } from '../../core/notices/held-notice.ts';
import { heldRoundUp, quotable } from '../../core/notices/held-round-up.ts';
import type { Letter } from '../../core/notices/letter.ts';
import { readLetter } from '../../core/notices/letter-schema.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { claimBox, type ClosedBox, letGo, type Pace, readPace, type Recipient } from '../../core/notices/pace.ts';
import type { SentNotice } from '../../core/notices/sent-notice.ts';
import { heldPartition, PACE_PARTITION } from '../../core/register/pace-keys.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { StoredItem } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { rememberSent } from './sent-notices.ts';
import type { Turning } from './turn-or-hold.ts';

/** What a channel made of a round-up. */
export type RoundUpSent = Pick<SentNotice, 'messageId' | 'text'>;

export interface SendingHeld extends Turning {
  readonly evidence: EvidenceStore;
  /**
   * Brings a round-up to its recipient, who has room for it; one that was brought before is not brought again.
   *
   * @returns null where it goes to somebody else, who has no room for it
   */
  readonly send: (roundUp: Notice, to: Recipient) => Promise<RoundUpSent | null>;
}

export interface SentHeld {
  readonly roundUps: number;
  /** Notices in them. */
  readonly notices: number;
}

/** How long one who died at it keeps others from it. */
const CLAIM_MS = 5 * 60_000;

/** @throws what a channel throws, once everybody else has theirs: what was for that one waits on */
export async function sendHeld(sending: SendingHeld): Promise<SentHeld> {
  const paces = await readAll(sending.register, { pk: PACE_PARTITION });
  const waiting = paces.filter((stored) => isWaiting(readPace(stored)));
  const failures: unknown[] = [];
  let [roundUps, notices] = [0, 0];
  for (const stored of waiting) {
    try {
      const count = await sendBox(stored, sending);
      if (count > 0) roundUps += 1;
      notices += count;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { roundUps, notices };
}

function isWaiting({ box, closed }: Pace): boolean {
  return closed !== null || box.count > 0;
}

/** @returns how many notices went out */
async function sendBox({ sk }: StoredItem, sending: SendingHeld): Promise<number> {
  const claimed = await claim(sk, sending);
  if (claimed === null) return 0;
  const { to, closed } = claimed;
  let wentOut = false;
  try {
    const rows = await rowsOf(to, closed, sending);
    const letters = await lettersOf(rows, sending);
    const roundUp = heldRoundUp({ to, box: closed.number, at: closed.at, rows, letters });
    const sent = await sending.send(roundUp, to);
    if (sent === null) return 0;
    await rememberSent(
      rows.map(({ at, id, kind, subject, assessment, reader }) => ({
        notice: { at, id },
        body: { at, kind, to: reader, subject, assessment, roundUp: roundUp.id, ...sent },
      })),
      sending.register,
    );
    wentOut = true;
    return rows.length;
  } finally {
    await settle(sk, closed, wentOut, sending);
  }
}

interface Claimed {
  readonly to: Recipient;
  readonly closed: ClosedBox;
}

async function claim(sk: string, { register, now, mostAnHour }: SendingHeld): Promise<Claimed | null> {
  const most = await mostAnHour();
  return await untilNoConflict(async () => {
    const stored = await register.get({ pk: PACE_PARTITION, sk });
    if (stored === null) return null;
    const was = readPace(stored);
    const at = now();
    const claimedUntil = new Date(at.getTime() + CLAIM_MS).toISOString();
    const claimed = claimBox(was, { at: at.toISOString(), claimedUntil, mostAnHour: most });
    if (claimed === null) return null;
    const { pace, closed } = claimed;
    await register.commit({
      puts: [{ item: { pk: PACE_PARTITION, sk, body: { ...pace } }, when: { version: stored.version } }],
    });
    const { name, topicArn } = pace;
    return { to: { key: topicArn ?? name, name, topicArn }, closed };
  });
}

async function settle(sk: string, closed: ClosedBox, wentOut: boolean, { register }: SendingHeld): Promise<void> {
  await untilNoConflict(async () => {
    const stored = await register.get({ pk: PACE_PARTITION, sk });
    if (stored === null) return;
    const body = { ...letGo(readPace(stored), closed, wentOut) };
    await register.commit({ puts: [{ item: { pk: PACE_PARTITION, sk, body }, when: { version: stored.version } }] });
  });
}

async function rowsOf({ key }: Recipient, closed: ClosedBox, { register }: SendingHeld): Promise<readonly HeldRow[]> {
  const items = await readAll(register, { pk: heldPartition(key), between: [closed.first, closed.last] });
  return items.map(readHeldRow).filter(({ box }) => box === closed.number);
}

async function lettersOf(
  rows: readonly HeldRow[],
  { evidence }: Pick<SendingHeld, 'evidence'>,
): Promise<ReadonlyMap<string, Letter>> {
  const letters = new Map<string, Letter>();
  for (const { id, letter } of quotable(rows)) {
    const bytes = letter === null ? null : await evidence.get(letter);
    // One that retention took is named all the same.
    if (bytes !== null) letters.set(id, readLetter(new TextDecoder().decode(bytes)));
  }
  return letters;
}
