/** Who hears of a notice: pure, so that a preview and the real thing can not differ. */
import { namesRepository } from '../appetite/repository-pattern.ts';
import type { Addressed } from './addressed.ts';
import { type NoticeKind, OF_IMAGES } from './kinds.ts';
import { type Interests, OPERATOR, type Subscriber } from './subscriber.ts';
import { RATED, type Rated } from './worst.ts';

/** A topic, and whose it is. */
export interface Reader {
  readonly name: string;
  readonly topicArn: string;
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

/** Whether every interest holds. One in what a notice does not have, such as a stage of a feed, does not. */
export function wants(interests: Interests, notice: Addressed): boolean {
  const { repositories, stages, verdicts, owners, assets, minSeverity } = interests;
  const kinds: readonly NoticeKind[] = interests.kinds ?? OF_IMAGES;
  const { repository, verdict, owner, asset } = notice;
  return (
    notice.kinds.some((kind) => kinds.includes(kind)) &&
    (repositories?.some((pattern) => repository !== null && namesRepository(pattern, repository)) ?? true) &&
    (stages?.some((stage) => notice.stages.includes(stage)) ?? true) &&
    (verdicts?.some((one) => one === verdict) ?? true) &&
    (owners?.some((one) => one === owner) ?? true) &&
    (assets?.some((one) => one === asset) ?? true) &&
    (minSeverity === undefined || isAtLeast(notice.severity, minSeverity))
  );
}

function isAtLeast(severity: Addressed['severity'], least: Rated): boolean {
  return severity === null || RATED.indexOf(severity) <= RATED.indexOf(least);
}
