import { type Duration, Names } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

interface Scheduled {
  readonly handler: IFunction;
  /** How often; a day at most. */
  readonly every: Duration;
}

export interface SchedulesProps {
  readonly deadLetters: IQueue;
  readonly sweep: Scheduled;
  readonly refresh: Scheduled;
}

/** What runs by the clock, in a schedule group of the home's own. */
export class Schedules extends Construct {
  /** `GROUP/NAME` of the schedule that sweeps up. */
  public readonly sweep: string;
  /** The same of the one that refreshes feeds. */
  public readonly refresh: string;
  private readonly group: CfnScheduleGroup;
  private readonly groupName: string;
  private readonly deadLetters: IQueue;

  constructor(scope: Construct, id: string, { deadLetters, sweep, refresh }: SchedulesProps) {
    super(scope, id);
    this.deadLetters = deadLetters;
    // Names are known before anything is deployed: none is asked for by GetAtt.
    this.groupName = Names.uniqueResourceName(this, { maxLength: 60, separator: '-' });
    this.group = new CfnScheduleGroup(this, 'Group', { name: this.groupName });
    this.sweep = this.schedule('sweep', sweep);
    this.refresh = this.schedule('refresh', refresh);
  }

  private schedule(name: string, { handler, every }: Scheduled): string {
    const minutes = every.toMinutes();
    if (minutes < 1 || minutes > 24 * 60) throw new Error(`the ${name} runs every 1 to 1440 minutes`);

    const role = new Role(this, `${name}-Role`, { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }));
    const schedule = new CfnSchedule(this, `Schedule-${name}`, {
      name,
      groupName: this.groupName,
      description: `Cavendish: the ${name}`,
      scheduleExpression: minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: handler.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: this.deadLetters.queueArn },
        // The next run does what this one did not.
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 600 },
      },
    });
    schedule.addResourceDependency(this.group);
    return `${this.groupName}/${name}`;
  }
}
