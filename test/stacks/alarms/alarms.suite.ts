import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { METRICS } from '../../../lib/stacks/metrics/names.ts';
import { resourceOf, resourcesOf, templateOf } from '../template.ts';

const template = templateOf({ runbookUrl: 'https://wiki.example.com/runbook' });
const ALARM = 'AWS::CloudWatch::Alarm';
const alarms = resourcesOf(template, ALARM);
const runbook = readFileSync(join(import.meta.dirname, '../../../docs/runbook-aws.md'), 'utf8');
const anchors = [...runbook.matchAll(/^## (.+)$/gmu)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'));

describe('alarms', () => {
  it('are there for each thing that has to wake somebody up', () => {
    const names = [...alarms.keys()].map((id) => id.replace(/^CavendishAlarms/u, '').replace(/[0-9A-F]{8}$/u, ''));

    expect(names.sort()).toEqual(
      [
        ...[
          'ApiFails',
          'DeadLetters',
          'FeedsNotRefreshed',
          'NothingJudged',
          'RemindersUnreachable',
          'SubscriptionsLost',
          'SweepDidNotRun',
          'Unreadable',
        ],
        ...['events', 'scan', 'judge', 'announce', 'again', 'remind'].map((queue) => `Oldest${queue}`),
        ...['intake', 'dispatch', 'scan', 'judge', 'announce', 'again', 'remind', 'refresh', 'sweep', 'api'].flatMap(
          (name) => [`Errors${name}`, `Throttles${name}`],
        ),
      ].sort(),
    );
  });

  it('each link to their entry of the runbook, which is there', () => {
    for (const { AlarmDescription: description } of alarms.values()) {
      const [, anchor] = /Runbook: https:\/\/wiki\.example\.com\/runbook#([a-z-]+)$/u.exec(String(description)) ?? [];
      expect(anchors).toContain(anchor);
    }
  });

  it('tell the operator, and whoever else is named', () => {
    for (const { AlarmActions: actions } of alarms.values()) {
      expect(JSON.stringify(actions)).toContain('AnnouncementsOperator');
    }
  });

  it('watch metrics that functions count, by the dimension that they count with', () => {
    const watched = [...alarms.values()].filter(({ Namespace: namespace }) => namespace === 'Cavendish');

    expect(watched.length).toBeGreaterThan(2);
    for (const { MetricName: name, Dimensions: dimensions } of watched) {
      expect(Object.values(METRICS)).toContain(name);
      expect(dimensions).toEqual([{ Name: 'service', Value: 'cavendish' }]);
    }
  });

  it('raise one when the sweep did not run, also when nothing is reported at all', () => {
    expect(resourceOf(template, ALARM, /SweepDidNotRun/u)).toMatchObject({
      ...{ TreatMissingData: 'breaching', ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 3 },
    });
  });

  it('raise one when pushes came and nothing was judged', () => {
    const { Metrics: metrics } = resourceOf(template, ALARM, /NothingJudged/u);

    expect(JSON.stringify(metrics)).toMatch(
      /IF\(FILL\(pushes, 0\) > 0 AND \(FILL\(imagesgo, 0\) \+ FILL\(imagesnogo, 0\) \+ FILL\(imagesunknown, 0\) \+ FILL\(imagesunchanged, 0\)\) == 0, 1, 0\)/u,
    );
  });
});
