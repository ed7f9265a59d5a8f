/** Topics, subscriptions and the bus, for who tells people and programs; made from the environment. */
import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';

import { clientConfig } from '../../../lib/adapters/aws/clients.ts';
import { eventBusSink } from '../../../lib/adapters/aws/event-bus/event-bus.ts';
import { snsSubscriptions } from '../../../lib/adapters/aws/sns/subscriptions.ts';
import { snsTopics } from '../../../lib/adapters/aws/sns/topics.ts';
import { readSubscribers, type Subscriber } from '../../../lib/core/notices/subscriber.ts';
import { pacedTopics } from '../../../lib/pipeline/announce/paced-topics.ts';
import type { EventSink } from '../../../lib/pipeline/ports/event-sink.ts';
import type { Topics, TopicSubscriptions } from '../../../lib/pipeline/ports/topics.ts';
import { type Environment, required } from '../environment.ts';
import type { Tools } from '../tools.ts';

export interface Announcing {
  readonly topics: Topics;
  readonly subscriptions: TopicSubscriptions;
  readonly events: EventSink;
  readonly subscribers: readonly Subscriber[];
  readonly operatorTopic: string;
}

/** @throws CavendishError `bad-input` where the subscribers are not right, `wrong-use` where a variable is not set */
export function openAnnouncing(environment: Environment, { tracer }: Tools): Announcing {
  const sns = tracer.captureAWSv3Client(new SNSClient(clientConfig(environment)));
  const client = tracer.captureAWSv3Client(new EventBridgeClient(clientConfig(environment)));
  return {
    topics: pacedTopics(snsTopics(sns), { clock: () => new Date(), pause }),
    subscriptions: snsSubscriptions(sns),
    events: eventBusSink({ client, bus: required(environment, 'eventBus') }),
    subscribers: readSubscribers(required(environment, 'subscribers')),
    operatorTopic: required(environment, 'operatorTopic'),
  };
}
