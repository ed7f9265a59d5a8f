/**
 * Tells one reader one thing by their topic: within their pace, else it waits for a round-up. What was told is not told
 * again, and what is held is not told besides.
 *
 * A reader whose topic is gone is no reason to lose a notice: the operator gets it in their place, and it says so.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Notice } from '../../core/notices/notice.ts';
import type { Paced } from '../../core/notices/pace.ts';
import { goesFirst } from '../../core/notices/precedence.ts';
import { operatorOf, type Reader } from '../../core/notices/routing.ts';
import { readSentNotice, sentNoticeKey } from '../../core/notices/sent-notice.ts';
import { OPERATOR } from '../../core/notices/subscriber.ts';
import { fitLines } from '../../core/text/fit.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Topics } from '../ports/topics.ts';
import { heldFrom } from './held-from.ts';
import type { RoundUpSent, SendingBoxes } from './send-box.ts';
import { rememberSent, wasSent } from './sent-notices.ts';
import { holdBack, isHeld, mayTell, type Turning } from './turn-or-hold.ts';

export interface Telling extends Turning {
  readonly evidence: EvidenceStore;
  readonly topics: Topics;
  readonly operator: Reader;
}

/** What became of a notice. `known`: it was told, or held, before. */
export type Sending =
  | { readonly outcome: 'sent'; readonly messageId: string }
  | { readonly outcome: 'held' }
  | { readonly outcome: 'known' };

/** SNS takes 256 KiB, attributes counted; what stands under a message is a few hundred bytes. */
const MOST_TEXT = 250 * 1024;

/** @throws CavendishError `unavailable`, `not-found` where nobody could be told */
export async function tellTopic(reader: Reader, notice: Notice, foot: string, telling: Telling): Promise<Sending> {
  const { register, operator } = telling;
  const to = recipientOf(reader);
  if ((await wasSent(notice, reader.name, register)) || (await isHeld(notice, to, telling)))
    return { outcome: 'known' };
  if (!(await mayTell({ id: notice.id, urgent: goesFirst(notice) }, to, telling))) {
    await holdBack([await heldFrom(notice, reader.name, { ...telling, about: null })], to, telling);
    return { outcome: 'held' };
  }
  try {
    const { messageId } = await sendNow(reader, notice, foot, telling);
    return { outcome: 'sent', messageId };
  } catch (error) {
    if (!isCavendishError(error, 'not-found') || reader.topicArn === operator.topicArn) throw error;
    return await tellTopic(standInFor(reader, operator), notice, goneFoot(reader), telling);
  }
}

export function recipientOf({ name, topicArn }: Reader): Paced {
  return { key: topicArn, name, topicArn };
}

/** Under a name of its own: the operator may get the same notice for another reason too. */
export function standInFor({ name }: Reader, { topicArn }: Reader): Reader {
  return { name: `${OPERATOR}-for-${name}`, topicArn };
}

export function goneFoot({ name, topicArn }: Reader): string {
  return `This was for the subscriber ${name}, whose topic is gone (${topicArn}): it comes to you as the operator. Take the subscriber out of the configuration, or name another topic, and deploy again.`;
}

/** Who brings a round-up of what waited to its topic; where that is gone, to the operator, if the hour has room there. */
export function roundUpSender({
  operatorTopic,
  ...telling
}: Omit<Telling, 'operator'> & { readonly operatorTopic: string }): SendingBoxes['send'] {
  return (roundUp, to) => sendRoundUp(roundUp, to, { ...telling, operator: operatorOf(operatorTopic) });
}

/** @throws CavendishError `unavailable`, `not-found` where nobody could be told */
async function sendRoundUp(roundUp: Notice, to: Paced, telling: Telling): Promise<RoundUpSent | null> {
  const { operator } = telling;
  const reader = { name: to.name, topicArn: to.topicArn ?? operator.topicArn };
  const stand = standInFor(reader, operator);
  const known = (await sentAs(roundUp, reader, telling)) ?? (await sentAs(roundUp, stand, telling));
  if (known !== null) return known;
  try {
    return await sendNow(reader, roundUp, footFor(reader, operator), telling);
  } catch (error) {
    if (!isCavendishError(error, 'not-found') || reader.topicArn === operator.topicArn) throw error;
    if (!(await mayTell({ id: roundUp.id, urgent: true }, recipientOf(stand), telling))) return null;
    return await sendNow(stand, roundUp, goneFoot(reader), telling);
  }
}

async function sentAs({ at, id }: Notice, { name }: Reader, { register }: Telling): Promise<RoundUpSent | null> {
  const stored = await register.get(sentNoticeKey(at, id, name));
  if (stored === null) return null;
  const { messageId, text } = readSentNotice(stored);
  return { messageId, text };
}

function footFor({ name, topicArn }: Reader, operator: Reader): string {
  return topicArn === operator.topicArn ? '' : `You are told as subscriber ${name}.`;
}

async function sendNow(
  reader: Reader,
  notice: Notice,
  foot: string,
  { register, evidence, topics }: Telling,
): Promise<RoundUpSent> {
  const { at, id, kind, subject } = notice;
  const text = footed(notice.text, foot);
  const kept = await evidence.put(new TextEncoder().encode(text));
  const messageId = await topics.publish({ topicArn: reader.topicArn, subject, text, attributes: { kind } });
  const body = { at, kind, to: reader.name, subject, messageId, assessment: null, roundUp: null, text: kept };
  await rememberSent([{ notice: { at, id }, body }], register);
  return { messageId, text: kept };
}

export function footed(text: string, foot: string): string {
  const fitting = fitLines(text, MOST_TEXT);
  return foot === '' ? fitting : `${fitting}\n--\n${foot}\n`;
}
