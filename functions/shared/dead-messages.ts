/**
 * What becomes of a message that can't be read or handled.
 *
 * What can't be read is a dead letter at once, with its cause: no later try reads it better. What
 * can't be handled goes back to the queue, and is a dead letter with its cause where this was the last
 * time that the queue would bring it. Only a function that dies leaves it to the queue's own redrive,
 * which knows no causes.
 */
import type { SQSRecord } from 'aws-lambda';

import { isCavendishError } from '../../lib/core/errors/error.ts';
import type { DeadLetters } from '../../lib/pipeline/ports/dead-letters.ts';
import { NotYet } from '../../lib/pipeline/work/run-taken.ts';
import { MOST_RECEIVES } from '../../lib/stacks/functions/names.ts';
import type { Tools } from './tools.ts';

export interface MessageParts<T> extends Tools {
  /** Where the messages come from, as a dead letter says it. */
  readonly source: string;
  /** Reads the body of a message. @throws CavendishError `bad-input`, `unsupported` where nobody can */
  readonly read: (body: unknown) => T;
  readonly deadLetters: DeadLetters;
}

/** @returns null where nobody can read it: then it is a dead letter */
export async function readOrBury<T>(record: SQSRecord, parts: MessageParts<T>): Promise<T | null> {
  try {
    return parts.read(JSON.parse(record.body));
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    await bury(record, error, parts, 'a message that nobody can read is a dead letter');
    return null;
  }
}

/** @returns false where the queue would not bring a message that failed again: then it is a dead letter */
export async function isBroughtAgain<T>(record: SQSRecord, error: unknown, parts: MessageParts<T>): Promise<boolean> {
  if (Number(record.attributes.ApproximateReceiveCount) >= MOST_RECEIVES) {
    await bury(record, error, parts, 'a message that failed every time is a dead letter');
    return false;
  }
  const { messageId } = record;
  if (error instanceof NotYet) parts.logger.info('a message is put off', { messageId, until: error.until });
  else parts.logger.warn('a message is tried again', { messageId, cause: reasonOf(error) });
  return true;
}

async function bury<T>(record: SQSRecord, error: unknown, parts: MessageParts<T>, what: string): Promise<void> {
  const { source, deadLetters, count, logger } = parts;
  const cause = reasonOf(error);
  await deadLetters.put({ source, body: record.body, cause });
  count('unreadable');
  logger.error(what, { source, messageId: record.messageId, cause });
}

function reasonOf(error: unknown): string {
  return Error.isError(error) ? error.message : String(error);
}

function isUnreadable(error: unknown): boolean {
  // A body that is not JSON at all is the engine's SyntaxError.
  const notJson = Error.isError(error) && error.name === 'SyntaxError';
  return notJson || isCavendishError(error, 'bad-input') || isCavendishError(error, 'unsupported');
}
