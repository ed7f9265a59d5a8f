/**
 * Events of Amazon ECS about tasks, as EventBridge brings them ("Amazon ECS task state change events", ECS
 * Developer Guide).
 */
import { z } from 'zod';

import { CavendishError } from '../../../core/errors/error.ts';
import type { TaskEvent } from '../../../pipeline/ports/running.ts';
import { taskOf, taskSchema } from '../ecs/task.ts';
import { readEnvelope, readPart } from './envelope.ts';

const instant = z.string().transform((text, context) => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  context.addIssue({ code: 'custom', message: 'not a date and time' });
  return z.NEVER;
});

const detail = taskSchema.extend({ updatedAt: instant.optional(), stoppedAt: instant.optional() });

/**
 * Reads an event.
 *
 * @throws CavendishError `bad-input` that names what is wrong, `unsupported` for an event of another type
 */
export function readTaskEvent(event: unknown): TaskEvent {
  const envelope = readEnvelope(event);
  const { id, time, source, 'detail-type': type } = envelope;
  if (source !== 'aws.ecs' || type !== 'ECS Task State Change') {
    throw new CavendishError('unsupported', `nothing here reads the event "${type}" of ${source}`, {
      next: 'A newer Cavendish may read it: update, then send it again with cavendish dead-letters redrive.',
    });
  }
  const read = readPart(envelope.detail, detail, `the detail of ${type}`);
  // The envelope has whole seconds, and two events of a task may fall into one.
  return { kind: 'task', id, at: read.stoppedAt ?? read.updatedAt ?? time, ...taskOf(read) };
}
