/** What comes of news: a feed's publisher has a newer version, and a task of ECS begins to run one of the images. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';

import type { AwsHome } from './home.ts';
import type { Heard, HeardEvent } from './parts/ears.ts';
import type { Invoked } from './parts/functions.ts';
import type { Pushed } from './parts/registry.ts';

/** Found in perl of the sample, and in no catalogue so far. */
export const NEWLY_EXPLOITED = 'CVE-2026-42496';

const KEV = join(import.meta.dirname, '..', '..', 'lib', 'cli', 'sample', 'kev.json');
const TASK = join(import.meta.dirname, '..', 'fixtures', 'aws', 'ecs-task-state-change-running.json');

export interface Again {
  /** The refresh that found news, and one more. */
  readonly refreshed: readonly [Invoked, Invoked];
  readonly notices: readonly Heard[];
  readonly events: readonly HeardEvent[];
}

export async function newsArrives(home: AwsHome): Promise<Again> {
  const { mirror, functions, pump, ears } = home;
  const refresh = functions.get('refresh');
  if (refresh === undefined) throw new Error('no refresh is deployed');
  mirror.put('/kev.json', await newerCatalogue());
  const first = await refresh.invoke({});
  await pump.untilQuiet(120);
  const second = await refresh.invoke({});
  await pump.untilQuiet(60);
  return { refreshed: [first, second], notices: await ears.subscriber.take(), events: await ears.bus.take() };
}

/** The catalogue that was imported, of today and with one more entry. */
async function newerCatalogue(): Promise<string> {
  const held = JSON.parse(await readFile(KEV, 'utf8')) as { count: number; vulnerabilities: object[] };
  const today = new Date().toISOString();
  const entry = {
    ...{ cveID: NEWLY_EXPLOITED, dateAdded: today.slice(0, 10), dueDate: today.slice(0, 10) },
    knownRansomwareCampaignUse: 'Unknown',
  };
  const vulnerabilities = [entry, ...held.vulnerabilities];
  return JSON.stringify({ ...held, dateReleased: today, count: vulnerabilities.length, vulnerabilities });
}

/** A task of ECS runs the image. */
export async function taskRuns({ clients, pump }: AwsHome, repository: string, { digest }: Pushed): Promise<void> {
  const told = JSON.parse(await readFile(TASK, 'utf8')) as { detail: { containers: object[] } };
  const containers = told.detail.containers.map((container) => ({
    ...container,
    image: repository,
    imageDigest: digest,
  }));
  const entry = {
    Source: 'aws.ecs',
    DetailType: 'ECS Task State Change',
    Detail: JSON.stringify({ ...told.detail, containers }),
    Time: new Date(),
  };
  const { FailedEntryCount = 0 } = await clients.events.send(new PutEventsCommand({ Entries: [entry] }));
  if (FailedEntryCount > 0) throw new Error('the event was not taken');
  await pump.untilQuiet(60);
}
