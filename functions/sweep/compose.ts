import { pacingBy } from '../../lib/pipeline/announce/pacing.ts';
import { sendWaiting } from '../../lib/pipeline/announce/send-waiting.ts';
import { roundUpSender } from '../../lib/pipeline/announce/tell-topic.ts';
import { endDue } from '../../lib/pipeline/exceptions/end-due.ts';
import { beginDay } from '../../lib/pipeline/judge-again/begin-day.ts';
import { takeRegistryEvent } from '../../lib/pipeline/registry-events/take-registry-event.ts';
import { sweepReminders } from '../../lib/pipeline/reminders/sweep-reminders.ts';
import { takeOpinion } from '../../lib/pipeline/second-opinion/take-opinion.ts';
import { topicsOfSubscribers } from '../../lib/pipeline/subscribers/read-subscribers.ts';
import { finishAll } from '../../lib/pipeline/subscribers/registered.ts';
import { sendLeftOver } from '../../lib/pipeline/sweep/left-over.ts';
import { reconcile } from '../../lib/pipeline/sweep/reconcile.ts';
import { sweepRunning } from '../../lib/pipeline/sweep/running.ts';
import { tellStaleFeeds } from '../../lib/pipeline/sweep/stale-feeds.ts';
import { lookAfterSubscriptions } from '../../lib/pipeline/sweep/subscriptions.ts';
import { sweep, type SweepPart } from '../../lib/pipeline/sweep/sweep.ts';
import { openAnnouncing } from '../shared/announcing/compose.ts';
import type { Environment } from '../shared/environment.ts';
import { readEnvironments } from '../shared/environments.ts';
import { openHome } from '../shared/home/compose.ts';
import { openQueues } from '../shared/queues/compose.ts';
import { openRegistries } from '../shared/registries/compose.ts';
import { remindingOf } from '../shared/reminding.ts';
import { openRunning } from '../shared/running/compose.ts';
import { openTimers } from '../shared/timers/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  const stores = openHome(environment, tools);
  const { messages } = openQueues(environment, tools);
  const { scans, ...registries } = openRegistries(environment, tools);
  const now = (): Date => new Date();
  const whom = { ...stores, ...openAnnouncing(environment, tools) };
  const shared = { ...whom, ...registries, ...pacingBy(stores.appetite, now, whom), messages };
  const timers = openTimers(environment, tools);
  const readers = () => topicsOfSubscribers(shared.ofStack, shared);
  const reminding = remindingOf({ ...shared, timers, readers });
  const running = openRunning(environment, registries.own, tools);
  const environments = readEnvironments(environment);
  const taking = {
    ...shared,
    takeOpinion: (placement: Parameters<typeof takeOpinion>[0]) => takeOpinion(placement, { ...stores, scans }),
  };
  // What is quick and heals what is broken comes first; the registry may take all the time that there is.
  const parts: Readonly<Record<string, SweepPart>> = {
    outbox: async (signal) => ({ workLeftOver: await sendLeftOver({ ...shared, signal }) }),
    subscribers: async () => {
      await finishAll({ register: stores.register, topics: shared.subscriberTopics });
      return {};
    },
    subscriptions: async () => ({
      subscriptionsLost: await lookAfterSubscriptions({
        ...shared,
        subscribers: await readers(),
      }),
    }),
    roundUps: async () => ({
      noticesSent: (await sendWaiting({ ...shared, send: roundUpSender(shared) })).roundUps,
    }),
    feeds: async () => ({ feedsStale: await tellStaleFeeds(shared) }),
    running: async (signal) => ({ endsMissed: await sweepRunning({ ...shared, ...running, environments, signal }) }),
    exceptions: async () => {
      await endDue(now(), stores.register);
      return {};
    },
    reminders: async () => ({ ...(await sweepReminders(now(), await reminding())) }),
    day: async () => {
      await beginDay(now(), stores.register);
      return {};
    },
    registry: async (signal) => {
      const take = (event: Parameters<typeof takeRegistryEvent>[0]) => takeRegistryEvent(event, taking);
      const { pushesMissed, deletionsMissed } = await reconcile({ ...shared, take, signal });
      return { pushesMissed, deletionsMissed };
    },
  };
  return createHandler({ ...tools, sweep: (signal) => sweep(parts, signal) });
}
