/** Tells the operator what is the matter with the home, within the pace of anybody. */
import type { Notice } from '../../core/notices/notice.ts';
import { operatorOf } from '../../core/notices/routing.ts';
import { type Telling, tellTopic } from './tell-topic.ts';

export interface TellingOperator extends Omit<Telling, 'operator'> {
  readonly operatorTopic: string;
}

/** @throws CavendishError `unavailable`, `not-found` where nobody could be told */
export async function tellOperator(notice: Notice, telling: TellingOperator): Promise<void> {
  const operator = operatorOf(telling.operatorTopic);
  await tellTopic(operator, notice, '', { ...telling, operator });
}
