/** Sends what was held back for a round-up, by every channel of a laptop. */
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { pacingBy } from '../../pipeline/announce/pacing.ts';
import { sendHeld } from '../../pipeline/announce/send-held.ts';
import { roundUpByChannels } from '../../pipeline/announce/tell-channels.ts';
import type { Clock } from '../../pipeline/ports/clock.ts';
import type { Notifier } from '../../pipeline/ports/notifier.ts';
import type { Laptop } from '../compose/laptop.ts';
import type { Watch } from './events.ts';

interface Waiting {
  readonly laptop: Pick<Laptop, 'register' | 'evidence'>;
  readonly notifiers: readonly Notifier[];
  readonly appetite: () => Promise<JudgedEvidence['appetite']>;
  readonly now: Clock;
  readonly watch: Watch;
}

/** @throws what a channel throws, once everybody else has theirs */
export async function sendWaiting({ laptop, notifiers, appetite, now, watch }: Waiting): Promise<void> {
  const { register, evidence } = laptop;
  const channels = { register, evidence, notifiers, ...pacingBy(appetite, now) };
  await sendHeld({
    ...channels,
    send: async (notice) => {
      const sent = await roundUpByChannels(notice, channels);
      watch({ event: 'notice', notice, channels: notifiers.map(({ name }) => name) });
      return sent;
    },
  });
}
