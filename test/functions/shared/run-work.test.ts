import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { workHandler } from '../../../functions/shared/run-work.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { Work } from '../../../lib/pipeline/ports/work-queue.ts';
import type { WorkHandler } from '../../../lib/pipeline/work/run-taken.ts';
import { NotYet } from '../../../lib/pipeline/work/run-work.ts';
import { type MemoryStore, memoryStore } from '../../support/memory-store.ts';
import { aContext, aQueueEvent, aRecord } from '../support/lambda.ts';
import { type FakeParts, fakeParts, watchLog } from '../support/parts.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const LEASE = 960;

let store: MemoryStore;
let parts: FakeParts;
let now: Date;
let ran: Work[];
let log: ReturnType<typeof watchLog>;

beforeEach(async () => {
  store = memoryStore({ leaseSeconds: LEASE });
  log = watchLog();
  parts = fakeParts();
  now = NOW;
  ran = [];
  await store.register.commit({ puts: [], outbox: ['a', 'b', 'c'].map((id) => ({ id, type: 'job', body: {} })) });
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** What the log warns of. */
const warnings = () => log.lines().filter(({ level }) => level === 'WARN' || level === 'ERROR');

function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
}

/** Brings messages to a function that runs work so. */
async function bring(messages: readonly (string | object)[], { run, giveUp }: Partial<WorkHandler> = {}, received = 1) {
  const handler = workHandler({ ...parts, source: 'judge', queue: store.work, clock: () => now }, async () => ({
    job: {
      run: async (work) => {
        ran.push(work);
        await run?.(work);
      },
      ...(giveUp && { giveUp }),
    },
  }));
  const records = messages.map((body, at) => aRecord(body, { id: `message-${at}`, received }));
  return await handler(aQueueEvent(...records), aContext());
}

const job = (id: string) => ({ id, type: 'job' });
const failing = (error: Error): Partial<WorkHandler> => ({ run: () => Promise.reject(error) });

describe('work that messages name', () => {
  it('is taken, run and done, each piece once, however often its message comes', async () => {
    expect(await bring([job('a'), job('b'), job('a')])).toEqual({ batchItemFailures: [] });
    expect(ran.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await store.work.state()).toEqual({ waiting: 1, buried: [] });
  });

  it('is let be while another holds it, and the sweep finds it when its lease has lapsed', async () => {
    await store.work.take('a', now);
    expect(await bring([job('a')])).toEqual({ batchItemFailures: [] });
    expect(ran).toEqual([]);
    later(LEASE);
    expect(await store.work.due(now, 10)).toContainEqual({ id: 'a', type: 'job', due: now });
  });

  it('is sent again, delayed until it is due, as of its first claim', async () => {
    await bring([job('a')], failing(new CavendishError('unavailable', 'S3 did not answer')));

    expect(parts.outcomes.sent).toEqual([{ id: 'a', type: 'job', delaySeconds: 2 }]);
    expect(warnings()).toMatchObject([
      { message: 'the work is tried again', cause: 'S3 did not answer', correlation_id: 'a', service: 'cavendish' },
    ]);
    later(2);
    await bring([job('a')]);
    expect(ran.map(({ at, attempt }) => [at, attempt])).toEqual([
      [NOW.toISOString(), 1],
      [NOW.toISOString(), 2],
    ]);
  });

  it.each([
    { until: 5, delaySeconds: 6 },
    { until: 4000, delaySeconds: 900 },
    { until: -5, delaySeconds: 0 },
  ])('is put off by as long as a queue can: $until s become $delaySeconds s', async ({ until, delaySeconds }) => {
    await bring([job('a')], failing(new NotYet(new Date(now.getTime() + until * 1000))));

    expect(parts.outcomes.sent).toEqual([{ id: 'a', type: 'job', delaySeconds }]);
    expect(warnings()).toEqual([]);
  });

  it('stays with its message where it can not be sent again', async () => {
    parts.refused.add('a');

    expect(await bring([job('b'), job('a')], failing(new Error('broken')))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }],
    });
  });

  it('is a dead letter before it is set aside, when it failed too often', async () => {
    for (let tries = 0; tries < 4; tries += 1) {
      await bring([job('a')], failing(new Error('broken')));
      later(10);
    }

    expect(parts.outcomes.letters).toEqual([{ source: 'judge', body: '{"id":"a","type":"job"}', cause: 'broken' }]);
    expect(await store.work.state()).toEqual({ waiting: 2, buried: [{ id: 'a', type: 'job', cause: 'broken' }] });
    expect(parts.outcomes.counts).toEqual({ buried: 1 });
    expect(await bring([job('a')])).toEqual({ batchItemFailures: [] });
  });

  it('is given up in the words of its handler, after it ended three functions without a word', async () => {
    const given: string[] = [];
    for (let deaths = 0; deaths < 3; deaths += 1) {
      await store.work.take('a', now);
      later(LEASE);
    }
    await bring([job('a')], {
      giveUp: async (_, cause) => {
        given.push(cause);
        await Promise.resolve();
      },
    });

    expect(ran).toEqual([]);
    expect(given).toEqual(['it ended 3 times without a word: out of time or memory']);
    expect(parts.outcomes.counts).toEqual({ givenUp: 1 });
  });

  it('is a dead letter where nobody here does it', async () => {
    await store.register.commit({ puts: [], outbox: [{ id: 'd', type: 'other', body: {} }] });
    await bring([{ id: 'd', type: 'other' }]);

    expect(parts.outcomes.letters).toMatchObject([{ cause: 'nothing here runs work of the type other' }]);
  });
});

describe('a message', () => {
  it.each([
    ['not JSON', '{"id":'],
    ['no object', '[]'],
    ['without an id', { type: 'job' }],
    ['with an id that is none', { id: 7, type: 'job' }],
  ])('that is %s is a dead letter with its cause, at once, and the others are run', async (_, body) => {
    expect(await bring([body, job('a')])).toEqual({ batchItemFailures: [] });

    const text = typeof body === 'string' ? body : JSON.stringify(body);
    expect(parts.outcomes.letters).toEqual([{ source: 'judge', body: text, cause: expect.stringMatching(/\w/u) }]);
    expect(parts.outcomes.counts).toEqual({ unreadable: 1 });
    expect(ran).toHaveLength(1);
  });

  it('goes back to its queue while the table is away, and is a dead letter the last time', async () => {
    store.work.take = () => Promise.reject(new CavendishError('unavailable', 'DynamoDB has no room'));
    const failed = { batchItemFailures: [{ itemIdentifier: 'message-0' }] };

    await expect(bring([job('a')], {}, 1)).rejects.toThrow('All records failed');
    expect(await bring([job('b'), 'poison'], {}, 4)).toEqual(failed);
    expect(parts.outcomes.letters).toHaveLength(1);
    expect(await bring([job('a')], {}, 5)).toEqual({ batchItemFailures: [] });
    expect(parts.outcomes.letters).toContainEqual({
      source: 'judge',
      body: '{"id":"a","type":"job"}',
      cause: 'DynamoDB has no room',
    });
  });

  it('that names work which no commit left is a dead letter in the end', async () => {
    await expect(bring([job('never')])).rejects.toThrow('All records failed');
    await bring([job('never')], {}, 5);

    expect(parts.outcomes.letters).toMatchObject([{ cause: 'the outbox holds no work never' }]);
  });
});
