/** The events that a home takes in, by who sent them: of registries, and of tasks. */
import type { RegistryEvent } from '../../../pipeline/ports/registry-event.ts';
import type { TaskEvent } from '../../../pipeline/ports/running.ts';
import { readEnvelope } from './envelope.ts';
import { readRegistryEvent } from './registry-event.ts';
import { readTaskEvent } from './task-event.ts';

/** @throws CavendishError `bad-input` that names what is wrong, `unsupported` for an event that nothing here reads */
export function readEvent(event: unknown): RegistryEvent | TaskEvent {
  return readEnvelope(event).source === 'aws.ecs' ? readTaskEvent(event) : readRegistryEvent(event);
}
