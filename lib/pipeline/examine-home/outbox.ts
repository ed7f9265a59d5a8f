/** Does the outbox drain, and was anything set aside? */
import { counted } from '../../core/text/plain.ts';
import type { WorkQueue } from '../ports/work-queue.ts';
import { ill, type Look, well } from './check.ts';

/** The sweep runs every quarter of an hour and sends what is due for longer than a few minutes. */
const LONGEST_DUE_MINUTES = 30;
/** How many of what is due are looked at. */
const MOST = 1000;

interface Looking {
  readonly now: () => Date;
  /** Between two looks. */
  readonly waitAWhile: () => Promise<void>;
  /** What to do where work is left over. */
  readonly ifLeftOver: string;
}

/** What is due for too long: an entry that was never taken, where none of those that were there before is gone. */
export async function lookAtOutbox(
  work: Pick<WorkQueue, 'state' | 'due'>,
  { now, waitAWhile, ifLeftOver }: Looking,
): Promise<Look> {
  const leftOver = (count: number, how: string): Look =>
    ill(`${counted(count, 'entry is', 'entries are')} left over: ${how}`, ifLeftOver);
  const { waiting, buried } = await work.state();
  if (buried.length > 0) {
    const [{ type, cause } = { type: '', cause: '' }] = buried;
    return ill(
      `${counted(buried.length, 'entry was', 'entries were')} set aside; the first (${type}): ${cause}`,
      'See them: cavendish dead-letters',
    );
  }
  const overdue = (await work.due(now(), MOST)).filter(({ due }) => isOverdue(due, now()));
  if (overdue.length > 0) return leftOver(overdue.length, `due for more than ${LONGEST_DUE_MINUTES} minutes`);
  const before = await neverTaken(work, now());
  if (before.size > 0) {
    await waitAWhile();
    const after = await neverTaken(work, now());
    if (before.isSubsetOf(after)) return leftOver(before.size, 'never taken, and nobody is taking any');
  }
  return well(waiting === 0 ? 'empty' : `${counted(waiting, 'entry', 'entries')} under way`);
}

function isOverdue(due: Date | null, now: Date): boolean {
  return due !== null && now.getTime() - due.getTime() > LONGEST_DUE_MINUTES * 60_000;
}

async function neverTaken(work: Pick<WorkQueue, 'due'>, now: Date): Promise<ReadonlySet<string>> {
  return new Set((await work.due(now, MOST)).flatMap(({ id, due }) => (due === null ? [id] : [])));
}
