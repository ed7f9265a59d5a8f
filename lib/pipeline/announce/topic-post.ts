/**
 * The post of a home on AWS: the topic to which a person is subscribed by e-mail, as it stood when it was last looked
 * at. Where several are, the one that the fewest others read.
 */
import { operatorOf, type Reader } from '../../core/notices/routing.ts';
import { readSentNotice, sentNoticeKey } from '../../core/notices/sent-notice.ts';
import { readSubscribed, stateOf, subscriptionsKey } from '../../core/notices/subscriptions.ts';
import type { Recipient } from '../../core/reminders/recipients.ts';
import type { Post } from '../ports/post.ts';
import type { TellingOperator } from './tell-operator.ts';
import { tellTopic } from './tell-topic.ts';

export interface TopicPosting extends TellingOperator {
  /** All that there are, besides the operator. */
  readonly readers: () => Promise<readonly Reader[]>;
}

export function topicPost(posting: TopicPosting): Post {
  const operator = operatorOf(posting.operatorTopic);
  return {
    async deliver(notice, to) {
      const reader = await readerFor(to, [...(await posting.readers()), operator], posting);
      if (reader === null) return null;
      const foot = `You are told as subscriber ${reader.name}.`;
      const sending = await tellTopic(reader, notice, foot, { ...posting, operator });
      if (sending.outcome === 'sent') return { messageId: sending.messageId, subscription: 'confirmed' };
      const stored = await posting.register.get(sentNoticeKey(notice.at, notice.id, reader.name));
      return { messageId: stored === null ? null : readSentNotice(stored).messageId, subscription: 'confirmed' };
    },
  };
}

/** Whose subscription is confirmed; a topic that was never looked at is nobody's yet. */
async function readerFor(
  { address }: Recipient,
  readers: readonly Reader[],
  { register }: TopicPosting,
): Promise<Reader | null> {
  if (address === null) return null;
  const looked = await Promise.all(readers.map(({ name }) => register.get(subscriptionsKey(name))));
  const found = readers.flatMap((reader, place) => {
    const stored = looked[place] ?? null;
    const subscribed = stored === null ? null : readSubscribed(stored);
    if (subscribed === null || stateOf(subscribed, address) !== 'confirmed') return [];
    return [{ reader, others: subscribed.confirmed.length }];
  });
  return found.sort((one, other) => one.others - other.others)[0]?.reader ?? null;
}
