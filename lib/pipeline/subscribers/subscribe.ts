/** Makes a subscriber, changes what one wants to hear of, and takes one away. */
import { CavendishError } from '../../core/errors/error.ts';
import {
  nameOfAddress,
  readRegistered,
  type Registered,
  registeredKey,
} from '../../core/notices/registered-subscriber.ts';
import { OPERATOR } from '../../core/notices/subscriber.ts';
import { readSubscribed, stateOf, type Subscribed, subscriptionsKey } from '../../core/notices/subscriptions.ts';
import type { Body, Put, StoredItem } from '../ports/register-store.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { finish, readAllRegistered, type Subscribing } from './registered.ts';

export type Wanted = Omit<Registered, 'name' | 'phase'> & { readonly name: string | null };

/** @throws CavendishError `conflict` where the name is another's, and what the topics throw: it is tried again then */
export async function subscribe(wanted: Wanted, subscribing: Subscribing): Promise<Registered> {
  const { register, topics } = subscribing;
  const name = wanted.name ?? nameOfAddress(wanted.address);
  const row = await untilNoConflict(async () => {
    const [stored, known] = await Promise.all([
      register.get(registeredKey(name)),
      register.get(subscriptionsKey(name)),
    ]);
    const before = stored === null ? null : readRegistered(stored);
    refuseTaken(name, wanted.address, { before, known });
    const live = before === null || before.phase === 'gone' ? null : before;
    const next: Registered = { ...wanted, name, at: live?.at ?? wanted.at, phase: topics === null ? 'made' : 'wanted' };
    const asked = topics === null ? [] : pendingPut(next, known, { isNew: live === null, at: wanted.at });
    await register.commit({ puts: [putOf(registeredKey(name), stored, next), ...asked] });
    return next;
  });
  await finish(row, subscribing);
  return row;
}

function refuseTaken(
  name: string,
  address: string,
  { before, known }: { readonly before: Registered | null; readonly known: StoredItem | null },
): void {
  if (name === OPERATOR || (before === null && known !== null)) {
    throw new CavendishError('conflict', `${name} is a subscriber of the stack's configuration`, {
      next: 'Give another name: --name NAME.',
    });
  }
  if (before === null || before.phase === 'gone' || before.address === address) return;
  throw new CavendishError('conflict', `${name} is the name of another subscriber, ${before.address}`, {
    next: `Give another name (--name NAME), or take that one away first: cavendish unsubscribe ${name}`,
  });
}

/** Until the reader clicks, nothing arrives; who has is not asked again. */
function pendingPut(
  { name, address }: Registered,
  known: StoredItem | null,
  { isNew, at }: { readonly isNew: boolean; readonly at: string },
): readonly Put[] {
  if (!isNew && known !== null && stateOf(readSubscribed(known), address) === 'confirmed') return [];
  const pending: Subscribed = {
    topic: 'there',
    confirmed: [],
    pending: [`email ${address}`],
    since: at,
    waited: false,
  };
  return [putOf(subscriptionsKey(name), known, pending)];
}

function putOf(key: { readonly pk: string; readonly sk: string }, stored: StoredItem | null, body: Body): Put {
  return { item: { ...key, body: { ...body } }, when: stored === null ? 'absent' : { version: stored.version } };
}

/**
 * @param who - a name, or an address: then all that were made for it
 * @param mayEnd - whether the caller may take this one away
 * @returns those that were taken away
 * @throws CavendishError `not-found`, and what the topics throw: it is tried again then
 */
export async function unsubscribe(
  who: string,
  mayEnd: (row: Registered) => boolean,
  subscribing: Subscribing,
): Promise<readonly Registered[]> {
  const { register, topics } = subscribing;
  const live = (await readAllRegistered(register)).filter(({ phase }) => phase !== 'gone');
  const named = live.filter(({ name }) => name === who);
  const found = named.length > 0 ? named : live.filter(({ address }) => address === who.toLowerCase());
  if (found.length === 0) {
    throw new CavendishError('not-found', `nobody was subscribed as ${who}`, {
      next: "See who is: cavendish subscribers. Those of the stack's configuration are taken out there.",
    });
  }
  if (!found.every(mayEnd)) throw new CavendishError('forbidden', `${who} is not yours to take away`);
  const ended: Registered[] = [];
  for (const { name } of found) {
    const row = await untilNoConflict(async () => {
      const stored = await register.get(registeredKey(name));
      if (stored === null) throw new CavendishError('not-found', `nobody was subscribed as ${name}`);
      const next: Registered = { ...readRegistered(stored), phase: topics === null ? 'gone' : 'unwanted' };
      await register.commit({ puts: [putOf(registeredKey(name), stored, next)] });
      return next;
    });
    await finish(row, subscribing);
    ended.push(row);
  }
  return ended;
}
