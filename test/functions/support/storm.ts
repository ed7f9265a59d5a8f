/**
 * A storm of pushes through the functions, as queues bring them: every message twice and in no order, as
 * SQS may. Stores are SQLite and memory behind the same ports; what is asked of each is counted, and is what
 * DynamoDB, S3, SQS, SNS and EventBridge would be asked.
 */
import { createHandler as createAnnounce } from '../../../functions/announce/handler.ts';
import { createHandler as createIntake } from '../../../functions/intake/handler.ts';
import { createHandler as createJudge } from '../../../functions/judge/handler.ts';
import { createHandler as createScan } from '../../../functions/scan/handler.ts';
import type { SqsHandler } from '../../../functions/shared/messages.ts';
import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import type { OutEvent } from '../../../lib/core/events/out-event.ts';
import type { OpenImage } from '../../../lib/core/image/open-image.ts';
import { announceVerdicts } from '../../../lib/pipeline/announce/announce-verdicts.ts';
import { pacedTopics } from '../../../lib/pipeline/announce/paced-topics.ts';
import { importFeeds } from '../../../lib/pipeline/feeds/import-feeds.ts';
import { storedIntelligence } from '../../../lib/pipeline/feeds/stored-intelligence.ts';
import { readBoard } from '../../../lib/pipeline/read-board/read-board.ts';
import { takeRegistryEvent } from '../../../lib/pipeline/registry-events/take-registry-event.ts';
import { FOLD_RISKS, PLAN_AGAIN, queueOf, type WorkQueueName } from '../../../lib/pipeline/work/work-types.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { aDigest } from '../../support/assessments.ts';
import { dpkgStatus, osRelease } from '../../support/debian.ts';
import { about } from '../../support/feed-home.ts';
import { advisory, aSource } from '../../support/feed-parts.ts';
import { file, image, layer, openImage } from '../../support/images.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { endWork } from '../../support/placed-work.ts';
import { counted, type Counts } from './counted.ts';
import { fakeParts } from './fake-parts.ts';
import { aContext, aQueueEvent, aRecord } from './lambda.ts';

export interface Storm {
  readonly images: number;
  readonly onBoard: number;
  readonly assessments: number;
  /** Verdicts that were told to programs, each once. */
  readonly told: number;
  readonly letters: number;
  readonly leftOver: number;
  readonly mails: number;
  readonly heldBack: number;
  /** Messages to one topic in one second at most, both functions that run at once taken together. */
  readonly busiestSecond: number;
  readonly asked: Counts;
}

const START = Date.parse('2026-11-24T10:00:00Z');
const PACKAGES = Array.from({ length: 88 }, (_, at) => ({ name: `package-${at}`, version: `1.${at}` }));
const APPETITE = anAppetiteFile({ production: ['criteria: [{ id: none, says: No finding., finding: "true" }]'] });
const SUBSCRIBERS = ['all', 'shop'].map((name) => ({
  name,
  topicArn: `arn:aws:sns:eu-central-1:111122223333:${name}`,
}));
const REPOSITORY = { account: '111122223333', region: 'eu-central-1', registry: 'ecr' };

/** How many messages each function gets at a time, as the stack says. */
const BATCH = { events: 10, scan: 1, judge: 1, announce: 500 } as const;

