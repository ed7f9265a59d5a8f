/**
 * Brings what commits leave to its workers: records of the table's stream in, messages that name the
 * work out.
 *
 * A record that could not be passed on is reported, and the stream brings it and those after it
 * again: work that is named twice is done once.
 */
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

import type { DeadLetters } from '../../lib/pipeline/ports/dead-letters.ts';
import type { WorkMessage, WorkMessages } from '../../lib/pipeline/ports/work-messages.ts';
import { queueOf } from '../../lib/pipeline/work/work-types.ts';
import { observed, type Tools } from '../shared/tools.ts';

interface Dependencies extends Tools {
  /** The entry that a record of the stream is about; null where it is about something else. */
  readonly readEntry: (record: DynamoDBRecord) => WorkMessage | null;
  readonly messages: WorkMessages;
  readonly deadLetters: DeadLetters;
}

export function createHandler({
  readEntry,
  messages,
  deadLetters,
  ...tools
}: Dependencies): (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse> {
  const { logger, count } = tools;

  async function refuse(entry: WorkMessage): Promise<void> {
    const cause = `no queue carries work of the type ${entry.type}`;
    await deadLetters.put({ source: 'dispatch', body: JSON.stringify(entry), cause });
    count('unreadable');
    logger.error('work that nobody does is a dead letter', { correlation_id: entry.id, cause });
  }

  return observed(async ({ Records: records }: DynamoDBStreamEvent) => {
    const entries = records.flatMap((record) => readEntry(record) ?? []);
    for (const entry of entries.filter(({ type }) => queueOf(type) === null)) await refuse(entry);
    const unsent = await messages.send(entries.filter(({ type }) => queueOf(type) !== null));
    for (const { id, cause } of unsent) logger.warn('a message was not accepted', { correlation_id: id, cause });
    const again = new Set(unsent.map(({ id }) => id));
    const failed = records.filter((record) => again.has(readEntry(record)?.id ?? ''));
    return { batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })) };
  }, tools);
}
