/**
 * Who is told something takes a turn for it, or it is held for a round-up: written down in the commit that says that it
 * is not sent. So nothing lies between the two, and what a death interrupts is asked again.
 */
import type { HeldNotice, HeldRow } from '../../core/notices/held-notice.ts';
import { hold, newPace, type Paced, readPace, takeTurn } from '../../core/notices/pace.ts';
import { heldKey, paceKey } from '../../core/register/pace-keys.ts';
import type { Clock } from '../ports/clock.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';

/** How much anybody is told. */
export interface Pacing {
  readonly now: Clock;
  /** Messages that one recipient gets in any sixty minutes. */
  readonly mostAnHour: () => Promise<number>;
  /** The keys of those who asked for a round-up a day or a week: alone they get but what goes first. */
  readonly roundUpsOnly: () => Promise<ReadonlySet<string>>;
}

export interface Turning extends Pacing {
  readonly register: RegisterStore;
}

/** A commit takes a hundred. */
const AT_ONCE = 90;

export async function isHeld(
  notice: Pick<HeldNotice, 'at' | 'id'>,
  { key }: Paced,
  { register }: Turning,
): Promise<boolean> {
  return (await register.get(heldKey(key, notice))) !== null;
}

/**
 * Whether a message may go to a recipient now.
 *
 * @returns false where it may not
 */
export async function mayTell(
  message: { readonly id: string; readonly urgent: boolean },
  to: Paced,
  { register, now, mostAnHour, roundUpsOnly }: Turning,
): Promise<boolean> {
  if (!message.urgent && (await roundUpsOnly()).has(to.key)) return false;
  const most = await mostAnHour();
  return await untilNoConflict(async () => {
    const stored = await register.get(paceKey(to.key));
    const pace = stored === null ? newPace(to) : readPace(stored);
    const taken = takeTurn(pace, message, now().toISOString(), most);
    if (taken === null) return false;
    const body = { ...taken, name: to.name, topicArn: to.topicArn };
    await register.commit({
      puts: [{ item: { ...paceKey(to.key), body }, when: stored === null ? 'absent' : { version: stored.version } }],
    });
    return true;
  });
}

/** Holds notices for a recipient; what is held already stays as it is. */
export async function holdBack(notices: readonly HeldNotice[], to: Paced, turning: Turning): Promise<void> {
  for (let start = 0; start < notices.length; start += AT_ONCE) {
    await holdSome(notices.slice(start, start + AT_ONCE), to, turning);
  }
}

async function holdSome(notices: readonly HeldNotice[], to: Paced, turning: Turning): Promise<void> {
  const { register } = turning;
  await untilNoConflict(async () => {
    const known = await Promise.all(notices.map((notice) => isHeld(notice, to, turning)));
    const fresh = notices.filter((_, place) => known[place] !== true);
    if (fresh.length === 0) return;
    const stored = await register.get(paceKey(to.key));
    const was = stored === null ? newPace(to) : readPace(stored);
    const rows = fresh.map((notice): Put => {
      const body: HeldRow = { ...notice, box: was.box.number };
      return { item: { ...heldKey(to.key, notice), body }, when: 'absent' };
    });
    const pace = hold(
      was,
      fresh.map((notice) => ({ sk: heldKey(to.key, notice).sk, urgent: notice.urgent })),
    );
    const when = stored === null ? ('absent' as const) : { version: stored.version };
    await register.commit({ puts: [{ item: { ...paceKey(to.key), body: { ...pace } }, when }, ...rows] });
  });
}
