import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalStore, openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import { NotYet, runNext, type WorkHandler } from '../../../lib/pipeline/work/run-work.ts';
import { JUDGE_AGAIN, PLAN_AGAIN, TELL_CAUSE } from '../../../lib/pipeline/work/work-types.ts';

let store: LocalStore;
let now: Date;

beforeEach(async () => {
  store = openLocalStore(':memory:');
  now = new Date('2026-11-23T00:00:00Z');
  await store.register.commit({
    puts: [{ item: { pk: 'a', sk: 'b', body: {} }, when: 'absent' }],
    outbox: [{ id: 'job', type: 'job', body: {} }],
  });
});

afterEach(() => {
  store.close();
});

async function run(handler: WorkHandler) {
  const ran = await runNext(store.work, { job: handler }, () => now);
  if (ran.outcome === 'retry') now = ran.notBefore;
  return ran;
}

function failing(error: Error): WorkHandler {
  return { run: () => Promise.reject(error) };
}

describe('runNext', () => {
  it('runs what is due, once', async () => {
    expect(await run({ run: () => Promise.resolve() })).toMatchObject({ outcome: 'done' });
    expect(await run({ run: () => Promise.resolve() })).toEqual({ outcome: 'idle' });
  });

  it('runs what people wait for before what is judged again, however long that waits', async () => {
    const ran: string[] = [];
    const handler: WorkHandler = {
      run: ({ id }) => {
        ran.push(id);
        return Promise.resolve();
      },
    };
    const types = [JUDGE_AGAIN, PLAN_AGAIN, TELL_CAUSE, 'job'];
    const outbox = types.map((type) => ({ id: `later ${type}`, type, body: {} }));
    await store.register.commit({ puts: [], outbox });
    const handlers = Object.fromEntries(types.map((type) => [type, handler]));
    for (let taken = 0; taken < 5; taken += 1) await runNext(store.work, handlers, () => now);

    expect(ran.slice(0, 2)).toEqual(['job', 'later job']);
    expect(ran).toHaveLength(5);
  });

  it('gives every try the instant of the first claim', async () => {
    const seen: string[] = [];
    const handler: WorkHandler = {
      run: ({ at }) => {
        seen.push(at);
        return seen.length < 3 ? Promise.reject(new Error('not now')) : Promise.resolve();
      },
    };
    for (let tries = 0; tries < 3; tries += 1) await run(handler);

    expect(seen).toEqual(Array(3).fill('2026-11-23T00:00:00.000Z'));
  });

  it('gives up after a few tries, in the words of the handler', async () => {
    const given: string[] = [];
    const handler: WorkHandler = {
      ...failing(new Error('broken')),
      giveUp: (_, cause) => {
        given.push(cause);
        return Promise.resolve();
      },
    };
    const outcomes: string[] = [];
    for (let tries = 0; tries < 4; tries += 1) outcomes.push((await run(handler)).outcome);

    expect(outcomes).toEqual(['retry', 'retry', 'retry', 'given-up']);
    expect(given).toEqual(['broken']);
    expect(await store.work.state()).toEqual({ waiting: 0, buried: [] });
  });

  it('sets aside what nobody can give up, and keeps it', async () => {
    for (let tries = 0; tries < 4; tries += 1) await run(failing(new Error('broken')));

    expect(await store.work.state()).toEqual({ waiting: 0, buried: [{ id: 'job', type: 'job', cause: 'broken' }] });
  });

  it('waits for a full disk however long it takes', async () => {
    for (let tries = 0; tries < 30; tries += 1) {
      expect(await run(failing(new CavendishError('storage-full', 'full')))).toMatchObject({
        outcome: 'retry',
        putOff: false,
      });
    }
  });

  it('waits for a service that is away, unless the handler has an answer for giving up', async () => {
    const away = failing(new CavendishError('unavailable', 'away'));
    for (let tries = 0; tries < 30; tries += 1) expect(await run(away)).toMatchObject({ outcome: 'retry' });

    expect(await run({ ...away, giveUp: () => Promise.resolve() })).toMatchObject({
      outcome: 'given-up',
      cause: 'away',
    });
  });

  it('tries to give up some times more, then sets aside with both causes', async () => {
    const handler: WorkHandler = { ...failing(new Error('broken')), giveUp: () => Promise.reject(new Error('odd')) };
    for (let tries = 0; tries < 7; tries += 1) expect(await run(handler)).toMatchObject({ outcome: 'retry' });
    expect(await run(handler)).toMatchObject({
      outcome: 'buried',
      cause: 'broken; giving up failed too: odd',
    });
  });

  it('keeps work that can not be given up while the disk is full', async () => {
    const full = new CavendishError('storage-full', 'full');
    const handler: WorkHandler = { ...failing(new Error('broken')), giveUp: () => Promise.reject(full) };
    for (let tries = 0; tries < 30; tries += 1) expect(await run(handler)).toMatchObject({ outcome: 'retry' });
  });

  it('gives up what ends again and again without a word', async () => {
    const given: string[] = [];
    let ran = 0;
    const handler: WorkHandler = {
      run: () => {
        ran += 1;
        return Promise.reject(new Error('never said'));
      },
      giveUp: (_, cause) => {
        given.push(cause);
        return Promise.resolve();
      },
    };
    for (let deaths = 0; deaths < 3; deaths += 1) {
      await store.work.claim(now);
      now = new Date(now.getTime() + 901_000);
    }

    expect(await run(handler)).toMatchObject({ outcome: 'given-up', work: { attempt: 4, lapsed: 3 } });
    expect(ran).toBe(0);
    expect(given).toEqual(['it ended 3 times without a word: out of time or memory']);
  });

  it('takes the name of a type for a name only', async () => {
    await store.register.commit({ puts: [], outbox: [{ id: 'odd', type: 'constructor', body: {} }] });
    await store.work.claim(now, ['job']);

    expect(await run({ run: () => Promise.resolve() })).toMatchObject({ outcome: 'buried', work: { id: 'odd' } });
  });

  it('puts off what is not due yet, and says so', async () => {
    const until = new Date('2026-11-23T00:00:05Z');
    expect(await run(failing(new NotYet(until)))).toMatchObject({ outcome: 'retry', notBefore: until, putOff: true });
  });

  it('sets aside work of a type that nobody runs', async () => {
    expect(await runNext(store.work, {}, () => now)).toMatchObject({ outcome: 'buried' });
  });
});
