import { beforeEach, describe, expect, it } from '@jest/globals';

import type { Unsent, WorkMessage } from '../../../lib/pipeline/ports/work-messages.ts';
import type { Waiting } from '../../../lib/pipeline/ports/work-queue.ts';
import { sendLeftOver } from '../../../lib/pipeline/sweep/left-over.ts';
import { ANNOUNCE, JUDGE_PLACEMENT } from '../../../lib/pipeline/work/work-types.ts';
import { memoryStore } from '../../support/memory-store.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

let sent: WorkMessage[];

beforeEach(() => {
  sent = [];
});

async function sweep(waiting: readonly Waiting[], given: { signal?: AbortSignal; unsent?: readonly Unsent[] } = {}) {
  const { signal = new AbortController().signal, unsent = [] } = given;
  return await sendLeftOver({
    queue: { ...memoryStore().work, due: async () => waiting },
    messages: { send: async (messages) => (sent.push(...messages), unsent) },
    now: () => NOW,
    signal,
  });
}

describe('sendLeftOver', () => {
  it('sends again what a lost message left, or a worker that died', async () => {
    const { register, work } = memoryStore();
    await register.commit({
      puts: [],
      outbox: ['lost', 'died', 'young', 'done'].map((id) => ({ id, type: JUDGE_PLACEMENT, body: {} })),
    });
    for (const id of ['died', 'young', 'done']) {
      const taken = await work.take(id, ago(60));
      if (taken.outcome !== 'taken') throw new Error(taken.outcome);
      if (id === 'done') await work.done(taken.work);
      else await work.retry(taken.work, 'away', id === 'died' ? ago(6) : ago(4));
    }
    const messages = { send: async (some: readonly WorkMessage[]) => (sent.push(...some), []) };
    const count = await sendLeftOver({
      ...{ queue: work, messages },
      now: () => NOW,
      signal: new AbortController().signal,
    });

    expect(count).toBe(2);
    expect(sent).toEqual([
      { id: 'lost', type: JUDGE_PLACEMENT },
      { id: 'died', type: JUDGE_PLACEMENT },
    ]);
  });

  it('lets be what was put a moment ago, where the store knows', async () => {
    await sweep([
      { id: 'new', type: ANNOUNCE, due: null, put: ago(4) },
      { id: 'old', type: ANNOUNCE, due: null, put: ago(5) },
    ]);

    expect(sent.map(({ id }) => id)).toEqual(['old']);
  });

  it('lets be what no queue carries: it has a dead letter', async () => {
    expect(await sweep([{ id: 'x', type: 'image-pushed', due: null }])).toBe(0);
    expect(sent).toEqual([]);
  });

  it('says where some were not accepted', async () => {
    const waiting = [{ id: 'a', type: ANNOUNCE, due: null }];

    await expect(sweep(waiting, { unsent: [{ id: 'a', cause: 'too busy' }] })).rejects.toMatchObject({
      code: 'unavailable',
      message: '1 messages were not accepted: too busy',
    });
  });

  it('ends between two parts where its time is up', async () => {
    const waiting = Array.from({ length: 501 }, (_, place) => ({ id: `${place}`, type: ANNOUNCE, due: null }));

    expect(await sweep(waiting)).toBe(501);
    sent = [];
    expect(await sweep(waiting, { signal: AbortSignal.abort() })).toBe(0);
    expect(sent).toEqual([]);
  });
});
