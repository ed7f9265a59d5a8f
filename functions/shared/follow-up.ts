/**
 * What comes before and after the running of work that a message names: it is taken from the outbox,
 * and told, counted or sent again by what became of it.
 */
import type { Logger } from '@aws-lambda-powertools/logger';

import { CavendishError } from '../../lib/core/errors/error.ts';
import type { Clock } from '../../lib/pipeline/ports/clock.ts';
import type { DeadLetters } from '../../lib/pipeline/ports/dead-letters.ts';
import type { WorkMessages } from '../../lib/pipeline/ports/work-messages.ts';
import type { Work, WorkQueue } from '../../lib/pipeline/ports/work-queue.ts';
import { AWS_PATIENCE } from '../../lib/pipeline/work/patience.ts';
import type { Ended, Running } from '../../lib/pipeline/work/run-taken.ts';
import type { Tools } from './tools.ts';
import type { NamedWork } from './work-message.ts';

export interface WorkParts extends Tools {
  /** The queue that names the work, as a dead letter says it. */
  readonly source: string;
  readonly queue: WorkQueue;
  readonly messages: WorkMessages;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
}

/** A queue delays a message by whole seconds, and no longer than this. */
const LONGEST_DELAY_SECONDS = 900;

/** @returns null where there is nothing to do: it has ended, or another holds it and the sweep looks after it */
export async function takeWork(
  { id }: NamedWork,
  { queue, clock }: Pick<WorkParts, 'queue' | 'clock'>,
  logger: Logger,
): Promise<Work | null> {
  const taken = await queue.take(id, clock());
  if (taken.outcome === 'taken') return taken.work;
  if (taken.outcome === 'unknown') {
    throw new CavendishError('not-found', `the outbox holds no work ${id}`, {
      next: 'It was never written, or the table was restored to an earlier time: delete the letter.',
    });
  }
  logger.info(taken.outcome === 'ended' ? 'the work has ended already' : 'another holds the work, or it was put off', {
    ...taken,
  });
  return null;
}

/** Work is set aside only after its letter lies where an alarm watches. */
export function runningOf({ queue, clock, source, deadLetters }: WorkParts): Running {
  return {
    queue,
    clock,
    patience: AWS_PATIENCE,
    beforeBury: async ({ id, type }, cause) => {
      await deadLetters.put({ source, body: JSON.stringify({ id, type }), cause });
    },
  };
}

/**
 * Tells, counts, and sends again what is to be tried again. Should that message be lost, the sweep
 * finds the work due and sends another.
 */
export async function followUp(ended: Ended, { messages, clock, count }: WorkParts, logger: Logger): Promise<void> {
  const { outcome, work } = ended;
  if (outcome === 'done') return;
  if (outcome !== 'retry') {
    count(outcome === 'buried' ? 'buried' : 'givenUp');
    logger.error(outcome === 'buried' ? 'the work is set aside' : 'the work was given up', { cause: ended.cause });
    return;
  }
  const { notBefore, cause, putOff } = ended;
  logger[putOff ? 'info' : 'warn']('the work is tried again', { cause, notBefore, attempt: work.attempt });
  // A second more: a message that arrives before the work is due would be let be.
  const seconds = Math.ceil((notBefore.getTime() - clock().getTime()) / 1000) + 1;
  const delaySeconds = Math.min(Math.max(seconds, 0), LONGEST_DELAY_SECONDS);
  const [refused] = await messages.send([{ id: work.id, type: work.type, delaySeconds }]);
  if (refused !== undefined) throw new CavendishError('unavailable', refused.cause);
}