/** @param copies - how often each message comes */
export async function storm(images: number, copies: 1 | 2 = 2): Promise<Storm> {
  const store = openLocalStore(':memory:');
  const asked: Record<string, number> = {};
  const register = counted('register', store.register, asked);
  const queue = counted('work', store.work, asked);
  const evidence = counted('evidence', memoryEvidence(), asked);
  const parts = fakeParts();
  let now = START;
  const clock = (): Date => new Date(now);

  const sources = aSource(
    PACKAGES.slice(0, 12).map(({ name }, at) => advisory(about(`DSA-${at}`, '2026-08-01T00:00:00.000Z', name))),
  );
  await importFeeds({ at: clock(), sources, complete: [] }, { register: store.register, evidence });
  await endWork(store.work, PLAN_AGAIN);
  const held = await pushed(images);
  const appetite = { hash: aDigest('appetite'), source: 'a test', value: parseAppetite(APPETITE, 'a test') };
  const opened = (what: string): OpenImage => {
    const found = held.get(what);
    if (found === undefined) throw new Error(`${what} is not in the registry`);
    return found;
  };
  const registry = counted(
    'registry',
    {
      async open(what: string) {
        const one = await Promise.resolve(opened(what));
        return { reference: what, images: [one], unreadable: [], skipped: [], close: () => Promise.resolve() };
      },
    },
    asked,
  );
  const listing = counted(
    'listing',
    {
      async find({ digest }: { readonly digest: OpenImage['digest'] }) {
        return await Promise.resolve({
          digest,
          tags: ['1.0'],
          pushedAt: new Date(START).toISOString(),
          mediaType: null,
          archived: false,
        });
      },
    },
    asked,
  );
  const referenceOf = ({ repository, digest }: { readonly repository: string; readonly digest: string }) =>
    `${repository}@${digest}`;
  const stores = { register, evidence, intelligence: storedIntelligence(register, evidence) };
  const judging = { ...stores, appetite, images: registry, referenceOf };

  const seconds = new Map<string, number>();
  const published = {
    async publish({ topicArn }: { readonly topicArn: string }) {
      const second = `${topicArn} ${Math.floor(now / 1000)}`;
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
      return await Promise.resolve(`message ${now}`);
    },
  };
  const topics = pacedTopics(counted('topics', published, asked), {
    clock,
    pause: async (milliseconds) => {
      now += milliseconds;
      await Promise.resolve();
    },
  });
  const told: string[] = [];
  const events = {
    publish: async (all: readonly OutEvent[]) => {
      told.push(...all.filter(({ type }) => type === 'Verdict Changed').map(({ detail }) => detail.id));
      asked['events.putEvents'] = (asked['events.putEvents'] ?? 0) + Math.ceil(all.length / 10);
      return await Promise.resolve([]);
    },
  };
  let heldBack = 0;
  const working = { ...parts, queue, clock };
  const handlers: Readonly<Record<Exclude<WorkQueueName, 'again' | 'remind'> | 'events', SqsHandler>> = {
    events: createIntake({
      ...parts,
      source: 'events',
      read: (message: unknown) => message as Parameters<typeof takeRegistryEvent>[0],
      take: (event) =>
        takeRegistryEvent(event, {
          ...{ register, images: registry, referenceOf, now: clock, isWatched: () => true },
          ...{
            listing: { ...listing, repositories: nothing, images: nothing },
            takeOpinion: () => Promise.resolve({}),
          },
        }),
      putOff: () => Promise.resolve(),
    }),
    scan: createScan({ ...working, source: 'scan', judging: () => Promise.resolve(judging) }),
    judge: createJudge({ ...working, source: 'judge', judging: () => Promise.resolve(judging) }),
    announce: createAnnounce({
      ...working,
      source: 'announce',
      ready: () => Promise.resolve(),
      announce: async (works) => {
        const done = await announceVerdicts(works, {
          ...{ register, evidence, topics, events, subscribers: SUBSCRIBERS, fallbackOwner: 'platform team' },
          ...{
            now: clock,
            mostAnHour: () => Promise.resolve(10),
            roundUpsOnly: () => Promise.resolve(new Set<string>()),
          },
          advise: () => Promise.resolve(null),
          operatorTopic: 'arn:aws:sns:eu-central-1:111122223333:operator',
        });
        heldBack += done.noticesHeldBack;
        return done.failures;
      },
    }),
  };

  /** Brings messages to a function in its batches; the next batch a moment later. */
  async function bring(name: keyof typeof handlers, messages: readonly unknown[]): Promise<void> {
    for (let from = 0; from < messages.length; from += BATCH[name]) {
      const some = messages
        .slice(from, from + BATCH[name])
        .map((body, at) => aRecord(body, { id: `${name}-${from + at}` }));
      const { batchItemFailures } = await handlers[name](aQueueEvent(...some), aContext(900_000));
      if (batchItemFailures.length > 0) throw new Error(`${name}: ${batchItemFailures.length} messages came back`);
      now += 1;
    }
  }

  const pushes = [...held.keys()].map((reference, at) => ({
    ...{ kind: 'pushed', how: 'push', id: `e${at}`, at: new Date(START).toISOString(), tag: '1.0', artifactType: null },
    ...{
      repository: { ...REPOSITORY, repository: reference.split('@', 1).join('') },
      digest: opened(reference).digest,
    },
  }));
  now += 60_000;
  await bring('events', mixed(pushes, copies));
  for (const name of ['scan', 'judge', 'announce'] as const) {
    const due = (await store.work.due(clock(), 10 * images)).filter(({ type }) => queueOf(type) === name);
    asked['queues.sendMessageBatch'] = (asked['queues.sendMessageBatch'] ?? 0) + Math.ceil(due.length / 10);
    await bring(
      name,
      mixed(
        due.map(({ id, type }) => ({ id, type })),
        copies,
      ),
    );
  }

  const board = await readBoard(store.register, { all: true });
  // The risk register is filled later: that is no part of the storm.
  await endWork(store.work, FOLD_RISKS);
  const { waiting, buried } = await store.work.state();
  store.close();
  return {
    ...{ images, onBoard: board.length, assessments: new Set(board.map(({ assessment }) => assessment)).size },
    ...{ told: new Set(told).size === told.length ? told.length : -1, letters: parts.outcomes.letters.length },
    ...{ leftOver: waiting + buried.length, mails: asked['topics.publish'] ?? 0, heldBack },
    ...{ busiestSecond: 2 * Math.max(...seconds.values()), asked },
  };
}

/** Images of one base, each with a small layer of its own, in a repository of its own: each is somebody's news. */
async function pushed(count: number): Promise<ReadonlyMap<string, OpenImage>> {
  const base = await layer([file('etc/os-release', osRelease()), file('var/lib/dpkg/status', dpkgStatus(PACKAGES))]);
  const held = new Map<string, OpenImage>();
  for (let at = 0; at < count; at += 1) {
    const built = image([base, await layer([file('srv/app', `version ${at}`)])]);
    held.set(`team-${at % 50}/app-${at}@${built.manifest.digest}`, openImage(built));
  }
  return held;
}

/** Every message so many times, in an order that is mixed and the same each time. */
function mixed<T>(messages: readonly T[], copies: number): readonly T[] {
  const all = Array.from({ length: copies }, () => messages).flat();
  const placed = all.map((message, at) => ({ message, place: (at * 7919) % (all.length + 1) }));
  return placed.sort((a, b) => a.place - b.place).map(({ message }) => message);
}

async function* nothing(): AsyncGenerator<never> {
  // Nobody lists a registry in a storm.
}
