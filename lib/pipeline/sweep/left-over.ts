/**
 * Sends again what the outbox holds and no message brought to its worker: a message was lost, a worker
 * died, or a record of the stream was given up.
 */
import { CavendishError } from '../../core/errors/error.ts';
import type { WorkMessages } from '../ports/work-messages.ts';
import type { Waiting, WorkQueue } from '../ports/work-queue.ts';
import { queueOf } from '../work/work-types.ts';

interface Dependencies {
  readonly queue: WorkQueue;
  readonly messages: WorkMessages;
  readonly now: () => Date;
  /** Ends it between two parts. */
  readonly signal: AbortSignal;
}

/** What is younger is on its way, in milliseconds. */
const GRACE = 5 * 60 * 1000;
/** As many as one sweep looks at; the next one goes on. */
const MOST = 5000;
const AT_ONCE = 500;

/**
 * Work of a type that no queue carries is not among them: it has its dead letter since it was put.
 *
 * @returns how many messages were sent
 * @throws CavendishError `unavailable` where some were not accepted: the next sweep sends them
 */
export async function sendLeftOver({ queue, messages, now, signal }: Dependencies): Promise<number> {
  const settled = new Date(now().getTime() - GRACE);
  const waiting = await queue.due(settled, MOST);
  const left = waiting.filter((one) => isLeft(one, settled) && queueOf(one.type) !== null);
  let sent = 0;
  for (let start = 0; start < left.length && !signal.aborted; start += AT_ONCE) {
    const some = left.slice(start, start + AT_ONCE).map(({ id, type }) => ({ id, type }));
    const unsent = await messages.send(some);
    sent += some.length - unsent.length;
    const [first] = unsent;
    if (first !== undefined) {
      throw new CavendishError('unavailable', `${unsent.length} messages were not accepted: ${first.cause}`);
    }
  }
  return sent;
}

/** A new entry is due at once: how long it has waited is known by when it was put, where the store says so. */
function isLeft({ due, put }: Waiting, settled: Date): boolean {
  return due !== null || put === undefined || put <= settled;
}
