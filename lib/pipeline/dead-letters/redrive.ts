/**
 * Sends what ended badly where it came from, to be tried again. Nothing is taken away before its new
 * place has accepted it: a death in between leaves it in both, which does no harm.
 */
import { CavendishError } from '../../core/errors/error.ts';
import type { EventsQueue, TakenLetters } from '../ports/dead-letter-box.ts';
import type { WorkMessage, WorkMessages } from '../ports/work-messages.ts';
import type { WorkQueue } from '../ports/work-queue.ts';
import { queueOf } from '../work/work-types.ts';
import type { Entry } from './dead-letter.ts';

export interface RedrivePorts {
  readonly work: Pick<WorkQueue, 'revive'>;
  readonly messages: WorkMessages;
  readonly events: EventsQueue;
}

export interface Redriven {
  readonly id: string;
  /** Null: it stays where it is. */
  readonly to: string | null;
  readonly says: string;
}

export async function redrive(entry: Entry, taken: TakenLetters, ports: RedrivePorts): Promise<Redriven> {
  const { id, work, source, body, letters } = entry;
  const to = work === null ? (source === 'events' ? 'events' : null) : queueOf(work);
  if (to === null) {
    const what = work === null ? `what comes from ${source}` : `work of the type ${work}`;
    return { id, to, says: `no queue takes ${what} back; when you have seen to it: cavendish dead-letters discard` };
  }
  const revived = work !== null && (await sendWork({ id, type: work }, ports));
  if (work === null) await ports.events.send(body ?? '');
  for (const letter of letters) await taken.remove(letter);
  return { id, to, says: revived ? 'put back into the outbox' : `sent to the ${to} queue` };
}

/**
 * Work that is not set aside any more is harmless to name: who takes it sees what is true.
 *
 * @returns whether it was set aside
 */
async function sendWork(message: WorkMessage, ports: RedrivePorts): Promise<boolean> {
  const { id } = message;
  const type = await ports.work.revive(id);
  const [unsent] = await ports.messages.send([{ id, type: type ?? message.type }]);
  if (unsent === undefined) return type !== null;
  throw new CavendishError(
    'unavailable',
    `${id} was put back into the outbox, and no message went out: ${unsent.cause}`,
    {
      next: 'The sweep sends it within a quarter of an hour; nothing is lost.',
    },
  );
}
