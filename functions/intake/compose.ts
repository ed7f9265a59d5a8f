import { readEvent } from '../../lib/adapters/aws/events/read-event.ts';
import { putOff } from '../../lib/adapters/aws/queues/put-off.ts';
import type { RegistryEvent } from '../../lib/pipeline/ports/registry-event.ts';
import type { TaskEvent } from '../../lib/pipeline/ports/running.ts';
import { takeRegistryEvent } from '../../lib/pipeline/registry-events/take-registry-event.ts';
import { takeOpinion } from '../../lib/pipeline/second-opinion/take-opinion.ts';
import { takeTaskEvent } from '../../lib/pipeline/sightings/take-task-event.ts';
import { type Environment, required } from '../shared/environment.ts';
import { readEnvironments } from '../shared/environments.ts';
import { openHome } from '../shared/home/compose.ts';
import type { SqsHandler } from '../shared/messages.ts';
import { openQueues } from '../shared/queues/compose.ts';
import { openRegistries } from '../shared/registries/compose.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

export function compose(environment: Environment): SqsHandler {
  const tools = openTools();
  const stores = openHome(environment, tools);
  const { sqs, deadLetters } = openQueues(environment, tools);
  const { scans, ...registries } = openRegistries(environment, tools);
  const url = required(environment, 'eventsQueue');
  const now = (): Date => new Date();
  const taking = {
    ...{ ...stores, ...registries, now },
    environments: readEnvironments(environment),
    takeOpinion: (placement: Parameters<typeof takeOpinion>[0]) => takeOpinion(placement, { ...stores, scans }),
  };
  return createHandler<RegistryEvent | TaskEvent>({
    ...tools,
    deadLetters,
    source: 'events',
    read: readEvent,
    take: (event) => (event.kind === 'task' ? takeTaskEvent(event, taking) : takeRegistryEvent(event, taking)),
    putOff: ({ receiptHandle }, until) => putOff(sqs, url, receiptHandle, { now: now(), until }),
  });
}
