import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
  ValidationException,
} from '@aws-sdk/client-scheduler';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { schedulerTimers } from '../../../../lib/adapters/aws/scheduler/timers.ts';

const client = new SchedulerClient({ region: 'eu-central-1' });
const scheduler = mockClient(client);
const arn = (what: string) => `arn:aws:sqs:eu-central-1:111122223333:${what}`;
const SETTINGS = {
  group: 'home-timers',
  queueArn: arn('remind'),
  deadLetterArn: arn('dead-letters'),
  roleArn: 'arn:aws:iam::111122223333:role/timers',
};
const timers = schedulerTimers(client, SETTINGS);

const TIMER = { name: 'r-1', at: '2027-03-29T07:00:00.000Z' };
const MESSAGE = { kind: 'review', subject: 'EX-1' } as const;
const put = () => timers.put(TIMER, 'Europe/Berlin', MESSAGE);

const INPUT = {
  Name: 'r-1',
  GroupName: 'home-timers',
  Description: 'Cavendish: the next reminder of review EX-1',
  ScheduleExpression: 'at(2027-03-29T09:00:00)',
  ScheduleExpressionTimezone: 'Europe/Berlin',
  FlexibleTimeWindow: { Mode: 'OFF' },
  State: 'ENABLED',
  ActionAfterCompletion: 'DELETE',
  Target: {
    Arn: arn('remind'),
    RoleArn: 'arn:aws:iam::111122223333:role/timers',
    Input: '{"kind":"review","subject":"EX-1"}',
    DeadLetterConfig: { Arn: arn('dead-letters') },
    RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 30 },
  },
} as const;

const said = (name: string) => ({ message: name, Message: name, $metadata: {} });
const THERE = new ConflictException(said('Schedule r-1 already exists.'));
const GONE = new ResourceNotFoundException(said('Schedule r-1 does not exist.'));

/** Names of the calls, in their order. */
const asked = () => scheduler.calls().map(({ args: [command] }) => command.constructor.name);

beforeEach(() => void scheduler.reset());

describe('a timer', () => {
  it('is one schedule that fires once and is deleted, and says nothing but whose ladder it is', async () => {
    scheduler.on(CreateScheduleCommand).resolves({ ScheduleArn: 'arn' });

    await put();

    expect(scheduler.calls().map(({ args: [{ input }] }) => input)).toEqual([INPUT]);
  });

  it('is made as it should be where one of its name is there: all of it is said again', async () => {
    scheduler.on(CreateScheduleCommand).rejects(THERE).on(UpdateScheduleCommand).resolves({ ScheduleArn: 'arn' });

    await put();

    expect(scheduler.commandCalls(UpdateScheduleCommand).map(({ args: [{ input }] }) => input)).toEqual([INPUT]);
  });

  it('is made anew where it fired in between', async () => {
    scheduler.on(CreateScheduleCommand).rejectsOnce(THERE).resolves({ ScheduleArn: 'arn' });
    scheduler.on(UpdateScheduleCommand).rejects(GONE);

    await put();

    expect(asked()).toEqual(['CreateScheduleCommand', 'UpdateScheduleCommand', 'CreateScheduleCommand']);
  });

  it('is given up where it comes and goes', async () => {
    scheduler.on(CreateScheduleCommand).rejects(THERE).on(UpdateScheduleCommand).rejects(GONE);

    await expect(put()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('r-1') });
    expect(asked()).toHaveLength(6);
  });

  it('is said in UTC where Scheduler does not know the zone', async () => {
    scheduler.on(CreateScheduleCommand).rejects(new ValidationException(said('Invalid Schedule Expression Timezone')));
    const inUtc = { ScheduleExpression: 'at(2027-03-29T07:00:00)', ScheduleExpressionTimezone: 'UTC' };
    scheduler.on(CreateScheduleCommand, inUtc).resolves({ ScheduleArn: 'arn' });

    await put();

    expect(scheduler.calls().at(-1)?.args[0].input).toEqual({ ...INPUT, ...inUtc });
  });

  it('is not set where Scheduler refuses it for another reason', async () => {
    scheduler.on(CreateScheduleCommand).rejects(new ValidationException(said('The execution role is not right')));

    await expect(put()).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it.each([
    ['throttled', 'ThrottlingException', 429],
    ['full', 'ServiceQuotaExceededException', 402],
    ['away', 'InternalServerException', 500],
  ])('is unavailable where Scheduler is %s', async (_, name, httpStatusCode) => {
    const error = Object.assign(new Error('because'), { name, $metadata: { httpStatusCode } });
    scheduler.rejects(error);

    for (const ask of [put(), timers.remove('r-1'), Array.fromAsync(timers.list())]) {
      await expect(ask).rejects.toMatchObject({ code: 'unavailable' });
    }
  });

  it('is removed by its name, and nothing is removed twice', async () => {
    scheduler.on(DeleteScheduleCommand).resolvesOnce({}).rejects(GONE);

    await timers.remove('r-1');
    await timers.remove('r-1');

    expect(scheduler.calls().map(({ args: [{ input }] }) => input)).toEqual(
      Array(2).fill({ Name: 'r-1', GroupName: 'home-timers' }),
    );
  });
});

describe('the timers', () => {
  it('are those of their group, page by page, each at its instant where it is as it should be', async () => {
    const names = (given: readonly string[]) => given.map((Name) => ({ Name }));
    const found: Readonly<Record<string, object>> = {
      right: INPUT,
      utc: { ...INPUT, ScheduleExpression: 'at(2027-03-29T07:00:00)', ScheduleExpressionTimezone: 'UTC' },
      off: { ...INPUT, State: 'DISABLED' },
      elsewhere: { ...INPUT, Target: { ...INPUT.Target, Arn: arn('another') } },
      recurring: { ...INPUT, ScheduleExpression: 'rate(1 day)' },
    };
    scheduler
      .on(ListSchedulesCommand, { GroupName: 'home-timers', MaxResults: 100 })
      .resolves({ Schedules: names(['right', 'utc', 'off']), NextToken: 'more' })
      .on(ListSchedulesCommand, { NextToken: 'more' })
      .resolves({ Schedules: names(['elsewhere', 'recurring', 'fired-by-now']) })
      .on(GetScheduleCommand)
      .rejects(GONE);
    for (const [Name, schedule] of Object.entries(found)) {
      scheduler.on(GetScheduleCommand, { Name, GroupName: 'home-timers' }).resolves(schedule);
    }

    expect(await Array.fromAsync(timers.list())).toEqual([
      { name: 'right', at: TIMER.at },
      { name: 'utc', at: TIMER.at },
      ...['off', 'elsewhere', 'recurring'].map((name) => ({ name, at: null })),
    ]);
  });
});
