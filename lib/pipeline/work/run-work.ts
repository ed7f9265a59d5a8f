/**
 * Runs what the outbox holds: one entry at a time, at least once each, nothing lost.
 *
 * A full disk is waited for, however long it takes, and so is a service that is away, unless the
 * handler has an answer for giving up (an image that can't be had is unknown, after minutes). What
 * fails otherwise is tried a few times and then given up in the open: without the handler's word the
 * entry is set aside, counted and shown.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Work, WorkQueue } from '../ports/work-queue.ts';

export interface WorkHandler {
  readonly run: (work: Work) => Promise<void>;
  /** Ends work that keeps failing in a result that people see. */
  readonly giveUp?: (work: Work, cause: string) => Promise<void>;
}

export type WorkHandlers = Readonly<Record<string, WorkHandler>>;

export type Ran =
  | { readonly outcome: 'idle' }
  | { readonly outcome: 'done'; readonly work: Work }
  | { readonly outcome: 'given-up' | 'buried'; readonly work: Work; readonly cause: string }
  | {
      readonly outcome: 'retry';
      readonly work: Work;
      readonly cause: string;
      readonly notBefore: Date;
      /** Not due yet: no failure. */ readonly putOff: boolean;
    };

/** Tries before work is given up: for what passes by itself (some ten minutes), and for what does not. */
const MOST_TRIES_UNAVAILABLE = 16;
const MOST_TRIES = 4;
const LONGEST_WAIT_SECONDS = 60;

/** Thrown by a handler whose work is not due yet: it is put off, and that is no failure. */
export class NotYet extends Error {
  readonly until: Date;

  constructor(until: Date) {
    super(`not before ${until.toISOString()}`);
    this.name = 'NotYet';
    this.until = until;
  }
}

/** Takes one entry and runs it. */
export async function runNext(queue: WorkQueue, handlers: WorkHandlers, clock: Clock): Promise<Ran> {
  const work = await queue.claim(clock());
  if (work === null) return { outcome: 'idle' };
  const handler = handlers[work.type];
  if (handler === undefined) {
    const cause = `nothing here runs work of the type ${work.type}`;
    await queue.bury(work, cause);
    return { outcome: 'buried', work, cause };
  }
  try {
    await handler.run(work);
    await queue.done(work);
    return { outcome: 'done', work };
  } catch (error) {
    return await failed(queue, handler, work, error, clock);
  }
}

async function failed(queue: WorkQueue, handler: WorkHandler, work: Work, error: unknown, clock: Clock): Promise<Ran> {
  const cause = reasonOf(error);
  if (error instanceof NotYet || work.attempt < mostTries(error, handler)) {
    const notBefore = error instanceof NotYet ? error.until : later(clock(), work.attempt);
    await queue.retry(work, cause, notBefore);
    return { outcome: 'retry', work, cause, notBefore, putOff: error instanceof NotYet };
  }
  if (handler.giveUp === undefined) {
    await queue.bury(work, cause);
    return { outcome: 'buried', work, cause };
  }
  try {
    await handler.giveUp(work, cause);
  } catch (second) {
    const notBefore = later(clock(), work.attempt);
    await queue.retry(work, `${cause}; giving up failed too: ${reasonOf(second)}`, notBefore);
    return { outcome: 'retry', work, cause, notBefore, putOff: false };
  }
  await queue.done(work);
  return { outcome: 'given-up', work, cause };
}

function mostTries(error: unknown, { giveUp }: WorkHandler): number {
  if (isCavendishError(error, 'storage-full')) return Number.POSITIVE_INFINITY;
  if (!isCavendishError(error, 'unavailable')) return MOST_TRIES;
  return giveUp === undefined ? Number.POSITIVE_INFINITY : MOST_TRIES_UNAVAILABLE;
}

function reasonOf(error: unknown): string {
  return Error.isError(error) ? error.message : String(error);
}

function later(now: Date, attempt: number): Date {
  const seconds = Math.min(2 ** (attempt - 1), LONGEST_WAIT_SECONDS);
  return new Date(now.getTime() + seconds * 1000);
}
