import { describe, expect, it } from '@jest/globals';
import { Duration } from 'aws-cdk-lib';

import { resourceOf, templateOf } from '../template.ts';

const SCHEDULE = 'AWS::Scheduler::Schedule';

describe('the sweep', () => {
  it('runs every quarter of an hour, and what could not be run is a dead letter', () => {
    const schedule = resourceOf(templateOf(), SCHEDULE);

    expect(schedule).toMatchObject({ ScheduleExpression: 'rate(15 minutes)', FlexibleTimeWindow: { Mode: 'OFF' } });
    expect(JSON.stringify(schedule['Target'])).toMatch(/Functionssweep.*|QueuesDeadLetters/u);
  });

  it.each([
    [1, 'rate(1 minute)'],
    [60, 'rate(60 minutes)'],
  ])('runs every %i minutes where that is said', (minutes, expression) => {
    const template = templateOf({ sweepEvery: Duration.minutes(minutes) });

    expect(resourceOf(template, SCHEDULE)['ScheduleExpression']).toBe(expression);
  });

  it('runs once a day at least', () => {
    expect(() => templateOf({ sweepEvery: Duration.days(2) })).toThrow('every 1 to 1440 minutes');
  });
});
