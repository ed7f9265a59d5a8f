/**
 * Looks whether those who are to be told can be: a subscription that is pending or gone gets nothing, and
 * says nothing about it. The operator is told once for each change.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { operatorOf, type Reader } from '../../core/notices/routing.ts';
import type { Interests } from '../../core/notices/subscriber.ts';
import {
  type Facts,
  isLost,
  isOverdue,
  isSame,
  mattersOf,
  overdueOf,
  readSubscribed,
  type Subscribed,
  subscriptionsKey,
  subscriptionsNotice,
} from '../../core/notices/subscriptions.ts';
import { type TellingOperator, tellOperator } from '../announce/tell-operator.ts';
import { tellTopic } from '../announce/tell-topic.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';
import type { TopicSubscriptions } from '../ports/topics.ts';

interface Dependencies extends TellingOperator {
  /** Of the stack, and those whom somebody made. */
  readonly subscribers: readonly (Reader & Pick<Interests, 'kinds'>)[];
  readonly subscriptions: TopicSubscriptions;
  readonly now: () => Date;
}

/** A topic may have millions; what people are told of is the beginning of them. */
const MOST = 1000;

/** @returns how many readers can not be told as they should be */
export async function lookAfterSubscriptions(dependencies: Dependencies): Promise<number> {
  const { subscribers, operatorTopic, register, now } = dependencies;
  const readers: readonly Reader[] = [operatorOf(operatorTopic), ...subscribers];
  const looked = [];
  for (const reader of readers) looked.push(await lookAt(reader, dependencies));

  const matters = looked.flatMap((one) => one.matters);
  if (matters.length > 0) await tell(subscriptionsNotice(matters, now().toISOString()), looked, dependencies);
  for (const put of looked.flatMap((one) => one.puts)) await remember(put, register);
  return looked.filter((one) => isLost(one.subscribed)).length;
}

/** Through another subscription where nobody hears the operator's own: who asks for such news, else the first. */
async function tell(notice: Notice, looked: readonly Looked[], dependencies: Dependencies): Promise<void> {
  const [own, ...others] = looked.filter(({ subscribed }) => subscribed.confirmed.length > 0);
  const operator = operatorOf(dependencies.operatorTopic);
  if (own === undefined || own.reader.name === operator.name) {
    await tellOperator(notice, dependencies);
    return;
  }
  const asking = dependencies.subscribers
    .filter(({ kinds }) => kinds?.includes(notice.kind) ?? false)
    .map(({ name }) => name);
  const { reader } = [own, ...others].find((one) => asking.includes(one.reader.name)) ?? own;
  await tellTopic(reader, notice, FOR_OPERATOR, { ...dependencies, operator });
}

const FOR_OPERATOR =
  'This is for whoever runs Cavendish: nobody is subscribed to their own topic. Please tell them, or see to it.';

interface Looked {
  readonly reader: Reader;
  readonly subscribed: Subscribed;
}

async function lookAt(reader: Reader, { register, subscriptions, now }: Dependencies) {
  const at = now().toISOString();
  const key = subscriptionsKey(reader.name);
  const [facts, stored] = [await ask(reader, subscriptions), await register.get(key)];
  const before = stored === null ? null : readSubscribed(stored);
  const changed = before === null || !isSame(before, facts);
  const subscribed: Subscribed = changed ? { ...facts, since: at, waited: false } : before;
  const overdue = isOverdue(subscribed, at);
  if (!changed && !overdue) return { reader, subscribed, matters: [], puts: [] };
  const put: Put = {
    item: { ...key, body: { ...subscribed, waited: subscribed.waited || overdue } },
    when: stored === null ? 'absent' : { version: stored.version },
  };
  const matters = overdue ? overdueOf(reader, subscribed) : mattersOf(reader, subscribed, before);
  return { reader, subscribed, matters, puts: [put] };
}

async function ask({ topicArn }: Reader, subscriptions: TopicSubscriptions): Promise<Facts> {
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
