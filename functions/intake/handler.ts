/**
 * Takes events in: what was pushed leaves work for each image, what is gone leaves the board, what began or
 * ended to run becomes a sighting.
 */
import type { SQSRecord } from 'aws-lambda';

import type { TakenEvent } from '../../lib/pipeline/registry-events/take-registry-event.ts';
import type { TakenTaskEvent } from '../../lib/pipeline/sightings/take-task-event.ts';
import { NotYet } from '../../lib/pipeline/work/run-taken.ts';
import type { MessageParts } from '../shared/dead-messages.ts';
import { messageHandler, type SqsHandler } from '../shared/messages.ts';

interface Dependencies<T> extends MessageParts<T> {
  readonly take: (event: T) => Promise<TakenEvent | TakenTaskEvent>;
  /** Has the queue bring a message again at that instant. */
  readonly putOff: (record: SQSRecord, until: Date) => Promise<void>;
}

export function createHandler<T>(dependencies: Dependencies<T>): SqsHandler {
  const { take, putOff, count } = dependencies;
  return messageHandler(
    dependencies,
    async (event, record, logger) => {
      try {
        const { outcome, details } = await take(event);
        if (outcome === 'pushed') count('pushes');
        if (outcome === 'sighted') count('sightings');
        if (outcome === 'ignored') count('eventsIgnored');
        logger.info(`event taken: ${outcome}`, { ...details });
      } catch (error) {
        if (error instanceof NotYet) await putOff(record, error.until);
        throw error;
      }
    },
    { parallel: true },
  );
}
