/**
 * Runs the work that a batch of messages names in one go; each piece of work, and each message, still
 * ends for itself.
 */
import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import type { Work } from '../../lib/pipeline/ports/work-queue.ts';
import { done, failTaken, runTaken, type WorkHandler } from '../../lib/pipeline/work/run-taken.ts';
import { isBroughtAgain, readOrBury } from './dead-messages.ts';
import { followUp, runningOf, takeWork, type WorkParts } from './follow-up.ts';
import type { SqsHandler } from './messages.ts';
import { observed } from './tools.ts';
import { readWorkMessage } from './work-message.ts';

/** What failed, by the id of the work; what is not in it is done. */
export type Failures = ReadonlyMap<string, unknown>;

interface Held {
  readonly record: SQSRecord;
  readonly work: Work;
}

/** @param ready - asked before work is taken, so that what is missing for all of it costs none of it a try */
export function workBatchHandler(
  parts: WorkParts,
  run: (works: readonly Work[]) => Promise<Failures>,
  ready: () => Promise<unknown>,
): SqsHandler {
  const running = runningOf(parts);
  const messages = { ...parts, read: readWorkMessage };
  const loggerOf = (id: string) => parts.logger.createChild({ persistentKeys: { correlation_id: id } });
  const alone: WorkHandler = {
    run: async (work) => {
      const failures = await run([work]);
      if (failures.has(work.id)) throw failures.get(work.id);
    },
  };

  /** @returns the work to be run with the others; null where there is none, or where it was run alone */
  async function take(record: SQSRecord): Promise<Held | null> {
    const message = await readOrBury(record, messages);
    if (message === null) return null;
    await ready();
    const logger = loggerOf(message.id);
    const work = await takeWork(message, parts, logger);
    if (work === null) return null;
    // What ended a function before is run on its own: it is to end nobody else's.
    if (work.lapsed === 0) return { record, work };
    await followUp(await runTaken(work, { [work.type]: alone }, running), parts, logger);
    return null;
  }

  async function end({ work }: Held, failures: Failures): Promise<void> {
    const ended = failures.has(work.id)
      ? await failTaken(work, alone, failures.get(work.id), running)
      : await done(work, running);
    await followUp(ended, parts, loggerOf(work.id));
  }

  return observed(async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchItemFailure[] = [];
    async function forOne<T>(record: SQSRecord, act: () => Promise<T>): Promise<T | null> {
      try {
        return await act();
      } catch (error) {
        const again = await isBroughtAgain(record, error, messages);
        if (again) batchItemFailures.push({ itemIdentifier: record.messageId });
        return null;
      }
    }
    const held: Held[] = [];
    for (const record of records) {
      const taken = await forOne(record, () => take(record));
      if (taken !== null) held.push(taken);
    }
    const failures = await runAll(
      held.map(({ work }) => work),
      run,
    );
    for (const one of held) await forOne(one.record, () => end(one, failures));
    return { batchItemFailures };
  }, parts);
}

/** A failure of the whole is one of each. */
async function runAll(works: readonly Work[], run: (works: readonly Work[]) => Promise<Failures>): Promise<Failures> {
  if (works.length === 0) return new Map();
  try {
    return await run(works);
  } catch (error) {
    return new Map(works.map(({ id }) => [id, error]));
  }
}
