/**
 * The post of a home on AWS: the topic to which a person is subscribed by e-mail, as it stood when it was last looked
 * at. Where several are, the one that the fewest others read.
 */
import { operatorOf, type Reader } from '../../core/notices/routing.ts';
import { readSentNotice, sentNoticeKey } from '../../core/notices/sent-notice.ts';
import { stateOf, type Subscribed } from '../../core/notices/subscriptions.ts';
import type { Recipient } from '../../core/reminders/recipients.ts';
import type { Post } from '../ports/post.ts';
import { readSubscriptions } from '../subscribers/read-subscribers.ts';
import { keptFor } from './kept-for.ts';
import type { TellingOperator } from './tell-operator.ts';
import { tellTopic } from './tell-topic.ts';

export interface TopicPosting extends TellingOperator {
  /** All that there are, besides the operator. */
  readonly readers: () => Promise<readonly Reader[]>;
}

/** So many milliseconds: a batch asks once, not for each message. The sweep looks at topics each quarter of an hour. */
const KEPT = 5000;

export function topicPost(posting: TopicPosting): Post {
  const operator = operatorOf(posting.operatorTopic);
  const everybody = keptFor(KEPT, posting.now, async () => {
    const [readers, known] = await Promise.all([posting.readers(), readSubscriptions(posting.register)]);
    return { readers: [...readers, operator], known };
  });
  return {
    async deliver(notice, to) {
      const reader = readerFor(to, await everybody());
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
function readerFor(
  { address }: Recipient,
  { readers, known }: { readonly readers: readonly Reader[]; readonly known: ReadonlyMap<string, Subscribed> },
): Reader | null {
  if (address === null) return null;
  const found = readers.flatMap((reader) => {
    const subscribed = known.get(reader.name);
    if (subscribed === undefined || stateOf(subscribed, address) !== 'confirmed') return [];
    return [{ reader, others: subscribed.confirmed.length }];
  });
  return found.sort((one, other) => one.others - other.others)[0]?.reader ?? null;
}
