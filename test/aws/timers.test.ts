/** Timers on moto's Scheduler: made, moved, removed, and made right again by the sweep's repair. */
import {
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { schedulerTimers } from '../../lib/adapters/aws/scheduler/timers.ts';
import { openLocalStore } from '../../lib/adapters/local/store/local-store.ts';
import { endOfDay } from '../../lib/core/time/end.ts';
import { remind } from '../../lib/pipeline/reminders/remind.ts';
import { repairTimers } from '../../lib/pipeline/reminders/repair-timers.ts';
import { aDated, aRemindingHome } from '../support/reminding.ts';
import { type Clients, openClients } from './parts/clients.ts';
import { type Moto, startMoto } from './parts/moto.ts';

const SETTINGS = {
  group: 'home-timers',
  queueArn: 'arn:aws:sqs:eu-central-1:123456789012:remind',
  deadLetterArn: 'arn:aws:sqs:eu-central-1:123456789012:dead-letters',
  roleArn: 'arn:aws:iam::123456789012:role/timers',
};
const GRANTED = new Date('2027-01-01T00:00:00.000Z');
const SUBJECTS = Array.from({ length: 60 }, (_, at) => `EX-${at}`);

let moto: Moto;
let clients: Clients;
beforeAll(async () => {
  moto = await startMoto();
  clients = openClients(moto.endpoint);
  for (const Name of [SETTINGS.group, 'recurring']) {
    await clients.scheduler.send(new CreateScheduleGroupCommand({ Name }));
  }
}, 120_000);
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await moto.stop();
});

const ends = new Map<string, string>();
let home: ReturnType<typeof openTimed>;
beforeEach(() => {
  for (const subject of SUBJECTS) ends.set(subject, '2027-06-30');
  home = openTimed();
});

function openTimed() {
  const { reminding, register } = aRemindingHome(openLocalStore(':memory:').register);
  const timers = schedulerTimers(clients.scheduler, SETTINGS);
  const dated = ({ subject }: { readonly subject: string }) => {
    const day = ends.get(subject);
    return Promise.resolve(day === undefined ? null : aDated({ subject, due: endOfDay(day, 'Europe/Berlin') }));
  };
  return {
    timers,
    look: (subject: string) => remind({ kind: 'expiry', subject }, GRANTED, { ...reminding, timers, dated }),
    repair: () => repairTimers(GRANTED, { register, timers }),
  };
}

/** Name → instant of all that there are. */
async function there(): Promise<ReadonlyMap<string, string | null>> {
  const found = await Array.fromAsync(home.timers.list());
  return new Map(found.map(({ name, at }) => [name, at]));
}

describe('timers on EventBridge Scheduler', () => {
  it('are one for each ladder, move with its date, and go when nothing is owed any more', async () => {
    for (const subject of SUBJECTS) await home.look(subject);
    for (const subject of SUBJECTS) await home.look(subject);
    expect([...(await there()).values()]).toEqual(SUBJECTS.map(() => '2027-05-31T07:00:00.000Z'));

    ends.set('EX-0', '2027-07-31');
    ends.delete('EX-1');
    for (const subject of ['EX-0', 'EX-1']) await home.look(subject);
    const left = [...(await there()).values()];
    expect(left).toHaveLength(59);
    expect(left.filter((at) => at === '2027-07-01T07:00:00.000Z')).toHaveLength(1);
    for (const name of (await there()).keys()) await home.timers.remove(name);
    expect(await there()).toEqual(new Map());
  });

  it('are made right where some are missing, left over or changed, and nothing else is touched', async () => {
    for (const subject of SUBJECTS) await home.look(subject);
    const right = await there();
    const [missing = '', off = '', moved = ''] = right.keys();
    const { scheduler } = clients;
    await scheduler.send(new DeleteScheduleCommand({ GroupName: SETTINGS.group, Name: missing }));
    await change(off, { State: 'DISABLED' });
    await change(moved, { ScheduleExpression: 'at(2030-01-01T00:00:00)' });
    const message = { kind: 'review', subject: 'EX-gone' } as const;
    await home.timers.put({ name: 'left-over', at: '2029-01-01T00:00:00.000Z' }, 'UTC', message);
    const other = schedulerTimers(scheduler, { ...SETTINGS, group: 'recurring' });
    await other.put({ name: 'sweep', at: '2029-01-01T00:00:00.000Z' }, 'UTC', message);

    expect(await home.repair()).toBe(4);
    expect(await there()).toEqual(right);
    expect(await home.repair()).toBe(0);
    const { Schedules: untouched = [] } = await scheduler.send(new ListSchedulesCommand({ GroupName: 'recurring' }));
    expect(untouched.map(({ Name }) => Name)).toEqual(['sweep']);
  });
});

/** Somebody changes a schedule by hand. */
async function change(Name: string, to: { readonly State?: 'DISABLED'; readonly ScheduleExpression?: string }) {
  const { scheduler } = clients;
  const found = await scheduler.send(new GetScheduleCommand({ GroupName: SETTINGS.group, Name }));
  const { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target } = found;
  const as = { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target };
  await scheduler.send(new UpdateScheduleCommand({ Name, GroupName: SETTINGS.group, ...as, ...to }));
}
