/** Makes the stack that a config file describes. */
import { existsSync } from 'node:fs';
import { Annotations, type App, Duration } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

import type { Subscriber } from '../announcements/announcements.ts';
import { CavendishStack, type CavendishStackProps } from '../cavendish-stack.ts';
import { type Config, configSchema } from './config-schema.ts';
import { readConfig } from './read-config.ts';

const DEFAULT_FILE = 'cavendish.yaml';

/**
 * @returns the stack of the file that the context `config` names, else of `cavendish.yaml`, else of the defaults
 * @throws CavendishError as `readConfig`
 */
export function stackFromConfig(app: App): CavendishStack {
  const named: unknown = app.node.tryGetContext('config');
  const file = typeof named === 'string' ? named : existsSync(DEFAULT_FILE) ? DEFAULT_FILE : null;
  const config = file === null ? configSchema.parse({}) : readConfig(file);
  // What is there already is named by its ARN, and belongs to no stack of ours.
  const stack = new CavendishStack(app, config.stack, propsOf(config, new Construct(app, 'Given')));
  if (file === null) {
    Annotations.of(stack).addInfo(`there is no ${DEFAULT_FILE}: the defaults hold (cavendish.example.yaml shows them)`);
  }
  return stack;
}

function propsOf(config: Config, given: Construct): CavendishStackProps {
  const { account, region, operator, encryptionKeyArn, eventBusArn, alarmTopicArn } = config;
  const topic = (arn: string) => Topic.fromTopicArn(given, arn, arn);
  return {
    env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
    subscribers: config.subscribers.map(({ topicArn, ...rest }): Subscriber => {
      return { ...rest, ...(topicArn !== undefined && { topic: topic(topicArn) }) };
    }),
    registries: config.registries,
    ...(config.people && { trustedSessionRoles: config.people.trustedSessionRoles }),
    ...(config.repositories && { repositories: config.repositories }),
    ...(config.appetite !== undefined && { appetite: config.appetite }),
    ...(operator.email !== undefined && { operatorEmail: operator.email }),
    ...(operator.topicArn !== undefined && { operatorTopic: topic(operator.topicArn) }),
    ...(encryptionKeyArn !== undefined && { encryptionKey: Key.fromKeyArn(given, 'Key', encryptionKeyArn) }),
    ...(eventBusArn !== undefined && { eventBus: EventBus.fromEventBusArn(given, 'Bus', eventBusArn) }),
    ...(alarmTopicArn !== undefined && { alarmAction: new SnsAction(topic(alarmTopicArn)) }),
    ...(config.logRetentionDays !== undefined && { logRetention: config.logRetentionDays }),
    ...(config.keepNoncurrentDays !== undefined && { keepNoncurrent: Duration.days(config.keepNoncurrentDays) }),
    ...(config.sweepMinutes !== undefined && { sweepEvery: Duration.minutes(config.sweepMinutes) }),
    ...(config.sightings !== undefined && { sightings: config.sightings }),
    ...(config.feeds !== undefined && { feeds: config.feeds }),
    ...(config.refreshMinutes !== undefined && { refreshEvery: Duration.minutes(config.refreshMinutes) }),
    ...(config.scansAtOnce !== undefined && { scansAtOnce: config.scansAtOnce }),
    ...(config.scanMemoryMiB !== undefined && { scanMemory: config.scanMemoryMiB }),
    ...(config.runbookUrl !== undefined && { runbookUrl: config.runbookUrl }),
  };
}
