/**
 * Tells one reader what is owed to them: a few notices one by one, more as one round-up.
 *
 * A reader whose topic is gone is no reason to lose a notice: the operator gets it in their place, and it
 * says so.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { roundUp } from '../../core/notices/round-up.ts';
import type { Reader } from '../../core/notices/routing.ts';
import { OPERATOR } from '../../core/notices/subscriber.ts';
import { fitLines } from '../../core/text/fit.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { Topics } from '../ports/topics.ts';
import type { OwedNotice } from './owed-notice.ts';
import { rememberSent, wasSent } from './sent-notices.ts';

export interface Telling {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly topics: Topics;
  readonly operator: Reader;
}

export interface Told {
  /** Messages that went out. */
  readonly sent: number;
  /** Notices that went out inside a round-up. */
  readonly heldBack: number;
  /** What did not go out, by the id of the work. */
  readonly failures: ReadonlyMap<string, unknown>;
}

/** As many as a reader gets one by one out of one batch. */
const MOST_ALONE = 3;
/** SNS takes 256 KiB, attributes counted; what stands under a message is a few hundred bytes. */
export const MOST_TEXT = 250 * 1024;

export async function tellReader(
  reader: Reader,
  owed: readonly OwedNotice[],
  telling: Telling,
  foot = `You are told as subscriber ${reader.name}.`,
): Promise<Told> {
  const known = await Promise.all(owed.map(({ notice }) => wasSent(notice, reader.name, telling.register)));
  const unsent = owed.filter((_, place) => known[place] !== true);
  const messages = unsent.length <= MOST_ALONE ? unsent.map((one) => [one]) : [unsent];
  const failures = new Map<string, unknown>();
  let [sent, heldBack] = [0, 0];
  for (const holds of messages) {
    try {
      await send(reader, holds, telling, foot);
      sent += 1;
      if (holds.length > 1) heldBack += holds.length;
    } catch (error) {
      if (isCavendishError(error, 'not-found') && reader.topicArn !== telling.operator.topicArn) {
        return await tellOperatorInstead(reader, owed, telling);
      }
      for (const { work } of holds) failures.set(work, error);
    }
  }
  return { sent, heldBack, failures };
}

async function tellOperatorInstead(
  { name, topicArn }: Reader,
  owed: readonly OwedNotice[],
  telling: Telling,
): Promise<Told> {
  const { topicArn: operator } = telling.operator;
  // Under a name of its own: the operator may get the same notice for another reason too.
  const stand = { name: `${OPERATOR}-for-${name}`, topicArn: operator };
  const foot = `This was for the subscriber ${name}, whose topic is gone (${topicArn}): it comes to you as the operator. Take the subscriber out of the configuration, or name another topic, and deploy again.`;
  return await tellReader(stand, owed, telling, foot);
}

async function send(reader: Reader, holds: readonly OwedNotice[], telling: Telling, foot: string): Promise<void> {
  const { register, evidence, topics } = telling;
  const notice = holds.length === 1 && holds[0] !== undefined ? holds[0].notice : roundUpOf(holds, reader);
  const text = `${fitLines(notice.text, MOST_TEXT)}\n--\n${foot}\n`;
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

function roundUpOf(holds: readonly OwedNotice[], { name }: Reader): Notice {
  return roundUp(
    holds.map(({ entry }) => entry),
    name,
  );
}

function filters({ addressed: { repository, stage, verdict } }: OwedNotice): Readonly<Record<string, string>> {
  return { repository, stage, verdict };
}
