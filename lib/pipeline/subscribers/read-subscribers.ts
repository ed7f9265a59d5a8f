/** Who is told of what, and how it stands with each: of the stack's configuration, and made by a command. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { interestsOf, type Registered, subscriberOf } from '../../core/notices/registered-subscriber.ts';
import type { Interests, Subscriber } from '../../core/notices/subscriber.ts';
import {
  readSubscribed,
  stateOf,
  type Subscribed,
  SUBSCRIPTIONS_PARTITION,
  type SubscriptionState,
} from '../../core/notices/subscriptions.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { SubscriberTopics } from '../ports/subscriber-topics.ts';
import { readAll } from '../read-board/read-all.ts';
import { readAllRegistered, type Subscribing } from './registered.ts';

/** What is known of each reader's topic, by name. */
export async function readSubscriptions(register: RegisterStore): Promise<ReadonlyMap<string, Subscribed>> {
  const items = await readAll(register, { pk: SUBSCRIPTIONS_PARTITION });
  return new Map(items.map((item) => [item.sk, readSubscribed(item)]));
}

/**
 * How it stands with one that was made by a command, and since when.
 *
 * @param isAsked - whether an address has to confirm: without topics mail goes to it as it is
 */
export function standingOf(
  { address, phase, at }: Registered,
  known: Subscribed | undefined,
  isAsked: boolean,
): { readonly state: SubscriptionState; readonly since: string } {
  if (!isAsked) return { state: 'confirmed', since: at };
  if (phase === 'wanted' || known === undefined) return { state: 'pending', since: at };
  return { state: stateOf(known, address), since: known.since ?? at };
}

interface WithTopics {
  readonly register: RegisterStore;
  readonly subscriberTopics: SubscriberTopics;
}

/** Those of both kinds whose topics are to be looked after: the stack's come first, and keep their names. */
export async function topicsOfSubscribers(
  stack: readonly Subscriber[],
  { register, subscriberTopics: topics }: WithTopics,
): Promise<readonly Pick<Subscriber, 'name' | 'topicArn' | 'kinds'>[]> {
  const rows = (await readAllRegistered(register)).filter(({ phase }) => phase === 'made');
  const made = withoutTaken(rows, stack).map(({ name, kinds }) => ({
    ...{ name, topicArn: topics.arnOf(name) },
    ...(kinds !== null && { kinds }),
  }));
  return [...stack, ...made];
}

/** Those of both kinds to whom something can be told now. */
export async function subscribersOf(
  stack: readonly Subscriber[],
  { register, subscriberTopics: topics }: WithTopics,
  appetite: Pick<Appetite, 'people'>,
): Promise<readonly Subscriber[]> {
  const [rows, known] = await Promise.all([readAllRegistered(register), readSubscriptions(register)]);
  const reached = withoutTaken(rows, stack).filter(
    (row) => row.phase === 'made' && standingOf(row, known.get(row.name), true).state === 'confirmed',
  );
  return [...stack, ...reached.map((row) => subscriberOf(row, topics.arnOf(row.name), appetite))];
}

function withoutTaken(rows: readonly Registered[], stack: readonly Subscriber[]): readonly Registered[] {
  const taken = new Set(stack.map(({ name }) => name));
  return rows.filter(({ name }) => !taken.has(name));
}

/** Somebody who gets a copy by mail. */
export interface Follower {
  readonly name: string;
  readonly address: string;
  readonly interests: Interests;
}

/** Who follows a home without topics. */
export async function followersOf(
  register: RegisterStore,
  appetite: Pick<Appetite, 'people'>,
): Promise<readonly Follower[]> {
  const rows = (await readAllRegistered(register)).filter(({ phase }) => phase === 'made');
  return rows.map((row) => ({ name: row.name, address: row.address, interests: interestsOf(row, appetite) }));
}

/** One that `subscribers` lists. */
export interface ListedSubscriber extends Omit<Registered, 'phase' | 'address' | 'by' | 'at'> {
  /** Null: of the stack's configuration, which alone says what it wants. */
  readonly address: string | null;
  readonly by: Registered['by'] | null;
  /** `ending`: it is being taken away. */
  readonly state: SubscriptionState | 'ending';
  /** ISO 8601: since when it stands so; null: not known. */
  readonly since: string | null;
}

export async function listSubscribers({ register, topics }: Subscribing): Promise<readonly ListedSubscriber[]> {
  const [rows, known] = await Promise.all([readAllRegistered(register), readSubscriptions(register)]);
  const made = rows.filter(({ phase }) => phase !== 'gone');
  const ever = new Set(rows.map(({ name }) => name));
  return [
    ...[...known].filter(([name]) => !ever.has(name)).map(([name, subscribed]) => ofStack(name, subscribed)),
    ...made.map(({ phase, at, ...row }): ListedSubscriber => {
      const standing = standingOf({ ...row, phase, at }, known.get(row.name), topics !== null);
      return { ...row, ...standing, ...(phase === 'unwanted' && { state: 'ending' }) };
    }),
  ];
}

function ofStack(name: string, subscribed: Subscribed): ListedSubscriber {
  return {
    ...{ name, address: null, by: null, state: stateOf(subscribed, null), since: subscribed.since },
    ...{ teams: null, assets: null, stages: null, kinds: null, minSeverity: null, owners: null, roundUp: null },
  };
}
