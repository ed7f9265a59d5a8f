/** Tells people on a laptop what became of exceptions, by every channel that it has. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { OPERATOR } from '../../core/notices/subscriber.ts';
import { unreachedNotice } from '../../core/notices/unreached-notice.ts';
import { notifiersPost } from '../../pipeline/announce/notifiers-post.ts';
import type { Channels } from '../../pipeline/announce/tell-channels.ts';
import { tellExceptionHandlers } from '../../pipeline/exceptions/tell-exception.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { WorkHandlers } from '../../pipeline/work/run-work.ts';
import type { Watch } from './events.ts';

interface Parts {
  readonly appetite: Appetite;
  readonly channels: Channels;
  readonly now: Clock;
  readonly watch: Watch;
}

export function tellingExceptions({ appetite, channels, now, watch }: Parts): WorkHandlers {
  const post = notifiersPost(channels);
  const through = channels.notifiers.map(({ name }) => name);
  return tellExceptionHandlers(() =>
    Promise.resolve({
      ...{ register: channels.register, appetite, post },
      onTold: (notice, { messageId }) => {
        watch({ event: 'notice', notice, channels: messageId === null ? [] : through });
      },
      onUnreached: async ({ subject }, to) => {
        const notice = unreachedNotice({ what: subject, who: [to], at: now().toISOString(), home: '' });
        await post.deliver(notice, { name: OPERATOR, address: null });
      },
    }),
  );
}
