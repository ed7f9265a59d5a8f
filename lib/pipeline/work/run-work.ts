/** Runs what the outbox holds: one entry at a time, at least once each, nothing lost. */
import type { Clock } from '../ports/clock.ts';
import type { WorkQueue } from '../ports/work-queue.ts';
import { type Ended, runTaken, type WorkHandlers } from './run-taken.ts';
import { LESS_URGENT } from './work-types.ts';

export { NotYet, type WorkHandler, type WorkHandlers } from './run-taken.ts';

export type Ran = { readonly outcome: 'idle' } | Ended;

/** Takes the next entry that is due and runs it: what people wait for goes before what is judged again. */
export async function runNext(queue: WorkQueue, handlers: WorkHandlers, clock: Clock): Promise<Ran> {
  const urgent = Object.keys(handlers).filter((type) => !LESS_URGENT.includes(type));
  const work = (await queue.claim(clock(), urgent)) ?? (await queue.claim(clock()));
  return work === null ? { outcome: 'idle' } : await runTaken(work, handlers, { queue, clock });
}
