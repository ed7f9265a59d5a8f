import { Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import type { Worker } from '../worker/worker.ts';

/** Which environment a cluster of ECS or a function of Lambda is; what no rule names is production. */
export interface SightingRule {
  /** Name patterns of clusters. */
  readonly clusters?: readonly string[];
  /** Name patterns of functions. */
  readonly functions?: readonly string[];
  readonly environment: 'production' | 'testing' | 'development';
}

export interface SightingsProps {
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
  readonly rules: readonly SightingRule[];
}

/** Learns what runs: tasks of ECS tell by events when they begin and end, and the sweep asks ECS and Lambda. */
export class Sightings extends Construct {
  public readonly rule: Rule;
  /** For the functions' environment; undefined where all is production. */
  public readonly json: string | undefined;

  constructor(scope: Construct, id: string, { queue, deadLetters, rules }: SightingsProps) {
    super(scope, id);
    this.json = rules.length === 0 ? undefined : Stack.of(this).toJsonString([...rules]);
    this.rule = new Rule(this, 'Rule', {
      description: 'Cavendish: which images begin and end to run on ECS',
      eventBus: EventBus.fromEventBusName(this, 'Default', 'default'),
      eventPattern: {
        source: ['aws.ecs'],
        account: [Stack.of(this).account],
        detailType: ['ECS Task State Change'],
        detail: { lastStatus: ['RUNNING', 'STOPPED'] },
      },
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters })],
    });
  }

  /** To ask what runs, in the home's own account and Region. */
  public grantList(worker: Worker): void {
    const { account, region, partition } = Stack.of(this);
    const of = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
    worker.allow(
      ['ecs:ListClusters', 'ecs:ListTasks', 'lambda:ListFunctions'],
      ['*'],
      'To list is a right on everything or nothing.',
    );
    worker.allow(['ecs:DescribeTasks'], [of('ecs', 'task/*')], OF_THE_ACCOUNT);
    worker.allow(['lambda:ListAliases', 'lambda:GetFunction'], [of('lambda', 'function:*')], OF_THE_ACCOUNT);
  }
}

const OF_THE_ACCOUNT = 'What runs is not known beforehand: all of the account and Region may be asked after.';
