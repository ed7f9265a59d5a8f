/** A batch of queue messages: each is read, handled, and fails alone. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import { isBroughtAgain, type MessageParts, readOrBury } from './dead-messages.ts';
import { observed } from './tools.ts';

export type SqsHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

export type Handle<T> = (message: T, record: SQSRecord, logger: Logger, context: Context) => Promise<void>;

/** @param parallel - false: one after another, so that one big image does not meet another in memory */
export function messageHandler<T>(
  parts: MessageParts<T>,
  handle: Handle<T>,
  { parallel }: { readonly parallel: boolean },
): SqsHandler {
  const processor = new BatchProcessor(EventType.SQS, { logger: parts.logger });

  async function one(record: SQSRecord, context: Context): Promise<void> {
    const message = await readOrBury(record, parts);
    if (message === null) return;
    try {
      await handle(message, record, parts.logger.createChild(), context);
    } catch (error) {
      if (await isBroughtAgain(record, error, parts)) throw error;
    }
  }

  return observed(
    async (event: SQSEvent, context: Context) =>
      await processPartialResponse(event, one, processor, { context, processInParallel: parallel }),
    parts,
  );
}
