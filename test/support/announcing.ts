/** Verdicts that are owed, and the topics and the bus that they go to, for tests. */
import { canonicalBytes } from '../../lib/core/canonical/canonical.ts';
import type { OutEvent } from '../../lib/core/events/out-event.ts';
import type { Subscriber } from '../../lib/core/notices/subscriber.ts';
import type { Unaccepted } from '../../lib/pipeline/ports/event-sink.ts';
import type { TopicMessage } from '../../lib/pipeline/ports/topics.ts';
import type { Work } from '../../lib/pipeline/ports/work-queue.ts';
import { ANNOUNCE } from '../../lib/pipeline/work/work-types.ts';
import type { PlacedAssessment } from './assessments.ts';
import { memoryEvidence } from './memory-evidence.ts';
import { memoryStore } from './memory-store.ts';

export const OPERATOR_TOPIC = topicOf('operator');

export function topicOf(name: string): string {
  return `arn:aws:sns:eu-central-1:111122223333:${name}`;
}

export function aSubscriber(name: string, interests: Partial<Subscriber> = {}): Subscriber {
  return { name, topicArn: topicOf(name), ...interests };
}

interface Owing {
  readonly tag?: string | null;
  readonly previous?: PlacedAssessment | null;
  readonly revision?: number;
}

/** A home in memory whose topics and bus remember what they took, and refuse what a test has them refuse. */
export function anAnnouncingHome(subscribers: readonly Subscriber[]) {
  const { register, work: queue } = memoryStore();
  const evidence = memoryEvidence();
  const messages: TopicMessage[] = [];
  const told: OutEvent[] = [];
  const refusals = new Map<string, Error>();
  const untaken = new Set<string>();
  const time = { now: Date.parse('2026-11-24T10:00:00.000Z') };
  const dependencies = {
    ...{ register, evidence, subscribers, operatorTopic: OPERATOR_TOPIC, fallbackOwner: 'platform team' },
    ...{ now: () => new Date(time.now), mostAnHour: () => Promise.resolve(10) },
    roundUpsOnly: () => Promise.resolve(new Set<string>()),
    advise: () => Promise.resolve(null),
    topics: {
      async publish(message: TopicMessage): Promise<string> {
        const refusal = refusals.get(message.topicArn);
        if (refusal !== undefined) throw refusal;
        return `message-${messages.push(message)}`;
      },
    },
    events: {
      async publish(events: readonly OutEvent[]): Promise<readonly Unaccepted[]> {
        const taken = events.filter(({ detail: { id } }) => !untaken.has(id));
        told.push(...taken);
        return events.flatMap(({ detail: { id } }) => (untaken.has(id) ? [{ id, cause: 'too busy' }] : []));
      },
    },
  };

  /** Work as a commit leaves it, its assessments in the evidence store. */
  async function owe(
    assessment: PlacedAssessment,
    { tag = '1.0', previous = null, revision = 1 }: Owing = {},
  ): Promise<Work> {
    const id = await evidence.put(canonicalBytes(assessment));
    const before = previous === null ? null : await evidence.put(canonicalBytes(previous));
    return {
      id: `${ANNOUNCE}#${tag ?? ''}#${id}`,
      type: ANNOUNCE,
      body: { assessment: id, tag, previous: before, revision },
      at: '2026-11-24T00:00:00.000Z',
      attempt: 1,
      lapsed: 0,
    };
  }
  return { dependencies, time, register, queue, evidence, messages, told, refusals, untaken, owe };
}
