/** Sets an arrival aside: it is remembered with what speaks against it, and what is held stays. */
import {
  arrivalKey,
  type Arrived,
  listQuarantined,
  putAgain,
  putArrived,
  readQuarantined,
  type StoredQuarantined,
} from '../feeds/quarantine-items.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';

export interface Aside {
  readonly item: StoredQuarantined | Arrived;
  /** It was not set aside before. */
  readonly news: boolean;
}

/**
 * The same arrival is set aside once, also where it was rejected since. One that comes in the place of another
 * with the same kinds of reasons is not told again.
 *
 * @param beside - puts of the same commit, whichever way it is
 */
export async function setAside(arrived: Arrived, register: RegisterStore, beside: readonly Put[]): Promise<Aside> {
  const known = await readQuarantined(register, arrivalKey(arrived));
  if (known !== null && known.state !== 'overtaken') {
    await register.commit({ puts: beside });
    return { item: known, news: false };
  }
  const open = await openOf(arrived.feed, register);
  const told = open.find((other) => saysAllOf(other, arrived))?.toldAt ?? null;
  const put = known === null ? putArrived(arrived, told) : putAgain(known, { ...arrived, state: 'held', toldAt: told });
  await register.commit({ puts: [put, ...open.map(overtaken), ...beside] });
  return { item: arrived, news: true };
}

/** What the next arrival that can be believed does to those that wait for a word: it makes them pointless. */
export async function overtakeOpen(feed: string, register: RegisterStore): Promise<readonly Put[]> {
  return (await openOf(feed, register)).map(overtaken);
}

async function openOf(feed: string, register: RegisterStore): Promise<readonly StoredQuarantined[]> {
  return (await listQuarantined(register, feed)).filter(({ state }) => state === 'held');
}

function overtaken(one: StoredQuarantined): Put {
  return putAgain(one, { state: 'overtaken' });
}

function saysAllOf({ reasons, toldAt }: StoredQuarantined, arrived: Arrived): boolean {
  return toldAt !== null && arrived.reasons.every(({ kind }) => reasons.some((one) => one.kind === kind));
}
