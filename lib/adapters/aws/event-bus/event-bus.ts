/** Cavendish's own events, on an EventBridge bus. */
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

import { CavendishError } from '../../../core/errors/error.ts';
import { EVENT_SOURCE, type OutEvent } from '../../../core/events/out-event.ts';
import type { EventSink, Unaccepted } from '../../../pipeline/ports/event-sink.ts';
import { askAws } from '../failures.ts';

export interface EventBusOptions {
  readonly client: EventBridgeClient;
  /** A name or an ARN. */
  readonly bus: string;
}

/** PutEvents: ten entries and 256 KB a request, all entries together. */
const AT_ONCE = 10;
const MOST_BYTES = 262_144;

export function eventBusSink({ client, bus }: EventBusOptions): EventSink {
  async function put(events: readonly OutEvent[]): Promise<readonly Unaccepted[]> {
    const command = new PutEventsCommand({ Entries: events.map((event) => entryOf(event, bus)) });
    const answer = await askAws('events:PutEvents', () => client.send(command));
    const entries = answer.Entries ?? [];
    if (entries.length !== events.length) {
      throw new CavendishError('unavailable', 'EventBridge did not say of each event whether it took it');
    }
    // FailedEntryCount only counts: which entries failed is said by each one's error code.
    return events.flatMap(({ detail: { id } }, place) => {
      const { ErrorCode: code, ErrorMessage: why = '' } = entries[place] ?? {};
      return code === undefined ? [] : [{ id, cause: `EventBridge did not take the event (${code}: ${why})` }];
    });
  }

  return {
    async publish(events) {
      const unaccepted: Unaccepted[] = [];
      for (const batch of batchesOf(events, bus)) unaccepted.push(...(await put(batch)));
      return unaccepted;
    },
  };
}

function entryOf({ type, detail }: OutEvent, bus: string) {
  const resources = 'placement' in detail ? [detail.placement.repository] : [];
  return {
    EventBusName: bus,
    Source: EVENT_SOURCE,
    DetailType: type,
    Detail: JSON.stringify(detail),
    Resources: resources,
    Time: new Date(detail.at),
  };
}

/** @throws CavendishError `limit-exceeded` where one event alone is too large */
function batchesOf(events: readonly OutEvent[], bus: string): readonly (readonly OutEvent[])[] {
  const batches: OutEvent[][] = [];
  let room = 0;
  for (const event of events) {
    const size = sizeOf(event, bus);
    if (size > MOST_BYTES) {
      throw new CavendishError('limit-exceeded', `the event ${event.detail.id} has ${size} bytes`);
    }
    const last = batches.at(-1);
    if (last === undefined || last.length === AT_ONCE || size > room) {
      batches.push([event]);
      room = MOST_BYTES - size;
    } else {
      last.push(event);
      room -= size;
    }
  }
  return batches;
}

/** As EventBridge counts: 14 bytes for the time, and the UTF-8 of the rest ("Calculating event entry size"). */
function sizeOf(event: OutEvent, bus: string): number {
  const { Source, DetailType, Detail, Resources } = entryOf(event, bus);
  return [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + Buffer.byteLength(text), 14);
}
