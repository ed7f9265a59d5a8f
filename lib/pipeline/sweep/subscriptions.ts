/**
 * Looks whether those who are to be told can be: a subscription that is pending or gone gets nothing, and
 * says nothing about it. The operator is told once for each change.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import { operatorOf, type Reader } from '../../core/notices/routing.ts';
import type { Subscriber } from '../../core/notices/subscriber.ts';
import {
  isLost,
  mattersOf,
  readSubscribed,
  type Subscribed,
  subscriptionsNotice,
} from '../../core/notices/subscriptions.ts';
import { type TellingOperator, tellOperator } from '../announce/tell-operator.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';
import type { TopicSubscriptions } from '../ports/topics.ts';

interface Dependencies extends TellingOperator {
  readonly subscribers: readonly Subscriber[];
  readonly subscriptions: TopicSubscriptions;
  readonly now: () => Date;
}

const PARTITION = 'SUBSCRIPTIONS';
/** A topic may have millions; what people are told of is the beginning of them. */
const MOST = 1000;

/** @returns how many readers can not be told as they should be */
export async function lookAfterSubscriptions(dependencies: Dependencies): Promise<number> {
  const { subscribers, operatorTopic, register, now } = dependencies;
  const readers: readonly Reader[] = [operatorOf(operatorTopic), ...subscribers];
  const looked = [];
  for (const reader of readers) looked.push(await lookAt(reader, dependencies));

  const matters = looked.flatMap((one) => one.matters);
  if (matters.length > 0) await tellOperator(subscriptionsNotice(matters, now().toISOString()), dependencies);
  for (const put of looked.flatMap((one) => one.puts)) await remember(put, register);
  return looked.filter((one) => isLost(one.subscribed)).length;
}

async function lookAt(reader: Reader, { register, subscriptions }: Dependencies) {
  const subscribed = await ask(reader, subscriptions);
  const stored = await register.get({ pk: PARTITION, sk: reader.name });
  const before = stored === null ? null : readSubscribed(stored);
  if (before !== null && JSON.stringify(before) === JSON.stringify(subscribed)) {
    return { subscribed, matters: [], puts: [] };
  }
  const put: Put = {
    item: { pk: PARTITION, sk: reader.name, body: { ...subscribed } },
    when: stored === null ? 'absent' : { version: stored.version },
  };
  return { subscribed, matters: mattersOf(reader, subscribed, before), puts: [put] };
}

async function ask({ topicArn }: Reader, subscriptions: TopicSubscriptions): Promise<Subscribed> {
  const [confirmed, pending]: [string[], string[]] = [[], []];
  try {
    for await (const one of subscriptions.of(topicArn)) {
      (one.confirmed ? confirmed : pending).push(`${one.protocol} ${one.endpoint}`);
      if (confirmed.length + pending.length === MOST) break;
    }
  } catch (error) {
    if (!isCavendishError(error, 'not-found')) throw error;
    return { topic: 'gone', confirmed: [], pending: [] };
  }
  return { topic: 'there', confirmed: confirmed.sort(), pending: pending.sort() };
}

async function remember(put: Put, register: RegisterStore): Promise<void> {
  try {
    await register.commit({ puts: [put] });
  } catch (error) {
    // Another sweep ran beside this one, and told the same.
    if (!isCavendishError(error, 'conflict')) throw error;
  }
}
