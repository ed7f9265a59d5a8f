import { type Duration, Names } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface SweepScheduleProps {
  readonly handler: IFunction;
  readonly deadLetters: IQueue;
  /** How often; a day at most. */
  readonly every: Duration;
}

/** Runs the sweep by the clock, in a schedule group of the home's own. */
export class SweepSchedule extends Construct {
  /** `GROUP/NAME`. */
  public readonly scheduleName: string;

  constructor(scope: Construct, id: string, { handler, deadLetters, every }: SweepScheduleProps) {
    super(scope, id);
    const minutes = every.toMinutes();
    if (minutes < 1 || minutes > 24 * 60) throw new Error('the sweep runs every 1 to 1440 minutes');

    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }));

    // Both names are known before anything is deployed: neither is asked for by GetAtt.
    const groupName = Names.uniqueResourceName(this, { maxLength: 60, separator: '-' });
    const group = new CfnScheduleGroup(this, 'Group', { name: groupName });
    const schedule = new CfnSchedule(this, 'Schedule', {
      name: 'sweep',
      groupName,
      description: 'Cavendish: the sweep',
      scheduleExpression: minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: handler.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: deadLetters.queueArn },
        // The next sweep does what this one did not.
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 600 },
      },
    });
    schedule.addResourceDependency(group);
    this.scheduleName = `${groupName}/sweep`;
  }
}
