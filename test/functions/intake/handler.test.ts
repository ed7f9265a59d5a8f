import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { createHandler } from '../../../functions/intake/handler.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { TakenEvent } from '../../../lib/pipeline/registry-events/take-registry-event.ts';
import { NotYet } from '../../../lib/pipeline/work/run-work.ts';
import { aContext, aQueueEvent, aRecord } from '../support/lambda.ts';
import { type FakeParts, fakeParts, watchLog } from '../support/parts.ts';

let parts: FakeParts;
let putOff: [string, Date][];
let log: ReturnType<typeof watchLog>;

beforeEach(() => {
  log = watchLog();
  parts = fakeParts();
  putOff = [];
});
afterEach(() => {
  jest.restoreAllMocks();
});

type Take = (event: string) => TakenEvent | Error;

/** Events are words here, and a word that begins with a dash is one that nobody can read. */
async function bring(events: readonly string[], take: Take, received = 1) {
  const handler = createHandler<string>({
    ...parts,
    source: 'events',
    read: (body) => {
      if (typeof body === 'string' && !body.startsWith('-')) return body;
      throw new CavendishError('bad-input', 'image-digest: not a digest');
    },
    take: async (event) => {
      const taken = take(event);
      if (Error.isError(taken)) throw taken;
      return await Promise.resolve(taken);
    },
    putOff: async ({ messageId }, until) => {
      putOff.push([messageId, until]);
      await Promise.resolve();
    },
  });
  const records = events.map((event, at) => aRecord(JSON.stringify(event), { id: `message-${at}`, received }));
  return await handler(aQueueEvent(...records), aContext());
}

const pushed: TakenEvent = { outcome: 'pushed', details: { placement: 'here' } };

describe('taking events in', () => {
  it('counts pushes and what is ignored, and says what each came to', async () => {
    const outcomes = { a: 'pushed', b: 'ignored', c: 'gone', d: 'scanned' } as const;
    const said = await bring(Object.keys(outcomes), (event) => ({
      outcome: outcomes[event as keyof typeof outcomes],
      details: { why: `because of ${event}` },
    }));

    expect(said).toEqual({ batchItemFailures: [] });
    expect(parts.outcomes.counts).toEqual({ pushes: 1, eventsIgnored: 1 });
    expect(log.lines()).toContainEqual(
      expect.objectContaining({ message: 'event taken: ignored', why: 'because of b', service: 'cavendish' }),
    );
  });

  it('makes a malformed event a dead letter with its cause, at once, and takes the others', async () => {
    expect(await bring(['-', 'a'], () => pushed)).toEqual({ batchItemFailures: [] });
    expect(parts.outcomes.letters).toEqual([{ source: 'events', body: '"-"', cause: 'image-digest: not a digest' }]);
    expect(parts.outcomes.counts).toEqual({ unreadable: 1, pushes: 1 });
  });

  it('has the queue bring an event again when it is time, which is no failure', async () => {
    const until = new Date('2026-11-24T12:00:05Z');
    const said = await bring(['a', 'b'], (event) => (event === 'a' ? new NotYet(until) : pushed));

    expect(said).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(putOff).toEqual([['message-0', until]]);
    expect(log.lines().filter(({ level }) => level === 'WARN' || level === 'ERROR')).toEqual([]);
  });

  it('leaves an event in its queue while the registry is away, and loses it to no failure', async () => {
    const away = () => new CavendishError('unavailable', 'ECR does not answer');
    await expect(bring(['a'], away, 4)).rejects.toThrow('All records failed');
    expect(parts.outcomes.letters).toEqual([]);
    expect(await bring(['a'], away, 5)).toEqual({ batchItemFailures: [] });
    expect(parts.outcomes.letters).toEqual([{ source: 'events', body: '"a"', cause: 'ECR does not answer' }]);
  });

  it('leaves an event in its queue where not even a dead letter can be written', async () => {
    parts.deadLetters.put = () => Promise.reject(new CavendishError('unavailable', 'SQS does not answer'));

    expect(await bring(['-', 'a'], () => pushed)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
  });
});
