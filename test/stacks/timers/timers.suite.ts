import { describe, expect, it } from '@jest/globals';

import { grantsOf } from '../../../docs/iam/matrix.ts';
import { synthesised } from '../../../docs/iam/stack-for-matrix.ts';
import { ENV } from '../../../lib/stacks/functions/names.ts';
import { flat } from '../../../lib/stacks/nag/flat.ts';
import { resourceOf, resourcesOf, templateOf } from '../template.ts';

const template = templateOf();
const GROUP = 'AWS::Scheduler::ScheduleGroup';
const { Name: group } = resourceOf(template, GROUP, /Timers/u);

describe('the timers', () => {
  it('have a group that holds none of the schedules of the stack', () => {
    const others = [...resourcesOf(template, 'AWS::Scheduler::Schedule').values()].map(({ GroupName }) => GroupName);

    expect(group).toMatch(/^[\w.-]{1,64}$/u);
    expect(others).not.toContain(group);
  });

  it('are sent by a role that only their group takes, to the queue of reminders or to the dead letters', () => {
    const role = resourceOf(template, 'AWS::IAM::Role', /Timers/u);
    const {
      Statement: [trust],
    } = role['AssumeRolePolicyDocument'] as { readonly Statement: readonly object[] };
    const { StringEquals: only } = (trust as { readonly Condition: { readonly StringEquals: object } }).Condition;
    const said = Object.entries(only).map(([key, value]) => `${key} ${flat(value)}`);

    expect(trust).toMatchObject({ Principal: { Service: 'scheduler.amazonaws.com' } });
    expect(said.sort()).toEqual([
      `aws:SourceAccount <AWS::AccountId>`,
      `aws:SourceArn arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule-group/${String(group)}`,
    ]);
    expect(grantsOf(synthesised({})).filter(({ who }) => who === 'the timers')).toEqual([
      { who: 'the timers', action: 'sqs:SendMessage', resource: '<QueuesDeadLetters>' },
      { who: 'the timers', action: 'sqs:SendMessage', resource: '<QueuesRemind>' },
    ]);
  });

  it.each(['remind', 'sweep'])('are made by %s in their group alone, and their role is for Scheduler alone', (name) => {
    const policy = resourceOf(template, 'AWS::IAM::Policy', new RegExp(`Functions${name}Role`, 'u'));
    const { Statement: statements } = policy['PolicyDocument'] as { readonly Statement: readonly Statement[] };
    const of = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));

    for (const action of ['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule']) {
      expect(of(`scheduler:${action}`).map(({ Resource }) => flat(Resource))).toEqual([
        expect.stringMatching(new RegExp(`:schedule/${String(group)}/\\*$`, 'u')),
      ]);
    }
    expect(of('iam:PassRole')).toEqual([
      expect.objectContaining({
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^CavendishTimersRole/u), 'Arn'] },
        Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    ]);
  });

  it('are described to who makes them', () => {
    const { Environment } = resourceOf(template, 'AWS::Lambda::Function', /FunctionsremindFunction/u);
    const told = flat((Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables[ENV.timers]);

    expect(told).toMatch(new RegExp(`^\\{"group":"${String(group)}","queueArn":"<.*Remind.*\\.Arn>"`, 'u'));
    expect(told).toMatch(/"deadLetterArn":"<.*DeadLetters.*\.Arn>","roleArn":"<CavendishTimersRole.*\.Arn>"\}$/u);
  });
});

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}
