import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

import type { Api } from '../api/api.ts';
import { counted } from '../metrics/counted.ts';
import type { WorkQueues } from '../work-queues/work-queues.ts';
import type { Worker } from '../worker/worker.ts';

export interface DashboardProps {
  readonly alarms: readonly Alarm[];
  readonly queues: WorkQueues;
  readonly workers: readonly Worker[];
  readonly table: Table;
  readonly api: Api;
}

/** One page that answers three questions: does it work, does it fall behind, what does it cost. */
export class Dashboard extends Construct {
  public readonly dashboard: CloudWatchDashboard;

  constructor(scope: Construct, id: string, { alarms, queues, workers, table, api }: DashboardProps) {
    super(scope, id);
    this.dashboard = new CloudWatchDashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) });
    const lambdas = workers.map(({ lambda, node }) => ({ lambda, label: node.id }));
    const { events, scan, judge, announce, again, remind, deadLetters } = queues;
    const waiting = { events, scan, judge, announce, again, remind };

    this.row('Does it work?', [
      new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 8, height: 6 }),
      graph('Verdicts', [
        ...(
          [
            ['imagesGo', 'go'],
            ['imagesNoGo', 'no-go'],
            ['imagesUnknown', 'unknown'],
            ['imagesUnchanged', 'unchanged'],
          ] as const
        ).map(([name, label]) => counted(name, { label })),
      ]),
      graph('Pushes, and what the sweep found', [
        ...(['pushes', 'pushesMissed', 'deletionsMissed', 'workLeftOver', 'eventsIgnored'] as const).map((name) =>
          counted(name),
        ),
      ]),
      graph('Notices', [
        ...(['noticesSent', 'noticesHeldBack', 'subscriptionsLost'] as const).map((name) => counted(name)),
      ]),
      graph('Reminders', [
        ...(['remindersSent', 'remindersUnreachable', 'timersRepaired'] as const).map((name) => counted(name)),
      ]),
      graph('Feeds, and what was judged again', [
        ...(['feedsRefreshed', 'feedsQuarantined', 'feedsStale', 'judgedAgain'] as const).map((name) => counted(name)),
      ]),
      graph('Given up, buried, unreadable', [
        ...(['givenUp', 'buried', 'unreadable'] as const).map((name) => counted(name)),
        deadLetters.metricApproximateNumberOfMessagesVisible({ label: 'dead letters' }),
      ]),
      graph('API', [
        api.metric('Count', { label: 'requests', statistic: 'sum' }),
        api.metric('4xx', { label: 'refused', statistic: 'sum' }),
        api.metric('5xx', { label: 'failed', statistic: 'sum' }),
      ]),
      graph(
        'Errors',
        lambdas.map(({ lambda, label }) => lambda.metricErrors({ label })),
      ),
    ]);
    this.row('Does it fall behind?', [
      graph(
        'Oldest message (s)',
        Object.entries(waiting).map(([label, queue]) => queue.metricApproximateAgeOfOldestMessage({ label })),
      ),
      graph(
        'Messages that wait',
        Object.entries(waiting).map(([label, queue]) => queue.metricApproximateNumberOfMessagesVisible({ label })),
      ),
      graph(
        'Duration, 95 of 100 (ms)',
        lambdas.map(({ lambda, label }) => lambda.metricDuration({ label, statistic: 'p95' })),
      ),
      graph(
        'Throttles',
        lambdas.map(({ lambda, label }) => lambda.metricThrottles({ label })),
      ),
      graph(
        'Concurrent executions',
        lambdas.map(({ lambda, label }) => lambda.metric('ConcurrentExecutions', { label, statistic: 'max' })),
      ),
    ]);
    this.row('What does it cost?', [
      graph(
        'Time of functions (ms)',
        lambdas.map(({ lambda, label }) => lambda.metricDuration({ label, statistic: 'sum' })),
      ),
      graph(
        'Invocations',
        lambdas.map(({ lambda, label }) => lambda.metricInvocations({ label })),
      ),
      graph('Table: units', [
        table.metricConsumedReadCapacityUnits({ label: 'read' }),
        table.metricConsumedWriteCapacityUnits({ label: 'written' }),
      ]),
    ]);
  }

  private row(question: string, widgets: readonly IWidget[]): void {
    this.dashboard.addWidgets(new TextWidget({ markdown: `## ${question}`, width: 24, height: 1 }));
    this.dashboard.addWidgets(...widgets);
  }
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}
