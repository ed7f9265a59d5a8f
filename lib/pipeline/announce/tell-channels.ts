/**
 * Tells one person one thing by every channel of a laptop: within their pace, else it waits for a round-up.
 *
 * Each channel by itself: what one of them has is not brought to it again when another is tried again.
 */
import { contentId } from '../../core/canonical/canonical.ts';
import type { Notice } from '../../core/notices/notice.ts';
import type { Paced } from '../../core/notices/pace.ts';
import { goesFirst } from '../../core/notices/precedence.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Notifier } from '../ports/notifier.ts';
import { type AboutVerdict, heldFrom } from './held-from.ts';
import type { RoundUpSent } from './send-box.ts';
import { rememberSent, wasSent } from './sent-notices.ts';
import type { Sending } from './tell-topic.ts';
import { holdBack, isHeld, mayTell, type Turning } from './turn-or-hold.ts';

export interface Channels extends Turning {
  readonly evidence: EvidenceStore;
  readonly notifiers: readonly Notifier[];
}

/**
 * @param about - where it tells of a verdict
 * @throws CavendishError `unavailable` where a channel did not accept it: it stays owed
 */
export async function tellChannels(
  notice: Notice,
  channels: Channels,
  about: AboutVerdict | null = null,
): Promise<Sending> {
  const { register, evidence, notifiers } = channels;
  const to = personOf(notice);
  const known = await Promise.all(notifiers.map((notifier) => wasSent(notice, readerOf(notice, notifier), register)));
  const unsent = notifiers.filter((_, place) => known[place] !== true);
  if (unsent.length === 0 || (await isHeld(notice, to, channels))) return { outcome: 'known' };
  // What one channel has is no longer held back from another.
  const begun = unsent.length < notifiers.length;
  if (!begun && !(await mayTell({ id: notice.id, urgent: goesFirst(notice) }, to, channels))) {
    await holdBack([await heldFrom(notice, notice.to, { evidence, about })], to, channels);
    return { outcome: 'held' };
  }
  for (const notifier of unsent) await deliver(notice, notifier, channels);
  return { outcome: 'sent', messageId: notice.id };
}

/** Brings a round-up of what waited to every channel that does not have it yet. */
export async function roundUpByChannels(roundUp: Notice, channels: Channels): Promise<RoundUpSent> {
  for (const notifier of channels.notifiers) {
    if (!(await wasSent(roundUp, readerOf(roundUp, notifier), channels.register))) {
      await deliver(roundUp, notifier, channels);
    }
  }
  return { messageId: roundUp.id, text: null };
}

async function deliver(notice: Notice, notifier: Notifier, { register }: Channels): Promise<void> {
  await notifier.deliver(notice);
  const { at, kind, subject, id } = notice;
  const reader = readerOf(notice, notifier);
  const body = { at, kind, to: reader, subject, messageId: id, assessment: null, roundUp: null, text: null };
  await rememberSent([{ notice, body }], register);
}

/** A channel may have a long path in its name, and a key has room for 1024 bytes. */
function readerOf({ to }: Pick<Notice, 'to'>, { name }: Notifier): string {
  return contentId([to, name]);
}

function personOf({ to }: Pick<Notice, 'to'>): Paced {
  return { key: to, name: to, topicArn: null };
}
