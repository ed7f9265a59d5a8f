/**
 * Timers as one-time schedules of EventBridge Scheduler, in a group that holds nothing else: each sends its message to
 * a queue and is deleted. What can't be sent is a dead letter.
 */
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  paginateListSchedules,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';

import { CavendishError } from '../../../core/errors/error.ts';
import type { FoundTimer, TimerMessage, Timers } from '../../../pipeline/ports/timers.ts';
import { askAws, askedPages } from '../failures.ts';
import { type AtExpression, atExpression } from './at-expression.ts';
import { inputOf, instantIn, type TimerSettings } from './schedule.ts';

/** The largest page. */
const PAGE = 100;
/** A listing tells no instant: each schedule is asked for, so many at a time. */
const AT_ONCE = 20;
/** A timer that fires while it is put is gone, and is then made anew. */
const TRIES = 3;

export function schedulerTimers(client: SchedulerClient, settings: TimerSettings): Timers {
  const { group: GroupName } = settings;

  async function set(input: CreateScheduleCommandInput): Promise<void> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const create = new CreateScheduleCommand(input);
      const created = await askUnless('ConflictException', 'scheduler:CreateSchedule', () => client.send(create));
      if (created !== null) return;
      const update = new UpdateScheduleCommand(input);
      const updated = await askUnless(GONE, 'scheduler:UpdateSchedule', () => client.send(update));
      if (updated !== null) return;
    }
    throw new CavendishError('unavailable', `the schedule ${input.Name ?? ''} comes and goes: it could not be set`);
  }

  async function look(Name: string): Promise<readonly FoundTimer[]> {
    const command = new GetScheduleCommand({ Name, GroupName });
    const found = await askUnless(GONE, 'scheduler:GetSchedule', () => client.send(command));
    return found === null ? [] : [{ name: Name, at: instantIn(found, settings) }];
  }

  return {
    async put({ name, at }, zone, message: TimerMessage) {
      const as = (expression: AtExpression) => set(inputOf(name, expression, message, settings));
      try {
        await as(atExpression(at, zone));
      } catch (error) {
        // Zones come and go, and Scheduler's list of them is not ours.
        if (!isNamed(error, 'ValidationException') || zone === 'UTC') throw error;
        await as(atExpression(at, 'UTC'));
      }
    },
    async remove(Name) {
      const command = new DeleteScheduleCommand({ Name, GroupName });
      await askUnless(GONE, 'scheduler:DeleteSchedule', () => client.send(command));
    },
    async *list() {
      const pages = paginateListSchedules({ client, pageSize: PAGE }, { GroupName });
      for await (const { Schedules: schedules = [] } of askedPages(pages, 'scheduler:ListSchedules')) {
        const names = schedules.flatMap(({ Name }) => Name ?? []);
        for (let from = 0; from < names.length; from += AT_ONCE) {
          yield* (await Promise.all(names.slice(from, from + AT_ONCE).map(look))).flat();
        }
      }
    },
  };
}

const GONE = 'ResourceNotFoundException';

/** @returns null where the service answers with an error of that name */
async function askUnless<T>(name: string, action: string, send: () => Promise<T>): Promise<T | null> {
  return await askAws(action, async () => {
    try {
      return await send();
    } catch (error) {
      if (isNamed(error, name)) return null;
      throw error;
    }
  });
}

function isNamed(error: unknown, name: string): boolean {
  return Error.isError(error) && error.name === name;
}
