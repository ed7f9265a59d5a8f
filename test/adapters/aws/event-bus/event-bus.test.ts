import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { eventBusSink } from '../../../../lib/adapters/aws/event-bus/event-bus.ts';
import type { FeedStale, OutEvent } from '../../../../lib/core/events/out-event.ts';

const client = new EventBridgeClient({ region: 'eu-central-1' });
const bridge = mockClient(client);
const sink = eventBusSink({ client, bus: 'cavendish' });

function stale(id: string, overrides: Partial<FeedStale> = {}): OutEvent {
  const date = '2026-11-01T00:00:00.000Z';
  const detail = { id, schemaVersion: 1, at: '2026-11-24T00:00:00.000Z', feed: 'kev', kind: 'kev', date } as const;
  return { type: 'Feed Stale', detail: { ...detail, ageDays: 23, allowedDays: 7, ...overrides } };
}

function sentIds(): readonly (readonly string[])[] {
  return bridge
    .commandCalls(PutEventsCommand)
    .map(({ args: [{ input }] }) => (input.Entries ?? []).map(({ Detail }) => JSON.parse(Detail!).id as string));
}

beforeEach(() => {
  bridge.reset();
  bridge.on(PutEventsCommand).callsFake(({ Entries }: { Entries: readonly unknown[] }) => ({
    FailedEntryCount: 0,
    Entries: Entries.map((_, place) => ({ EventId: String(place) })),
  }));
});

describe('events to an EventBridge bus', () => {
  it('carry their source, type and instant', async () => {
    await sink.publish([stale('e1')]);

    expect(bridge.commandCalls(PutEventsCommand)[0]!.args[0].input.Entries).toEqual([
      {
        EventBusName: 'cavendish',
        Source: 'cavendish',
        DetailType: 'Feed Stale',
        Detail: JSON.stringify(stale('e1').detail),
        Resources: [],
        Time: new Date('2026-11-24T00:00:00.000Z'),
      },
    ]);
  });

  it('go ten at a time', async () => {
    await sink.publish(Array.from({ length: 23 }, (_, place) => stale(`e${place}`)));

    expect(sentIds().map((ids) => ids.length)).toEqual([10, 10, 3]);
  });

  it('go in requests of at most 256 KB', async () => {
    const big = { feed: 'x'.repeat(100_000) };
    await sink.publish([stale('a', big), stale('b', big), stale('c', big), stale('d')]);

    expect(sentIds()).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('are refused before any is sent where one is larger than that', async () => {
    const huge = stale('huge', { feed: 'x'.repeat(262_144) });

    await expect(sink.publish([stale('a'), huge])).rejects.toMatchObject({ code: 'limit-exceeded' });
    expect(bridge.calls()).toHaveLength(0);
  });

  it('that were not accepted are named, each with its cause', async () => {
    bridge.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'too many' }, { EventId: '3' }],
    });

    expect(await sink.publish([stale('a'), stale('b'), stale('c')])).toEqual([
      { id: 'b', cause: 'EventBridge did not take the event (ThrottlingException: too many)' },
    ]);
  });

  it('of which the answer says too little are all to be told again', async () => {
    bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });

    await expect(sink.publish([stale('a'), stale('b')])).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([
    ['ThrottlingException', 400, /has no room/u],
    ['InternalException', 500, /did not answer/u],
    ['ResourceNotFoundException', 400, /has no such thing/u],
    ['AccessDeniedException', 403, /refuses this caller/u],
  ])('by a request that fails (%s) are unavailable', async (name, httpStatusCode, why) => {
    bridge.on(PutEventsCommand).rejects(Object.assign(new Error('because'), { name, $metadata: { httpStatusCode } }));

    await expect(sink.publish([stale('a')])).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(why),
    });
  });
});
