/** Subscribers that were made by a command, as the register holds them; and the way to their address, made or taken away. */
import {
  readRegistered,
  type Registered,
  registeredKey,
  SUBSCRIBERS_PARTITION,
} from '../../core/notices/registered-subscriber.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { SubscriberTopics } from '../ports/subscriber-topics.ts';
import { readAll } from '../read-board/read-all.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { oneByOne } from '../work/one-by-one.ts';

export interface Subscribing {
  readonly register: RegisterStore;
  /** Null where mail goes to addresses as they are: a laptop. */
  readonly topics: SubscriberTopics | null;
}

/** Every one that ever was, by name. */
export async function readAllRegistered(register: RegisterStore): Promise<readonly Registered[]> {
  return (await readAll(register, { pk: SUBSCRIBERS_PARTITION })).map(readRegistered);
}

/**
 * Does what a row says is to be done yet, and writes down that it is; a death in between is mended by doing it again.
 *
 * @throws CavendishError as the topics do: it stays to be done
 */
export async function finish(row: Registered, { register, topics }: Subscribing): Promise<void> {
  if (row.phase === 'wanted') {
    await topics?.make(row);
    await pass(row, 'made', register);
  } else if (row.phase === 'unwanted') {
    await topics?.remove(row.name);
    await pass(row, 'gone', register);
  }
}

/** Another who came between has said what is to be done since: theirs holds. */
async function pass({ name, phase }: Registered, to: Registered['phase'], register: RegisterStore): Promise<void> {
  await untilNoConflict(async () => {
    const stored = await register.get(registeredKey(name));
    if (stored === null) return;
    const now = readRegistered(stored);
    if (now.phase !== phase) return;
    const item = { ...registeredKey(name), body: { ...now, phase: to } };
    await register.commit({ puts: [{ item, when: { version: stored.version } }] });
  });
}

/** Finishes what was interrupted. @throws what one of them throws, once all were tried */
export async function finishAll(subscribing: Subscribing): Promise<void> {
  await oneByOne(await readAllRegistered(subscribing.register), (row) => finish(row, subscribing));
}
