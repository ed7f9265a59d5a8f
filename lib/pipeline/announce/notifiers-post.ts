/** The post of a laptop: every channel that it has. The inbox reaches everybody. */
import type { Notifier } from '../ports/notifier.ts';
import type { Post } from '../ports/post.ts';

export function notifiersPost(notifiers: readonly Notifier[]): Post {
  return {
    async deliver(notice, { name, address }) {
      for (const notifier of notifiers) await notifier.deliver({ ...notice, to: address ?? name });
      return { messageId: notice.id, subscription: 'none' };
    },
  };
}
