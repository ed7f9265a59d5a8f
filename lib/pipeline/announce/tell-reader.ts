/**
 * Tells one reader what is owed to them: a few notices one by one, more as one round-up; what is more than an hour has
 * room for waits.
 *
 * A reader whose topic is gone is no reason to lose a notice: the operator gets it in their place, and it
 * says so.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { goesFirst } from '../../core/notices/precedence.ts';
import { roundUp } from '../../core/notices/round-up.ts';
import type { Reader } from '../../core/notices/routing.ts';
import { heldFrom } from './held-from.ts';
import type { OwedNotice } from './owed-notice.ts';
import { rememberSent, wasSent } from './sent-notices.ts';
import { footed, goneFoot, recipientOf, standInFor, type Telling } from './tell-topic.ts';
import { holdBack, isHeld, mayTell } from './turn-or-hold.ts';

export interface Told {
  /** Messages that went out. */
  readonly sent: number;
  /** Notices that went out inside a round-up, or wait for one. */
  readonly heldBack: number;
  /** What did not go out, by the id of the work. */
  readonly failures: ReadonlyMap<string, unknown>;
}

/** As many as a reader gets one by one out of one batch. */
const MOST_ALONE = 3;

export async function tellReader(
  reader: Reader,
  owed: readonly OwedNotice[],
  telling: Telling,
  foot = `You are told as subscriber ${reader.name}.`,
): Promise<Told> {
  const to = recipientOf(reader);
  const known = await Promise.all(owed.map(({ notice }) => isKnown(notice, reader, telling)));
  const unsent = owed.filter((_, place) => known[place] !== true);
  const messages = unsent.length <= MOST_ALONE ? unsent.map((one) => [one]) : [unsent];
  const failures = new Map<string, unknown>();
  let [sent, heldBack] = [0, 0];
  for (const holds of messages) {
    try {
      const notice = messageOf(holds, reader);
      if (await mayTell({ id: notice.id, urgent: goesFirst(notice) }, to, telling)) {
        await send(reader, { holds, notice, foot }, telling);
        sent += 1;
        if (holds.length > 1) heldBack += holds.length;
      } else {
        const held = await Promise.all(
          holds.map((one) => heldFrom(one.notice, reader.name, { ...telling, about: one })),
        );
        await holdBack(held, to, telling);
        heldBack += held.length;
      }
    } catch (error) {
      if (isCavendishError(error, 'not-found') && reader.topicArn !== telling.operator.topicArn) {
        return await tellReader(standInFor(reader, telling.operator), owed, telling, goneFoot(reader));
      }
      for (const { work } of holds) failures.set(work, error);
    }
  }
  return { sent, heldBack, failures };
}

async function isKnown(notice: Notice, reader: Reader, telling: Telling): Promise<boolean> {
  return (await wasSent(notice, reader.name, telling.register)) || (await isHeld(notice, recipientOf(reader), telling));
}

function messageOf(holds: readonly OwedNotice[], { name }: Reader): Notice {
  const [only] = holds;
  if (holds.length === 1 && only !== undefined) return only.notice;
  return roundUp(
    holds.map(({ entry }) => entry),
    name,
  );
}

interface Message {
  readonly holds: readonly OwedNotice[];
  readonly notice: Notice;
  readonly foot: string;
}

async function send(reader: Reader, { holds, notice, foot }: Message, telling: Telling): Promise<void> {
  const { register, evidence, topics } = telling;
  const text = footed(notice.text, foot);
  const kept = await evidence.put(new TextEncoder().encode(text));
  const attributes = { kind: notice.kind, ...(holds.length === 1 && holds[0] !== undefined && filters(holds[0])) };
  const messageId = await topics.publish({ topicArn: reader.topicArn, subject: notice.subject, text, attributes });
  const about = { to: reader.name, messageId, text: kept };
  const roundUpId = holds.length === 1 ? null : notice.id;
  const each = holds.map(({ notice: { at, id, kind, subject }, assessment }) => ({
    notice: { at, id },
    body: { ...about, at, kind, subject, assessment, roundUp: roundUpId },
  }));
  const { at, id, kind, subject } = notice;
  const whole = { notice: { at, id }, body: { ...about, at, kind, subject, assessment: null, roundUp: null } };
  // The notices last: without them it is sent again, without the round-up's own entry nothing is.
  await rememberSent(roundUpId === null ? each : [whole, ...each], register);
}

function filters({ addressed: { repository, stages, verdict } }: OwedNotice): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries({ repository, stage: stages.join(), verdict }).flatMap(([name, value]) =>
      value === null ? [] : [[name, value] as const],
    ),
  );
}
