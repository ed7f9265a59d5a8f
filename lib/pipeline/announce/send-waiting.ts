/**
 * Sends what waits for a round-up, by the clock: what was held back, once there is room for it, and what people have
 * rounded up by the day or week. Either is sent though the other fails.
 */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { readDated } from '../reminders/read-dated.ts';
import { roundUpReaders, type Whom } from '../subscribers/round-up-readers.ts';
import { lookOut } from './outlook.ts';
import type { SendingBoxes } from './send-box.ts';
import { sendHeld, type SentHeld } from './send-held.ts';
import { sendRoundUps } from './send-round-ups.ts';

export interface SendingWaiting extends SendingBoxes, Whom {
  readonly appetite: () => Promise<{ readonly value: Appetite }>;
}

/** @throws what a channel throws, once everybody else has theirs; what the appetite throws, once what was held back is sent */
export async function sendWaiting(sending: SendingWaiting): Promise<SentHeld> {
  const held = await settled(sendHeld(sending));
  const asked = await settled(sendAsked(sending));
  return { roundUps: held().roundUps + asked().roundUps, notices: held().notices + asked().notices };
}

async function sendAsked(sending: SendingWaiting): Promise<SentHeld> {
  const { register, evidence, appetite } = sending;
  const { value } = await appetite();
  const looking = { register, evidence, appetite: value };
  return await sendRoundUps({
    ...sending,
    readers: await roundUpReaders(sending, value),
    policy: value,
    lookOut: (span) => lookOut(span, { ...looking, dated: (ladder) => readDated(ladder, looking) }),
  });
}

async function settled<T>(running: Promise<T>): Promise<() => T> {
  const [outcome] = await Promise.allSettled([running]);
  return () => {
    if (outcome.status === 'rejected') throw outcome.reason as unknown;
    return outcome.value;
  };
}
