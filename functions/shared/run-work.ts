/**
 * Runs work that messages name, one piece after another. A message more is harmless: what is done or
 * held by another is let be.
 */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';

import { runTaken, type WorkHandlers } from '../../lib/pipeline/work/run-taken.ts';
import { followUp, runningOf, takeWork, type WorkParts } from './follow-up.ts';
import { messageHandler, type SqsHandler } from './messages.ts';
import { type NamedWork, readWorkMessage } from './work-message.ts';

/** @param handlersFor - what runs the work of one message; asked before the work is taken */
export function workHandler(
  parts: WorkParts,
  handlersFor: (logger: Logger, context: Context) => Promise<WorkHandlers>,
): SqsHandler {
  return messageHandler(
    { ...parts, read: readWorkMessage },
    async (message, _record, logger, context) => {
      await runNamed(message, parts, logger, () => handlersFor(logger, context));
    },
    { parallel: false },
  );
}

/** @param handlersFor - what runs it; asked before it is taken */
export async function runNamed(
  message: NamedWork,
  parts: WorkParts,
  logger: Logger,
  handlersFor: () => Promise<WorkHandlers>,
): Promise<void> {
  logger.appendKeys({ correlation_id: message.id });
  const handlers = await handlersFor();
  const work = await takeWork(message, parts, logger);
  if (work === null) return;
  await followUp(await runTaken(work, handlers, runningOf(parts)), parts, logger);
}
