import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

import type { Api } from '../api/api.ts';
import { counted } from '../metrics/counted.ts';
import type { WorkQueues } from '../work-queues/work-queues.ts';
import type { Worker } from '../worker/worker.ts';

export interface AlarmsProps {
  readonly queues: WorkQueues;
  readonly workers: readonly Worker[];
  readonly api: Api;
  readonly sweepEvery: Duration;
  readonly refreshEvery: Duration;
  /** The page that each alarm links into; it ends without `#`. */
  readonly runbookUrl: string;
  readonly actions: readonly IAlarmAction[];
}

interface Watched {
  readonly metric: IMetric;
  readonly says: string;
  /** The heading of the runbook, as an anchor. */
  readonly anchor: string;
  readonly threshold?: number;
  readonly periods?: number;
  readonly below?: boolean;
  readonly missing?: TreatMissingData;
}

/** CloudWatch looks back a day at most (PutMetricAlarm: period × evaluation periods). */
const MOST_WATCHED_MINUTES = 24 * 60;

/** Minutes that a message may wait before its queue counts as falling behind. */
const OLDEST_MINUTES = { events: 10, scan: 30, judge: 15, announce: 30, again: 240, remind: 60 } as const;

/** What is to wake somebody up: each says what it means, and links to what to do. */
export class Alarms extends Construct {
  public readonly all: readonly Alarm[];
  private readonly actions: readonly IAlarmAction[];
  private readonly runbookUrl: string;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { queues, workers, api, sweepEvery, refreshEvery, runbookUrl, actions } = props;
    this.actions = actions;
    this.runbookUrl = runbookUrl;
    const minutes = Duration.minutes;

    this.all = [
      this.alarm('DeadLetters', {
        metric: queues.deadLetters.metricApproximateNumberOfMessagesVisible({ period: minutes(1), statistic: 'max' }),
        says: 'An event could not be read, or work failed every time: an image may have no verdict, a notice may be owed.',
        anchor: 'dead-letters',
      }),
      ...(['events', 'scan', 'judge', 'announce', 'again', 'remind'] as const).map((name) =>
        this.alarm(`Oldest-${name}`, {
          metric: queues[name].metricApproximateAgeOfOldestMessage({ period: minutes(5), statistic: 'max' }),
          says: `The queue ${name} falls behind.`,
          anchor: 'oldest-message',
          threshold: OLDEST_MINUTES[name] * 60,
        }),
      ),
      ...workers.flatMap(({ lambda, node }) => [
        this.alarm(`Errors-${node.id}`, {
          metric: lambda.metricErrors({ period: minutes(5) }),
          says: `The function ${node.id} ended with an error, out of time or out of memory.`,
          anchor: 'errors',
        }),
        this.alarm(`Throttles-${node.id}`, {
          metric: lambda.metricThrottles({ period: minutes(5) }),
          says: `Lambda refuses to run the function ${node.id}: the account has no concurrency left.`,
          anchor: 'throttles',
          periods: 3,
        }),
      ]),
      this.alarm('NothingJudged', {
        metric: nothingJudged(),
        says: 'Pushes were taken in, and for an hour no verdict came of them: the gate is blind.',
        anchor: 'nothing-judged',
      }),
      this.alarm('SweepDidNotRun', {
        metric: counted('sweeps', { period: minutes(Math.max(sweepEvery.toMinutes(), 1)) }),
        says: 'The sweep did not run: what events missed stays missed.',
        anchor: 'sweep-did-not-run',
        below: true,
        periods: 3,
        missing: TreatMissingData.BREACHING,
      }),
      this.alarm('FeedsNotRefreshed', {
        metric: counted('feedsRefreshed', { period: minutes(refreshEvery.toMinutes()) }),
        says: 'No feed was refreshed: verdicts rest on old news, and become unknown when it is too old.',
        anchor: 'feeds-not-refreshed',
        below: true,
        periods: Math.min(6, Math.floor(MOST_WATCHED_MINUTES / refreshEvery.toMinutes())),
        missing: TreatMissingData.BREACHING,
      }),
      this.alarm('SubscriptionsLost', {
        metric: counted('subscriptionsLost', { period: minutes(15), statistic: 'max' }),
        says: 'Somebody who should hear of verdicts does not: a subscription is pending or gone.',
        anchor: 'subscriptions-lost',
      }),
      this.alarm('RemindersUnreachable', {
        metric: counted('remindersUnreachable', { period: minutes(15), statistic: 'max' }),
        says: 'A reminder is owed and reaches nobody whose it is.',
        anchor: 'reminders-unreachable',
      }),
      this.alarm('ApiFails', {
        metric: api.metric('5xx', { period: minutes(5), statistic: 'sum' }),
        says: 'The API answers with failures of its own: people can not ask, request or approve.',
        anchor: 'api-fails',
        threshold: 5,
      }),
      this.alarm('Unreadable', {
        metric: counted('unreadable', { period: minutes(5) }),
        says: 'Events or messages came that nobody can read.',
        anchor: 'unreadable',
      }),
    ];
  }

  private alarm(id: string, watched: Watched): Alarm {
    const { metric, says, anchor, threshold = 1, periods = 1, below = false, missing } = watched;
    const alarm = new Alarm(this, id, {
      metric,
      alarmDescription: `${says} Runbook: ${this.runbookUrl}#${anchor}`,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(...this.actions);
    alarm.addOkAction(...this.actions);
    return alarm;
  }
}

/** 1 where pushes came within an hour and none was judged, or found to be judged already. */
function nothingJudged(): MathExpression {
  const period = Duration.hours(1);
  const names = ['imagesGo', 'imagesNoGo', 'imagesUnknown', 'imagesUnchanged'] as const;
  const usingMetrics = Object.fromEntries([
    ['pushes', counted('pushes', { period })],
    ...names.map((name) => [name.toLowerCase(), counted(name, { period })] as const),
  ]);
  const judged = names.map((name) => `FILL(${name.toLowerCase()}, 0)`).join(' + ');
  return new MathExpression({
    expression: `IF(FILL(pushes, 0) > 0 AND (${judged}) == 0, 1, 0)`,
    usingMetrics,
    period,
    label: 'pushes, and nothing judged',
  });
}
