/** How a laptop reminds: by all of its notifiers, looked at by the ticker; no timer is set. */
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { notifiersPost } from '../../pipeline/announce/notifiers-post.ts';
import { pacingBy } from '../../pipeline/announce/pacing.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Notifier } from '../../pipeline/ports/notifier.ts';
import { readDated } from '../../pipeline/reminders/read-dated.ts';
import type { Reminding } from '../../pipeline/reminders/remind.ts';
import type { Laptop } from '../compose/laptop.ts';
import type { Watch } from './events.ts';

interface Parts {
  readonly laptop: Pick<Laptop, 'register' | 'evidence'>;
  readonly notifiers: readonly Notifier[];
  readonly now: Clock;
  readonly watch: Watch;
}

export function remindingHere(
  appetite: JudgedEvidence['appetite'],
  { laptop: { register, evidence }, notifiers, now, watch }: Parts,
): Reminding {
  const { value } = appetite;
  const whom = { register, subscriberTopics: null };
  return {
    ...{ register, appetite: value, timers: null },
    post: notifiersPost({ register, evidence, notifiers, ...pacingBy(() => Promise.resolve(appetite), now, whom) }),
    dated: (ladder) => readDated(ladder, { register, appetite: value }),
    // The inbox reaches everybody.
    onUnreachable: () => Promise.resolve(),
    onTold: (notice, { messageId }) => {
      watch({ event: 'notice', notice, channels: messageId === null ? [] : notifiers.map(({ name }) => name) });
    },
  };
}
