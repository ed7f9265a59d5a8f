/** Who hears of a verdict: pure, so that a preview and the real thing can not differ. */
import { namesRepository } from '../appetite/repository-pattern.ts';
import type { Stage } from '../image/stage.ts';
import type { Decision } from '../register/assessment.ts';
import { OPERATOR, type Subscriber } from './subscriber.ts';

/** A topic, and whose it is. */
export interface Reader {
  readonly name: string;
  readonly topicArn: string;
}

/** What routing asks of a notice. */
export interface Addressed {
  readonly repository: string;
  readonly stage: Stage;
  readonly verdict: Decision;
  /** The owner that the appetite names. */
  readonly owner: string;
}

/**
 * Every subscriber whose interests all hold, in their order. Two subscribers may share a topic: it gets
 * the notice once, for the first of them.
 */
export function readersOf(notice: Addressed, subscribers: readonly Subscriber[]): readonly Reader[] {
  const byTopic = new Map<string, Reader>();
  for (const subscriber of subscribers) {
    const { name, topicArn } = subscriber;
    if (wants(subscriber, notice) && !byTopic.has(topicArn)) byTopic.set(topicArn, { name, topicArn });
  }
  return [...byTopic.values()];
}

/** A notice that nobody wants is the operator's: somebody is told. */
export function operatorOf(topicArn: string): Reader {
  return { name: OPERATOR, topicArn };
}

function wants(
  { repositories, stages, verdicts, owners }: Subscriber,
  { repository, stage, verdict, owner }: Addressed,
): boolean {
  return (
    (repositories?.some((pattern) => namesRepository(pattern, repository)) ?? true) &&
    (stages?.includes(stage) ?? true) &&
    (verdicts?.includes(verdict) ?? true) &&
    (owners?.includes(owner) ?? true)
  );
}
