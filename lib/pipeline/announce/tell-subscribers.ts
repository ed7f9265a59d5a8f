/**
 * Tells subscribers what a round came to: one message to each who wants any of it. What nobody wants is
 * the operator's, and so is what was for a topic that is gone.
 */
import type { ChangedVerdict } from '../../core/again/changed-verdict.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import { causeNotice } from '../../core/notices/cause-notice.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { operatorOf, type Reader, readersOf } from '../../core/notices/routing.ts';
import { OPERATOR, type Subscriber } from '../../core/notices/subscriber.ts';
import { fitLines } from '../../core/text/fit.ts';
import type { ToldReaders, ToldRound } from '../judge-again/tell-cause.ts';
import { rememberSent, wasSent } from './sent-notices.ts';
import { MOST_TEXT, type Telling } from './tell-reader.ts';

export interface TellingSubscribers extends Omit<Telling, 'operator'> {
  readonly subscribers: readonly Subscriber[];
  readonly operatorTopic: string;
}

interface Addressee {
  readonly reader: Reader;
  readonly entries: readonly ChangedVerdict[];
  readonly foot: string;
}

const NOBODY = 'No subscriber wants these: they come to you as the operator.';

/** @throws CavendishError `unavailable` where a topic did not take it: who was told is not told again */
export async function tellSubscribers(
  entries: readonly ChangedVerdict[],
  round: ToldRound,
  mustBeSaid: boolean,
  telling: TellingSubscribers,
): Promise<ToldReaders> {
  const operator = operatorOf(telling.operatorTopic);
  const addressees = addresseesOf(entries, telling.subscribers, operator);
  if (addressees.length === 0 && mustBeSaid) addressees.push({ reader: operator, entries: [], foot: '' });
  let notices = 0;
  for (const { reader, entries: wanted, foot } of addressees) {
    const notice = causeNotice({ ...round, entries: wanted, to: reader.name });
    notices += await tellOne(reader, notice, foot, { ...telling, operator });
  }
  return { notices };
}

function addresseesOf(
  entries: readonly ChangedVerdict[],
  subscribers: readonly Subscriber[],
  operator: Reader,
): Addressee[] {
  const byReader = new Map<string, { reader: Reader; entries: ChangedVerdict[]; foot: string }>();
  for (const entry of entries) {
    const { placement, stage, verdict, owner } = entry;
    const wanting = readersOf({ repository: placement.repository, stage, verdict, owner }, subscribers);
    for (const reader of wanting.length === 0 ? [operator] : wanting) {
      const foot = reader === operator ? NOBODY : `You are told as subscriber ${reader.name}.`;
      const told = byReader.get(reader.name) ?? { reader, entries: [], foot };
      told.entries.push(entry);
      byReader.set(reader.name, told);
    }
  }
  return [...byReader.values()];
}

/** @returns how many messages went out */
async function tellOne(reader: Reader, notice: Notice, foot: string, telling: Telling): Promise<number> {
  const { register, evidence, topics, operator } = telling;
  if (await wasSent(notice, reader.name, register)) return 0;
  const text = `${fitLines(notice.text, MOST_TEXT)}\n--\n${foot}\n`;
  const { at, id, kind, subject } = notice;
  try {
    const kept = await evidence.put(new TextEncoder().encode(text));
    const messageId = await topics.publish({ topicArn: reader.topicArn, subject, text, attributes: { kind } });
    const body = { at, kind, to: reader.name, subject, messageId, assessment: null, roundUp: null, text: kept };
    await rememberSent([{ notice: { at, id }, body }], register);
    return 1;
  } catch (error) {
    if (!isCavendishError(error, 'not-found') || reader.topicArn === operator.topicArn) throw error;
    const gone = `This was for the subscriber ${reader.name}, whose topic is gone (${reader.topicArn}): it comes to you as the operator.`;
    const stand = { name: `${OPERATOR}-for-${reader.name}`, topicArn: operator.topicArn };
    return await tellOne(stand, notice, gone, telling);
  }
}
