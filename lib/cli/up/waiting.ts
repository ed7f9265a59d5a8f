/** Sends what waits for a round-up, by every channel of a laptop. */
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { pacingBy } from '../../pipeline/announce/pacing.ts';
import { sendWaiting } from '../../pipeline/announce/send-waiting.ts';
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
export async function sendWaitingHere({ laptop, notifiers, appetite, now, watch }: Waiting): Promise<void> {
  const { register, evidence } = laptop;
  const whom = { register, subscriberTopics: null };
  const channels = { ...whom, evidence, notifiers, ...pacingBy(appetite, now, whom) };
  await sendWaiting({
    ...channels,
    appetite,
    send: async (notice) => {
      const sent = await roundUpByChannels(notice, channels);
      watch({ event: 'notice', notice, channels: notifiers.map(({ name }) => name) });
      return sent;
    },
  });
}
