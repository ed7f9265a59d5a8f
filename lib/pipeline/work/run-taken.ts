/**
 * Runs one entry of the outbox that was taken, and says to the queue what became of it.
 *
 * A full disk is waited for, however long it takes, and so is a service that is away, as long as
 * there is patience. What fails otherwise is tried a few times and then given up in the open: without
 * the handler's word the entry is set aside, counted and shown.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Work, WorkQueue } from '../ports/work-queue.ts';
import { LAPTOP_PATIENCE, type Patience, waitAfter } from './patience.ts';

export interface WorkHandler {
  readonly run: (work: Work) => Promise<void>;
  /** Ends work that keeps failing in a result that people see. */
  readonly giveUp?: (work: Work, cause: string) => Promise<void>;
}

export type WorkHandlers = Readonly<Record<string, WorkHandler>>;

export type Ended =
  | { readonly outcome: 'done'; readonly work: Work }
  | { readonly outcome: 'given-up' | 'buried'; readonly work: Work; readonly cause: string }
  | {
      readonly outcome: 'retry';
      readonly work: Work;
      readonly cause: string;
      readonly notBefore: Date;
      /** Not due yet: no failure. */ readonly putOff: boolean;
    };

export interface Running {
  readonly queue: WorkQueue;
  readonly clock: Clock;
  /** @default LAPTOP_PATIENCE */
  readonly patience?: Patience;
  /** Told before work is set aside, so that it is never set aside untold; twice where the process dies in between. */
  readonly beforeBury?: (work: Work, cause: string) => Promise<void>;
}

/** Thrown by a handler whose work is not due yet: it is put off, and that is no failure. */
export class NotYet extends Error {
  readonly until: Date;

  constructor(until: Date) {
    super(`not before ${until.toISOString()}`);
    this.name = 'NotYet';
    this.until = until;
  }
}

export async function runTaken(work: Work, handlers: WorkHandlers, running: Running): Promise<Ended> {
  const handler = Object.hasOwn(handlers, work.type) ? handlers[work.type] : undefined;
  if (handler === undefined) return await bury(work, `nothing here runs work of the type ${work.type}`, running);
  const { mostLapses } = running.patience ?? LAPTOP_PATIENCE;
  if (work.lapsed >= mostLapses) {
    // Whoever held it was ended from outside: to run it once more would only end the next one too.
    const cause = `it ended ${work.lapsed} times without a word: out of time or memory`;
    return await giveUp(work, handler, { cause, tries: mostLapses }, running);
  }
  try {
    await handler.run(work);
  } catch (error) {
    return await failTaken(work, handler, error, running);
  }
  return await done(work, running);
}

/** Ends work that was run. */
export async function done(work: Work, { queue }: Running): Promise<Ended> {
  await queue.done(work);
  return { outcome: 'done', work };
}

/** What follows from a failure: another try, or the end. */
export async function failTaken(work: Work, handler: WorkHandler, error: unknown, running: Running): Promise<Ended> {
  const cause = reasonOf(error);
  const patience = running.patience ?? LAPTOP_PATIENCE;
  if (error instanceof NotYet) return await again(work, cause, error.until, running, true);
  const tries = mostTries(error, handler, patience);
  if (work.attempt < tries) {
    return await again(work, cause, waitAfter(work.attempt, running.clock(), patience), running);
  }
  return await giveUp(work, handler, { cause, tries }, running);
}

/** @param given.tries - after which the work was given up: giving up itself is tried some times more, then it is set aside */
async function giveUp(
  work: Work,
  handler: WorkHandler,
  { cause, tries }: { readonly cause: string; readonly tries: number },
  running: Running,
): Promise<Ended> {
  if (handler.giveUp === undefined) return await bury(work, cause, running);
  const patience = running.patience ?? LAPTOP_PATIENCE;
  try {
    await handler.giveUp(work, cause);
  } catch (second) {
    const both = `${cause}; giving up failed too: ${reasonOf(second)}`;
    if (work.attempt >= tries + mostTries(second, { run: handler.run }, patience))
      return await bury(work, both, running);
    return await again(work, both, waitAfter(work.attempt, running.clock(), patience), running);
  }
  await running.queue.done(work);
  return { outcome: 'given-up', work, cause };
}

async function again(work: Work, cause: string, notBefore: Date, { queue }: Running, putOff = false): Promise<Ended> {
  await queue.retry(work, cause, notBefore);
  return { outcome: 'retry', work, cause, notBefore, putOff };
}

async function bury(work: Work, cause: string, { queue, beforeBury }: Running): Promise<Ended> {
  await beforeBury?.(work, cause);
  await queue.bury(work, cause);
  return { outcome: 'buried', work, cause };
}

function mostTries(error: unknown, handler: WorkHandler, patience: Patience): number {
  if (isCavendishError(error, 'storage-full')) return Number.POSITIVE_INFINITY;
  if (!isCavendishError(error, 'unavailable')) return patience.mostTries;
  return handler.giveUp === undefined ? patience.mostTriesAwayUnanswered : patience.mostTriesAway;
}

function reasonOf(error: unknown): string {
  return Error.isError(error) ? error.message : String(error);
}
