/**
 * Tells subscribers what a round came to: one message to each who wants any of it. What nobody wants is
 * the operator's, and so is what was for a topic that is gone.
 */
import type { ChangedVerdict } from '../../core/again/changed-verdict.ts';
import { addressedOfChange } from '../../core/notices/addressed.ts';
import { causeNotice } from '../../core/notices/cause-notice.ts';
import { operatorOf, type Reader, readersOf } from '../../core/notices/routing.ts';
import type { Subscriber } from '../../core/notices/subscriber.ts';
import type { ToldReaders, ToldRound } from '../judge-again/tell-cause.ts';
import { type Telling, tellTopic } from './tell-topic.ts';

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
    const { outcome } = await tellTopic(reader, notice, foot, { ...telling, operator });
    if (outcome === 'sent') notices += 1;
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
    const wanting = readersOf(addressedOfChange(entry), subscribers);
    for (const reader of wanting.length === 0 ? [operator] : wanting) {
      const foot = reader === operator ? NOBODY : `You are told as subscriber ${reader.name}.`;
      const told = byReader.get(reader.name) ?? { reader, entries: [], foot };
      told.entries.push(entry);
      byReader.set(reader.name, told);
    }
  }
  return [...byReader.values()];
}
