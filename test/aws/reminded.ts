/** Whoever is reminded on the deployed home: their topics and timers, and what Scheduler does with one of these. */
import {
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  type ScheduleSummary,
} from '@aws-sdk/client-scheduler';
import { SendMessageCommand } from '@aws-sdk/client-sqs';

import { instantOf } from '../../lib/adapters/aws/scheduler/at-expression.ts';
import { ENV } from '../../lib/stacks/functions/names.ts';
import { aQueueEvent, aRecord } from '../functions/support/lambda.ts';
import type { AwsHome } from './home.ts';
import { cavendishAs, cavendishJson } from './parts/command-line.ts';
import { type Ear, type Heard, hearTopic } from './parts/ears.ts';
import type { DeployedFunction } from './parts/functions.ts';
import type { Meter } from './parts/meter.ts';
import { urlOf } from './parts/sources.ts';

const DAY = 86_400_000;

/** Somebody who is subscribed by a command, and a queue that hears what their topic sends. */
export interface Reader {
  readonly topic: string;
  readonly ear: Ear<Heard>;
}

export async function subscribed(home: AwsHome, name: string, address: string): Promise<Reader> {
  await cavendishJson(home, 'subscribe', address, '--name', name);
  const topic = `${deployed(home, 'api').environment[ENV.subscriberTopics] ?? ''}${name}`;
  return { topic, ear: await hearTopic(home.clients, topic, name) };
}

/** An exception of Olive's that Amir granted: its review is in five days, its end in ten. @returns its id */
export async function granted(home: AwsHome): Promise<string> {
  const [review, until] = [dayIn(5), dayIn(10)];
  const terms = [
    ...['--package', 'perl', '--repository', 'team/tagged', '--stage', 'production', '--owner', 'Olive Owner'],
    ...['--reason', 'never called', '--review', review, '--until', until],
    ...['--control', '{ id: seccomp, does: no exec, evidence: policy 7, lowers: { likelihood: 0.5 } }'],
  ];
  const asked = await cavendishAs('OWNER', home, 'exception', 'request', ...terms, '--json');
  if (asked.code !== 0) throw new Error(`nothing was asked for: ${asked.errors}`);
  const { id } = (JSON.parse(asked.output) as { readonly exception: { readonly id: string } }).exception;
  await cavendishJson(home, 'exception', 'approve', id);
  await home.pump.untilQuiet(120);
  return id;
}

/** The day so many days after this one, in the zone of the appetite that ships. */
export function dayIn(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

export interface FoundSchedule {
  readonly name: string;
  /** ISO 8601 */
  readonly at: string;
  /** What it sends, and to which queue. */
  readonly input: string;
  readonly queueArn: string;
}

export async function schedulesOf({ clients: { scheduler }, ...home }: AwsHome): Promise<readonly FoundSchedule[]> {
  const { group: GroupName } = timersOf(home);
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({ GroupName }));
  return await Promise.all(Schedules.map(look));

  async function look({ Name }: ScheduleSummary): Promise<FoundSchedule> {
    const found = await scheduler.send(new GetScheduleCommand({ GroupName, Name }));
    const { ScheduleExpression = '', ScheduleExpressionTimezone = '', Target } = found;
    const at = instantOf({ ScheduleExpression, ScheduleExpressionTimezone });
    return { name: Name ?? '', at: at ?? '', input: Target?.Input ?? '', queueArn: Target?.Arn ?? '' };
  }
}

/** The one timer of a ladder, once its rung is due: Scheduler sends its message to the queue, and deletes it. */
export async function fires(home: AwsHome, kind: 'expiry' | 'review'): Promise<FoundSchedule> {
  const timer = await timerOf(home, kind);
  deployed(home, 'remind').setClock(new Date(timer.at));
  await removed(home, timer);
  await home.clients.sqs.send(new SendMessageCommand({ QueueUrl: urlOf(timer.queueArn), MessageBody: timer.input }));
  await home.pump.untilQuiet(60);
  return timer;
}

export async function timerOf(home: AwsHome, kind: 'expiry' | 'review'): Promise<FoundSchedule> {
  const [timer, ...others] = (await schedulesOf(home)).filter(({ input }) => input.includes(`"${kind}"`));
  if (timer === undefined || others.length > 0) throw new Error(`${kind} has ${others.length} timers besides one`);
  return timer;
}

export async function removed(home: AwsHome, { name: Name }: Pick<FoundSchedule, 'name'>): Promise<void> {
  await home.clients.scheduler.send(new DeleteScheduleCommand({ GroupName: timersOf(home).group, Name }));
}

/**
 * The message of a timer, as the queue brings it at an instant.
 *
 * @returns whether the queue brings it again
 */
export async function brought(home: AwsHome, { input }: Pick<FoundSchedule, 'input'>, at: Date): Promise<boolean> {
  const remind = deployed(home, 'remind');
  remind.setClock(at);
  const { result, error } = await remind.invoke(aQueueEvent(aRecord(input)));
  return error !== null || (result as { readonly batchItemFailures: readonly unknown[] }).batchItemFailures.length > 0;
}

export function deployed({ functions }: Pick<AwsHome, 'functions'>, role: string): DeployedFunction {
  const found = functions.get(role);
  if (found === undefined) throw new Error(`no function ${role} is deployed`);
  return found;
}

export function meterOf({ meters }: AwsHome, role: string): Meter {
  const found = meters.get(role);
  if (found === undefined) throw new Error(`no function ${role} is deployed`);
  return found;
}

function timersOf(home: Pick<AwsHome, 'functions'>): { readonly group: string } {
  return JSON.parse(deployed(home, 'remind').environment[ENV.timers] ?? '') as { readonly group: string };
}
