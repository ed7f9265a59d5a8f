/** Topics, subscriptions and the bus, for who tells people and programs; made from the environment. */
import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';

import { clientConfig } from '../../../lib/adapters/aws/clients.ts';
import { eventBusSink } from '../../../lib/adapters/aws/event-bus/event-bus.ts';
import { snsSubscriberTopics } from '../../../lib/adapters/aws/sns/subscriber-topics.ts';
import { snsSubscriptions } from '../../../lib/adapters/aws/sns/subscriptions.ts';
import { snsTopics } from '../../../lib/adapters/aws/sns/topics.ts';
import { readSubscribers, type Subscriber } from '../../../lib/core/notices/subscriber.ts';
import { pacedTopics } from '../../../lib/pipeline/announce/paced-topics.ts';
import type { EventSink } from '../../../lib/pipeline/ports/event-sink.ts';
import type { SubscriberTopics } from '../../../lib/pipeline/ports/subscriber-topics.ts';
import type { Topics, TopicSubscriptions } from '../../../lib/pipeline/ports/topics.ts';
import { type Environment, required } from '../environment.ts';
import type { Tools } from '../tools.ts';

export interface Announcing {
  readonly topics: Topics;
  readonly subscriptions: TopicSubscriptions;
  readonly events: EventSink;
  /** Those of the stack's configuration. */
  readonly ofStack: readonly Subscriber[];
  /** Of those that people make. */
  readonly subscriberTopics: SubscriberTopics;
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
    ofStack: readSubscribers(required(environment, 'subscribers')),
    subscriberTopics: subscriberTopicsOf(environment, sns),
    operatorTopic: required(environment, 'operatorTopic'),
  };
}

/** The ways to the subscribers that people make, for who makes them. */
export function openSubscriberTopics(environment: Environment, { tracer }: Tools): SubscriberTopics {
  return subscriberTopicsOf(environment, tracer.captureAWSv3Client(new SNSClient(clientConfig(environment))));
}

function subscriberTopicsOf(environment: Environment, client: SNSClient): SubscriberTopics {
  return snsSubscriberTopics({
    client,
    prefix: required(environment, 'subscriberTopics'),
    key: required(environment, 'topicKey'),
  });
}
