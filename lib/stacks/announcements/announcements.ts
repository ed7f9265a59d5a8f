import { Names, Stack } from 'aws-cdk-lib';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

import type { ToldKind } from '../../core/notices/kinds.ts';
import type { Worker } from '../worker/worker.ts';
import { newTopic } from './new-topic.ts';

/** Somebody who hears of verdicts. Which ones is said by the fields below; what is left out is not asked about. */
export interface Subscriber {
  /** 1 to 40 of a-z, 0-9 and `-`; not `operator`. */
  readonly name: string;
  /**
   * Gets mail, once it has confirmed the subscription.
   *
   * @default - nobody: the topic is subscribed to by other means
   */
  readonly email?: string;
  /**
   * A standard topic that is there already.
   *
   * @default - a new one
   */
  readonly topic?: ITopic;
  /** @default - every repository. Patterns as in the appetite: `team/*`, `team/**` */
  readonly repositories?: readonly string[];
  /** @default - every stage */
  readonly stages?: readonly ('development' | 'testing' | 'production')[];
  /** @default - every verdict */
  readonly verdicts?: readonly ('go' | 'no-go' | 'unknown')[];
  /** @default - every owner. Letter by letter as the appetite names them */
  readonly owners?: readonly string[];
  /** @default - every asset. By id, as the appetite has them */
  readonly assets?: readonly string[];
  /** @default - what is said of images. The others are of one person, or the operator's: docs/notices.md */
  readonly kinds?: readonly ToldKind[];
  /** @default - any severity of the worst vulnerability, and none */
  readonly minSeverity?: 'critical' | 'high' | 'medium' | 'low';
}

export interface AnnouncementsProps {
  readonly subscribers: readonly Subscriber[];
  /** @default - nobody gets the operator's mail until somebody subscribes */
  readonly operatorEmail?: string;
  /** @default - a new one */
  readonly operatorTopic?: ITopic;
  /** @default - a new one */
  readonly eventBus?: IEventBus;
  /** @default - a new one for the topics */
  readonly encryptionKey?: IKey;
}

const MADE_BY_COMMAND = 'A topic for each subscriber that people make by a command: nobody knows their names before.';

/** Where notices and events go: a topic a subscriber, one for the operator, and a bus for programs. */
export class Announcements extends Construct {
  public readonly operator: ITopic;
  public readonly bus: IEventBus;
  /** For the functions' environment. */
  public readonly subscribersJson: string;
  /** What the ARNs of the topics begin with that people make by `subscribe`. */
  public readonly subscriberTopics: string;
  public readonly key: IKey;
  private readonly topics: readonly ITopic[];

  constructor(scope: Construct, id: string, props: AnnouncementsProps) {
    super(scope, id);
    const { subscribers, operatorEmail, operatorTopic, eventBus, encryptionKey } = props;

    // Alarms publish to the operator's topic, and may use no key of AWS's.
    const key = encryptionKey ?? new Key(this, 'Key', { enableKeyRotation: true, description: 'Cavendish: topics' });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.key = key;
    this.operator = operatorTopic ?? newTopic(this, 'Operator', key);
    if (operatorEmail !== undefined) this.operator.addSubscription(new EmailSubscription(operatorEmail));

    const heard = subscribers.map(({ email, topic, ...interest }) => {
      const own = topic ?? newTopic(this, `Topic-${interest.name}`, key);
      if (email !== undefined) own.addSubscription(new EmailSubscription(email));
      return { topic: own, ...interest };
    });
    const prefix = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    this.subscriberTopics = Stack.of(this).formatArn({ service: 'sns', resource: `${prefix}-` });
    this.topics = heard.map(({ topic }) => topic);
    this.subscribersJson = Stack.of(this).toJsonString(
      heard.map(({ topic, ...rest }) => ({ ...rest, topicArn: topic.topicArn })),
    );
    const bus = eventBus ?? new EventBus(this, 'Bus', { description: 'Cavendish: verdicts, for programs' });
    this.bus = bus as IEventBus;
  }

  /** To tell people and programs. */
  public grantPublish(worker: Worker): void {
    worker.allow(
      ['sns:Publish'],
      [this.operator, ...this.topics].map(({ topicArn }) => topicArn),
    );
    worker.allow(['sns:Publish'], [`${this.subscriberTopics}*`], MADE_BY_COMMAND);
    worker.allowKey(this.key);
    worker.allow(['events:PutEvents'], [this.bus.eventBusArn]);
  }

  /** To see whether people can be told. */
  public grantListSubscriptions(worker: Worker): void {
    worker.allow(
      ['sns:ListSubscriptionsByTopic'],
      [this.operator, ...this.topics].map(({ topicArn }) => topicArn),
    );
    worker.allow(['sns:ListSubscriptionsByTopic'], [`${this.subscriberTopics}*`], MADE_BY_COMMAND);
  }

  /** To make subscribers, and to take them away; those of the configuration are out of reach. */
  public grantSubscribe(worker: Worker): void {
    worker.allow(
      ['sns:CreateTopic', 'sns:Subscribe', 'sns:DeleteTopic'],
      [`${this.subscriberTopics}*`],
      MADE_BY_COMMAND,
    );
  }
}
