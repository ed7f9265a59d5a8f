/**
 * The parts that a home on AWS is made of, as whoever operates it asks after them: facts, and no
 * judgement; lib/pipeline/examine-home judges.
 *
 * Each throws CavendishError `not-found` where the part is not there, `unavailable` where it does not
 * answer or the caller may not ask.
 */
export interface RuleFacts {
  readonly name: string;
  readonly enabled: boolean;
  /** ARNs of where its events go. */
  readonly targets: readonly string[];
}

export interface QueueFacts {
  readonly arn: string;
  /** Messages that a worker may take; about so many, as SQS says itself. */
  readonly visible: number;
  /** Messages that a worker has. */
  readonly taken: number;
  /** Messages that are not due yet. */
  readonly delayed: number;
}

export interface SubscriptionFacts {
  readonly endpoint: string;
  readonly protocol: string;
  readonly confirmed: boolean;
}

export interface ScheduleFacts {
  readonly name: string;
  readonly enabled: boolean;
  /** As EventBridge Scheduler writes it: `rate(15 minutes)`. */
  readonly expression: string;
}

export interface TableFacts {
  readonly name: string;
  /** `ACTIVE`, … */
  readonly status: string;
  /** Indexes that can't be queried (yet). */
  readonly indexesNotReady: readonly string[];
  readonly streams: boolean;
}

export const QUEUES = ['events', 'scan', 'judge', 'announce', 'again', 'remind'] as const;
export type QueueName = (typeof QUEUES)[number] | 'dead-letter';

/** What runs by the clock. */
export type ScheduleName = 'sweep' | 'refresh';

/** Who hears of what, by the stack: the operators, and each subscriber. */
export interface TopicName {
  readonly name: string;
  readonly arn: string;
}

export interface HomeParts {
  /** `UPDATE_COMPLETE`, …: the state of the deployment. */
  readonly stackStatus: string;
  pushRule(): Promise<RuleFacts>;
  queue(name: QueueName): Promise<QueueFacts>;
  /** @throws CavendishError `bad-input` where the stack's output can't be read */
  topics(): readonly TopicName[];
  subscriptions(topic: TopicName): Promise<readonly SubscriptionFacts[]>;
  schedule(name: ScheduleName): Promise<ScheduleFacts>;
  table(): Promise<TableFacts>;
}
