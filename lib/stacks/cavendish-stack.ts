import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { Cavendish, type CavendishProps } from './cavendish.ts';
import { OUTPUTS } from './functions/names.ts';

export interface CavendishStackProps extends StackProps, CavendishProps {}

/** A stack of Cavendish alone, with the outputs by which the command line finds its way. */
export class CavendishStack extends Stack {
  public readonly cavendish: Cavendish;

  constructor(scope: Construct, id: string, props: CavendishStackProps = {}) {
    super(scope, id, { description: 'Cavendish: a container-image risk programme', ...props });
    this.cavendish = new Cavendish(this, 'Cavendish', props);

    const { register, evidence, appetite, queues, announcements, registryEvents, schedules, api } = this.cavendish;
    const outputs: Readonly<Record<keyof typeof OUTPUTS, string>> = {
      api: api.url,
      table: register.table.tableName,
      evidenceBucket: evidence.bucket.bucketName,
      appetiteBucket: appetite.bucketName,
      appetiteKey: appetite.key,
      eventsQueue: queues.events.queueUrl,
      scanQueue: queues.scan.queueUrl,
      judgeQueue: queues.judge.queueUrl,
      announceQueue: queues.announce.queueUrl,
      againQueue: queues.again.queueUrl,
      remindQueue: queues.remind.queueUrl,
      deadLetterQueue: queues.deadLetters.queueUrl,
      operatorTopic: announcements.operator.topicArn,
      subscribers: announcements.subscribersJson,
      eventBus: announcements.bus.eventBusName,
      pushRule: registryEvents.rule.ruleName,
      sweepSchedule: schedules.sweep,
      refreshSchedule: schedules.refresh,
    };
    for (const [name, value] of Object.entries(outputs)) {
      new CfnOutput(this, OUTPUTS[name as keyof typeof OUTPUTS], { value });
    }
    new CfnOutput(this, 'NextSteps', {
      description: 'What to do now',
      value: [
        '1. confirm the subscriptions in your mail',
        '2. attach the policies of the API to the roles of your people, and name them in the appetite (docs/api.md)',
        `3. feeds come within the hour; see them: npx cavendish feeds --home aws:${this.stackName}`,
        `4. npx cavendish doctor --home aws:${this.stackName}`,
        '5. docker push',
      ].join('; '),
    });
  }
}
