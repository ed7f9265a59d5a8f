import { describe, expect, it } from '@jest/globals';
import { Duration } from 'aws-cdk-lib';

import { resourceOf, resourcesOf, templateOf } from '../template.ts';

const SCHEDULE = 'AWS::Scheduler::Schedule';

const rights = (name: string) =>
  JSON.stringify(resourceOf(templateOf(), 'AWS::IAM::Policy', new RegExp(`Schedules${name}RoleDefault`, 'u')));

describe.each([
  ['sweep', 'rate(15 minutes)', 'sweepEvery'],
  ['refresh', 'rate(60 minutes)', 'refreshEvery'],
] as const)('the schedule of the %s', (name, expression, every) => {
  const id = new RegExp(`SchedulesSchedule${name}`, 'u');

  it('is on by itself, and what could not be run is a dead letter', () => {
    const schedule = resourceOf(templateOf(), SCHEDULE, id);

    expect(schedule).toMatchObject({
      ...{ Name: name, ScheduleExpression: expression, FlexibleTimeWindow: { Mode: 'OFF' } },
    });
    const target = JSON.stringify(schedule['Target']);
    expect(target).toMatch(new RegExp(`Functions${name}Function`, 'u'));
    expect(target).toMatch(/QueuesDeadLetters/u);
  });

  it.each([
    [1, 'rate(1 minute)'],
    [90, 'rate(90 minutes)'],
  ])('runs every %i minutes where that is said', (minutes, said) => {
    const template = templateOf({ [every]: Duration.minutes(minutes) });

    expect(resourceOf(template, SCHEDULE, id)['ScheduleExpression']).toBe(said);
  });

  it('runs once a day at least', () => {
    expect(() => templateOf({ [every]: Duration.days(2) })).toThrow(`the ${name} runs every 1 to 1440 minutes`);
  });

  it('may start its own function and no other', () => {
    expect(rights(name)).toMatch(new RegExp(`lambda:InvokeFunction[^}]*Functions${name}Function`, 'u'));
    expect(rights(name)).not.toContain(`Functions${name === 'sweep' ? 'refresh' : 'sweep'}Function`);
  });
});

it('the schedules are in one group, of the home', () => {
  const groups = [...resourcesOf(templateOf(), SCHEDULE).values()].map(({ GroupName: group }) => group);

  expect(new Set(groups).size).toBe(1);
});
