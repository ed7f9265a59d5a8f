/** A timer as EventBridge Scheduler is told of it, and read back. */
import type { CreateScheduleCommandInput, GetScheduleCommandOutput } from '@aws-sdk/client-scheduler';

import type { TimerMessage } from '../../../pipeline/ports/timers.ts';
import { type AtExpression, instantOf } from './at-expression.ts';

/** What a timer is made of, beside its instant: the stack says it. */
export interface TimerSettings {
  readonly group: string;
  readonly queueArn: string;
  readonly deadLetterArn: string;
  /** The role by which Scheduler sends. */
  readonly roleArn: string;
}

/** Scheduler tries for so long to reach the queue; the sweep finds what is due all the same. */
const RETRIES = { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 30 };

export function inputOf(
  name: string,
  expression: AtExpression,
  { kind, subject }: TimerMessage,
  settings: TimerSettings,
): CreateScheduleCommandInput {
  return {
    Name: name,
    GroupName: settings.group,
    Description: `Cavendish: the next reminder of ${kind} ${subject}`.slice(0, MOST_DESCRIPTION),
    ...expression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: settings.queueArn,
      RoleArn: settings.roleArn,
      Input: JSON.stringify({ kind, subject }),
      DeadLetterConfig: { Arn: settings.deadLetterArn },
      RetryPolicy: RETRIES,
    },
  };
}

const MOST_DESCRIPTION = 512;

/** The instant (ISO 8601) at which it fires; null where it is not as {@link inputOf} says. */
export function instantIn(found: GetScheduleCommandOutput, { queueArn, roleArn }: TimerSettings): string | null {
  const { State: state, Target: target, ScheduleExpression, ScheduleExpressionTimezone } = found;
  const ours = state === 'ENABLED' && target?.Arn === queueArn && target.RoleArn === roleArn;
  if (!ours || ScheduleExpression === undefined || ScheduleExpressionTimezone === undefined) return null;
  return instantOf({ ScheduleExpression, ScheduleExpressionTimezone });
}
