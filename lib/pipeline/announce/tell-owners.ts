/**
 * Tells the owners of images what a round came to, through every channel of a laptop.
 *
 * Each owner by himself: one who can't be reached keeps nobody else from being told, and who was told is not
 * told again when that one is tried again.
 */
import type { ChangedVerdict } from '../../core/again/changed-verdict.ts';
import { contentId } from '../../core/canonical/canonical.ts';
import { causeNotice } from '../../core/notices/cause-notice.ts';
import type { Notice } from '../../core/notices/notice.ts';
import type { ToldReaders, ToldRound } from '../judge-again/tell-cause.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { rememberSent, wasSent } from './sent-notices.ts';

interface Owners {
  readonly register: RegisterStore;
  readonly notifiers: readonly Notifier[];
  readonly fallbackOwner: string;
  readonly onTold: (notice: Notice) => void;
}

/** @throws what a channel throws, once everybody else is told */
export async function tellOwners(
  entries: readonly ChangedVerdict[],
  round: ToldRound,
  mustBeSaid: boolean,
  { register, notifiers, fallbackOwner, onTold }: Owners,
): Promise<ToldReaders> {
  const byOwner = Map.groupBy(entries, ({ owner }) => owner);
  if (byOwner.size === 0 && mustBeSaid) byOwner.set(fallbackOwner, []);
  const failures: unknown[] = [];
  for (const [to, owned] of byOwner) {
    const notice = causeNotice({ ...round, entries: owned, to });
    try {
      for (const notifier of notifiers) await deliverOnce(notice, notifier, register);
      onTold(notice);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { notices: byOwner.size };
}

async function deliverOnce(notice: Notice, notifier: Notifier, register: RegisterStore): Promise<void> {
  // A channel may have a long path in its name, and a key has room for 1024 bytes.
  const reader = contentId([notice.to, notifier.name]);
  if (await wasSent(notice, reader, register)) return;
  await notifier.deliver(notice);
  const { at, kind, subject } = notice;
  const body = { at, kind, to: reader, subject, messageId: notice.id, assessment: null, roundUp: null, text: null };
  await rememberSent([{ notice, body }], register);
}
