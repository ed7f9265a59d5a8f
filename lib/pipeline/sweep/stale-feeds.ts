/**
 * Tells of feeds that are too old for the strictest stage: an event and a notice when one becomes so, and
 * again 1, 3, 7, 15, … days later; a newer version begins anew.
 */
import { z } from 'zod';

import type { Appetite } from '../../core/appetite/appetite.ts';
import { type StaleFeed, staleFeeds } from '../../core/appetite/stale-feeds.ts';
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { feedEvent, feedNotice } from '../../core/notices/feed-notice.ts';
import { type TellingOperator, tellOperator } from '../announce/tell-operator.ts';
import type { EventSink } from '../ports/event-sink.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';

interface Dependencies extends TellingOperator {
  readonly intelligence: Intelligence;
  readonly events: EventSink;
  readonly appetite: () => Promise<{ readonly value: Appetite }>;
  readonly now: () => Date;
}

const PARTITION = 'STALE-FEEDS';
const toldItem = z.object({ hash: digestSchema, step: z.number() });

/** @returns how many feeds are too old */
export async function tellStaleFeeds(dependencies: Dependencies): Promise<number> {
  const { intelligence, appetite, events, register, now } = dependencies;
  const at = now();
  const { value } = await appetite();
  const stale = staleFeeds(await intelligence.feeds(), value, at);
  const news = [];
  for (const feed of stale) news.push(...(await unlessTold(feed, register)));
  if (news.length === 0) return stale.length;

  const feeds = news.map(({ feed }) => feed);
  const [unaccepted] = await events.publish(feeds.map((feed) => feedEvent(feed, at.toISOString())));
  if (unaccepted !== undefined) throw new CavendishError('unavailable', unaccepted.cause);
  await tellOperator(feedNotice(feeds, at.toISOString()), dependencies);
  for (const { put } of news) await remember(put, register);
  return stale.length;
}

async function unlessTold(
  feed: StaleFeed,
  register: RegisterStore,
): Promise<readonly { readonly feed: StaleFeed; readonly put: Put }[]> {
  const { hash, step } = feed;
  const key = { pk: PARTITION, sk: feed.feed.id };
  const stored = await register.get(key);
  const told = stored === null ? null : toldItem.parse(stored.body);
  if (told?.hash === hash && told.step >= step) return [];
  const when = stored === null ? 'absent' : { version: stored.version };
  return [{ feed, put: { item: { ...key, body: { hash, step } }, when } }];
}

async function remember(put: Put, register: RegisterStore): Promise<void> {
  try {
    await register.commit({ puts: [put] });
  } catch (error) {
    // Another sweep ran beside this one, and told the same.
    if (!isCavendishError(error, 'conflict')) throw error;
  }
}
