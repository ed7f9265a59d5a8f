/**
 * Walks the way of an image through a home, and says of each part whether it is well and what to do
 * where it is not. It changes nothing.
 */
import type { EvidenceStore } from '../ports/evidence-store.ts';
import { type HomeParts, QUEUES } from '../ports/home-parts.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { WorkQueue } from '../ports/work-queue.ts';
import { type Check, check } from './check.ts';
import { lookAtFeeds } from './feeds.ts';
import { lookAtOutbox } from './outbox.ts';
import { type ExaminedAppetite, lookAtAppetite, lookAtEvidence, lookAtRegister, lookAtTable } from './stores.ts';
import { lookAtDeadLetters, lookAtQueue, lookAtRule, lookAtSchedule, lookAtStack, lookAtTopic } from './way.ts';

/** How a home is looked at. */
export interface Looking {
  readonly now: () => Date;
  /** Between two looks at something that should move: some seconds. */
  readonly waitAWhile: () => Promise<void>;
}

export interface Examined extends Looking {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly intelligence: Intelligence;
  readonly work: WorkQueue;
  /** What the home judges by. */
  readonly appetite: () => Promise<ExaminedAppetite>;
  /** What to do where work is left over in the outbox. */
  readonly ifLeftOver: string;
}

/** What every home has. */
export async function examineStores(home: Examined): Promise<readonly Check[]> {
  const { register, evidence, intelligence, work, appetite, now } = home;
  return await Promise.all([
    check('register', () => lookAtRegister(register)),
    check('evidence', () => lookAtEvidence(evidence)),
    check('appetite', () => lookAtAppetite(appetite)),
    check('feeds', async () => lookAtFeeds(await intelligence.feeds(), (await appetite()).appetite, now())),
    check('outbox', () => lookAtOutbox(work, home)),
  ]);
}

/** What a home on AWS has besides, in the order of the way. */
export async function examineWay(
  parts: HomeParts,
  { waitAWhile }: Pick<Looking, 'waitAWhile'>,
): Promise<readonly Check[]> {
  const way = Promise.all([
    check('stack', () => Promise.resolve(lookAtStack(parts))),
    check('push-rule', () => lookAtRule(parts)),
    ...QUEUES.map((name) => check(`${name}-queue`, () => lookAtQueue(() => parts.queue(name), waitAWhile))),
    check('dead-letters', () => lookAtDeadLetters(parts)),
    check('table', () => lookAtTable(parts)),
    check('sweep', () => lookAtSchedule(parts, 'sweep')),
    check('refresh', () => lookAtSchedule(parts, 'refresh')),
  ]);
  return (await Promise.all([way, examineTopics(parts)])).flat();
}

async function examineTopics(parts: HomeParts): Promise<readonly Check[]> {
  const listed = await check('subscribers', () => {
    const topics = parts.topics();
    return Promise.resolve({ well: true, says: `${String(topics.length)} topics`, next: null });
  });
  if (!listed.well) return [listed];
  return await Promise.all(
    parts.topics().map((topic) => check(`subscribers-${topic.name}`, () => lookAtTopic(topic, parts))),
  );
}
