import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { createHandler } from '../../../functions/announce/handler.ts';
import type { Failures } from '../../../functions/shared/run-batch.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { Work } from '../../../lib/pipeline/ports/work-queue.ts';
import { type MemoryStore, memoryStore } from '../../support/memory-store.ts';
import { aContext, aQueueEvent, aRecord } from '../support/lambda.ts';
import { type FakeParts, fakeParts, watchLog } from '../support/parts.ts';

const LEASE = 960;
const TYPE = 'announce-verdict';

let store: MemoryStore;
let parts: FakeParts;
let now: Date;
let log: ReturnType<typeof watchLog>;
/** The batches that were announced, by the ids in them. */
let announced: string[][];

beforeEach(async () => {
  log = watchLog();
  store = memoryStore({ leaseSeconds: LEASE });
  parts = fakeParts();
  now = new Date('2026-11-24T12:00:00Z');
  announced = [];
  const outbox = ['a', 'b', 'c'].map((id) => ({ id, type: TYPE, body: {} }));
  await store.register.commit({ puts: [], outbox });
});
afterEach(() => {
  jest.restoreAllMocks();
});

function later(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
}

async function bring(
  ids: readonly string[],
  announce: (works: readonly Work[]) => Failures | Error = () => new Map(),
  received = 1,
) {
  const handler = createHandler({
    ...parts,
    source: 'announce',
    queue: store.work,
    clock: () => now,
    ready: () => Promise.resolve(),
    announce: async (works) => {
      announced.push(works.map(({ id }) => id));
      const failures = announce(works);
      if (Error.isError(failures)) throw failures;
      return await Promise.resolve(failures);
    },
  });
  const records = ids.map((id, at) => aRecord({ id, type: TYPE }, { id: `message-${at}`, received }));
  return await handler(aQueueEvent(...records), aContext());
}

const NOTHING_LEFT = { batchItemFailures: [] };

describe('a batch of notices', () => {
  it('is announced together, each of them once', async () => {
    expect(await bring(['a', 'b', 'a'])).toEqual(NOTHING_LEFT);
    expect(await bring(['b', 'c'])).toEqual(NOTHING_LEFT);
    expect(announced).toEqual([['a', 'b'], ['c']]);
    expect(await store.work.state()).toEqual({ waiting: 0, buried: [] });
  });

  it('tries again what failed, and that alone', async () => {
    await bring(['a', 'b'], () => new Map([['b', new CavendishError('unavailable', 'SNS has no room')]]));

    expect(parts.outcomes.sent).toEqual([{ id: 'b', type: TYPE, delaySeconds: 2 }]);
    later(2);
    await bring(['a', 'b']);
    expect(announced).toEqual([['a', 'b'], ['b']]);
  });

  it('tries all of it again where the whole failed', async () => {
    expect(await bring(['a', 'b'], () => new Error('no memory for it'))).toEqual(NOTHING_LEFT);
    expect(parts.outcomes.sent.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('announces on its own what ended a function before, and sets it aside after the third', async () => {
    for (let deaths = 0; deaths < 2; deaths += 1) {
      await store.work.take('a', now);
      later(LEASE);
    }
    await bring(['a', 'b', 'c'], (works) => new Map(works.map(({ id }) => [id, new Error('not yet')])));
    expect(announced).toEqual([['a'], ['b', 'c']]);
    later(60);
    await store.work.take('a', now);
    later(LEASE);
    await bring(['a']);

    expect(announced).toHaveLength(2);
    expect(parts.outcomes.letters).toEqual([
      { source: 'announce', body: `{"id":"a","type":"${TYPE}"}`, cause: expect.stringContaining('time or memory') },
    ]);
    expect(await store.work.state()).toMatchObject({ buried: [{ id: 'a' }] });
  });

  it('waits some six hours for a channel that is away, then sets aside with a letter, and loses nothing', async () => {
    const away = (works: readonly Work[]) =>
      new Map(works.map(({ id }) => [id, new CavendishError('unavailable', 'SNS does not answer')]));
    const start = now.getTime();
    while ((await store.work.state()).buried.length === 0) {
      await bring(['a'], away);
      later(900);
    }

    expect((now.getTime() - start) / 3_600_000).toBeGreaterThan(5);
    expect((now.getTime() - start) / 3_600_000).toBeLessThan(9);
    expect(parts.outcomes.letters).toHaveLength(1);
    expect(await store.work.revive('a')).toBe(TYPE);
    expect(await bring(['a'])).toEqual(NOTHING_LEFT);
    expect(await store.work.state()).toEqual({ waiting: 2, buried: [] });
  });

  it('takes nothing while something is missing without which nothing can be announced, and says what', async () => {
    const handler = createHandler({
      ...{ ...parts, source: 'announce', queue: store.work, clock: () => now },
      ready: () => Promise.reject(new CavendishError('bad-input', 'appetite.yaml:5:3  a stage is missing')),
      announce: () => Promise.resolve(new Map()),
    });

    expect(await handler(aQueueEvent(aRecord({ id: 'a', type: TYPE })), aContext())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }],
    });
    expect(log.lines()).toContainEqual(expect.objectContaining({ cause: 'appetite.yaml:5:3  a stage is missing' }));
    expect(await store.work.take('a', now)).toMatchObject({ outcome: 'taken', work: { attempt: 1 } });
  });

  it('leaves a message that can not be sent again in its queue', async () => {
    parts.refused.add('b');

    expect(await bring(['a', 'b'], () => new Map([['b', new Error('broken')]]))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-1' }],
    });
  });

  it('announces the others where one can not be taken or read', async () => {
    expect(await bring(['never', 'a'])).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(await bring(['', 'b'])).toEqual(NOTHING_LEFT);
    expect(announced).toEqual([['a'], ['b']]);
    expect(parts.outcomes.letters).toMatchObject([{ source: 'announce', cause: expect.stringContaining('id') }]);
    expect(await bring(['never'], undefined, 5)).toEqual(NOTHING_LEFT);
    expect(parts.outcomes.letters).toHaveLength(2);
  });
});
