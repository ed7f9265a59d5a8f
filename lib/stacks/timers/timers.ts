import { Names, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import type { Worker } from '../worker/worker.ts';

export interface TimersProps {
  /** Where timers bring their messages. */
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
}

/**
 * The timers of reminders: one-time schedules that functions make, move and remove, in a group of their own. What
 * repairs them takes away what it does not know, and the schedules of the stack are not here for it to find.
 */
export class Timers extends Construct {
  /** For the functions' environment. */
  public readonly json: string;
  private readonly schedules: string;
  private readonly group: string;
  private readonly role: Role;

  constructor(scope: Construct, id: string, { queue, deadLetters }: TimersProps) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    // Known before anything is deployed: it is not asked for by GetAtt.
    const name = Names.uniqueResourceName(this, { maxLength: 60, separator: '-' });
    new CfnScheduleGroup(this, 'Group', { name });
    this.schedules = `arn:${partition}:scheduler:${region}:${account}:schedule/${name}/*`;
    this.group = `arn:${partition}:scheduler:${region}:${account}:schedule-group/${name}`;

    // No schedule of another group, and of no other account, sends by this role.
    const conditions = { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': this.group } };
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions }) });
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn, deadLetters.queueArn] }),
    );
    this.json = Stack.of(this).toJsonString({
      group: name,
      queueArn: queue.queueArn,
      deadLetterArn: deadLetters.queueArn,
      roleArn: this.role.roleArn,
    });
  }

  /** To make, move and remove timers. */
  public grantSet(worker: Worker): void {
    const actions = ['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule'].map((action) => `scheduler:${action}`);
    worker.allow(actions, [this.schedules], OF_THE_GROUP);
    worker.allowPass(this.role, 'scheduler.amazonaws.com');
  }

  /** To see which there are. */
  public grantList(worker: Worker): void {
    worker.allow(['scheduler:GetSchedule'], [this.schedules], OF_THE_GROUP);
    worker.allow(['scheduler:ListSchedules'], ['*'], 'To list is a right on everything or nothing.');
  }
}

const OF_THE_GROUP =
  'Timers are named by what they are of, which is not known beforehand; their group holds nothing else.';
