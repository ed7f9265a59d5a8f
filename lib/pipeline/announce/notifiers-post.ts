/** The post of a laptop: every channel that it has, within the pace of who is told. The inbox reaches everybody. */
import type { Post } from '../ports/post.ts';
import { type Channels, tellChannels } from './tell-channels.ts';

export function notifiersPost(channels: Channels): Post {
  return {
    async deliver(notice, { name, address }) {
      const { outcome } = await tellChannels({ ...notice, to: address ?? name }, channels);
      return { messageId: outcome === 'held' ? null : notice.id, subscription: 'none' };
    },
  };
}
