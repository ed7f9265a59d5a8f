/** Tells everybody whose it is of one rung, and writes down who was told. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { reminderNotice } from '../../core/notices/reminder-notice.ts';
import { toldKey } from '../../core/register/reminder-keys.ts';
import type { Dated } from '../../core/reminders/dated.ts';
import type { Rung } from '../../core/reminders/ladder.ts';
import { type Recipient, recipientsOf } from '../../core/reminders/recipients.ts';
import { reminderId } from '../../core/reminders/reminder-id.ts';
import type { Told } from '../../core/reminders/told.ts';
import type { Delivered, Post } from '../ports/post.ts';
import type { Item, RegisterStore } from '../ports/register-store.ts';
import { oneByOne } from '../work/one-by-one.ts';

export interface TellingRung {
  readonly register: RegisterStore;
  readonly appetite: Pick<Appetite, 'people' | 'reminders'>;
  readonly post: Post;
  /** Nobody reaches these: once for each rung. */
  readonly onUnreachable: (dated: Dated, rung: Rung, who: readonly Recipient[], at: string) => Promise<void>;
  readonly onTold?: (notice: Notice, delivered: Delivered) => void;
}

/**
 * @returns those whom nothing reaches
 * @throws what the channel throws, once everybody else is told
 */
export async function tellRung(
  dated: Dated,
  rung: Rung,
  now: Date,
  telling: TellingRung,
): Promise<readonly Recipient[]> {
  const unreachable: Recipient[] = [];
  await oneByOne(recipientsOf(dated, rung, telling.appetite), async (to) => {
    if (!(await tellOne(dated, rung, to, now, telling))) unreachable.push(to);
  });
  if (unreachable.length > 0) await tellOperatorOnce(dated, rung, now, unreachable, telling);
  return unreachable;
}

/** @returns false where nobody reaches them */
async function tellOne(
  dated: Dated,
  rung: Rung,
  to: Recipient,
  now: Date,
  { register, post, onTold }: TellingRung,
): Promise<boolean> {
  const key = toldKey(dated, dated.due, rung, to.name);
  if ((await register.get(key)) !== null) return true;
  const notice = reminderNotice({ id: reminderId(dated, rung, to.name), dated, rung, to, at: now.toISOString() });
  const delivered = await post.deliver(notice, to);
  if (delivered === null) return false;
  const told = { ...aboutRung(rung, now), to: to.name, address: to.address, how: 'told', ...delivered } satisfies Told;
  await register.commit({ puts: [], history: [{ ...key, body: told }] });
  onTold?.(notice, delivered);
  return true;
}

async function tellOperatorOnce(
  dated: Dated,
  rung: Rung,
  now: Date,
  who: readonly Recipient[],
  { register, onUnreachable }: TellingRung,
): Promise<void> {
  const key = toldKey(dated, dated.due, rung, UNREACHABLE);
  if ((await register.get(key)) !== null) return;
  await onUnreachable(dated, rung, who, now.toISOString());
  const names = who.map(({ name }) => name).join(', ');
  const told = { ...aboutRung(rung, now), to: names, how: 'unreachable', ...NO_MESSAGE } satisfies Told;
  await register.commit({ puts: [], history: [{ ...key, body: told }] });
}

/** Stands where a reader's name does; no name begins so. */
const UNREACHABLE = '\u007eunreachable';
const PASSED_OVER = '\u007epassed-over';
const NO_MESSAGE = { address: null, messageId: null, subscription: null } as const;

/** That a rung was missed, and a later one told in its place. */
export function passedOver(dated: Dated, rung: Rung, now: Date): Item {
  const told = { ...aboutRung(rung, now), to: dated.to.join(', '), how: 'passed-over', ...NO_MESSAGE } satisfies Told;
  return { ...toldKey(dated, dated.due, rung, PASSED_OVER), body: told };
}

function aboutRung({ name, at }: Rung, now: Date): Pick<Told, 'rung' | 'due' | 'at'> {
  return { rung: name, due: at, at: now.toISOString() };
}
