/** Tells the operator what is the matter with the home, and remembers it as any notice. */
import type { Notice } from '../../core/notices/notice.ts';
import { fitLines } from '../../core/text/fit.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { Topics } from '../ports/topics.ts';
import { rememberSent } from './sent-notices.ts';
import { MOST_TEXT } from './tell-reader.ts';

export interface TellingOperator {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly topics: Topics;
  readonly operatorTopic: string;
}

/** @throws CavendishError `unavailable`, `not-found` where nobody could be told */
export async function tellOperator(notice: Notice, telling: TellingOperator): Promise<void> {
  const { register, evidence, topics, operatorTopic } = telling;
  const { at, id, kind, to, subject } = notice;
  const text = fitLines(notice.text, MOST_TEXT);
  const kept = await evidence.put(new TextEncoder().encode(text));
  const messageId = await topics.publish({ topicArn: operatorTopic, subject, text, attributes: { kind } });
  const body = { at, kind, to, subject, messageId, assessment: null, roundUp: null, text: kept };
  await rememberSent([{ notice: { at, id }, body }], register);
}
