import { Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import type { OtherRegistry } from '../registries/registries.ts';

export interface RegistryEventsProps {
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
  /** Registries of other accounts: their events come over the bus. */
  readonly others: readonly OtherRegistry[];
}

/**
 * Brings the events of the watched registries to the queue. Which repositories count is the intake's to
 * say: a pattern here would have to be the same as there.
 */
export class RegistryEvents extends Construct {
  public readonly rule: Rule;

  constructor(scope: Construct, id: string, { queue, deadLetters, others }: RegistryEventsProps) {
    super(scope, id);
    const { account } = Stack.of(this);
    const accounts = [account, ...others.map((one) => one.account)];
    const eventBus = EventBus.fromEventBusName(this, 'Default', 'default');

    this.rule = new Rule(this, 'Rule', {
      description: 'Cavendish: what is pushed to the registry, deleted from it, and scanned by it',
      eventBus,
      eventPattern: {
        source: ['aws.ecr'],
        account: [...new Set(accounts)],
        detailType: [...DETAIL_TYPES],
      },
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
    });
  }
}

/** The events that lib/adapters/aws/events reads; a referrer is no image, and would only cost. */
const DETAIL_TYPES = [
  'ECR Image Action',
  'ECR Replication Action',
  'ECR Pull Through Cache Action',
  'ECR Image Scan',
] as const;
