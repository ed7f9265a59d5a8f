import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { createHandler } from '../../../functions/remind/handler.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import type { TimerMessage } from '../../../lib/pipeline/ports/timers.ts';
import type { Reminded } from '../../../lib/pipeline/reminders/remind.ts';
import { type MemoryStore, memoryStore } from '../../support/memory-store.ts';
import { aContext, aQueueEvent, aRecord } from '../support/lambda.ts';
import { type FakeParts, fakeParts, watchLog } from '../support/parts.ts';

const NOW = new Date('2027-03-01T08:00:00Z');
const REVIEW = { kind: 'review', subject: 'EX-1' } as const;
const AWAY = new CavendishError('unavailable', 'SNS has no room');
const NOTHING_LEFT = { batchItemFailures: [] };

let store: MemoryStore;
let parts: FakeParts;
/** What was done: the ids of work, and the subjects of ladders. */
let done: string[];
let log: ReturnType<typeof watchLog>;

beforeEach(async () => {
  log = watchLog();
  store = memoryStore({ leaseSeconds: 960 });
  parts = fakeParts();
  done = [];
  await store.register.commit({ puts: [], outbox: [{ id: 'w', type: 'job', body: {} }] });
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function bring(
  messages: readonly unknown[],
  {
    remind,
    received = 1,
  }: { readonly remind?: (ladder: TimerMessage) => Promise<Reminded['outcome']>; readonly received?: number } = {},
) {
  const handler = createHandler({
    ...{ ...parts, source: 'remind', queue: store.work, clock: () => NOW },
    handlers: () =>
      Promise.resolve({
        job: {
          run: async ({ id }) => {
            done.push(id);
            await Promise.resolve();
          },
        },
      }),
    remind:
      remind ??
      (async ({ kind, subject }) => {
        done.push(subject);
        return await Promise.resolve(kind === 'review' ? 'told' : 'unreachable');
      }),
  });
  return await handler(
    aQueueEvent(...messages.map((body, at) => aRecord(body, { id: `m-${at}`, received }))),
    aContext(),
  );
}

describe('the function that reminds people', () => {
  it('does work that messages name, and looks at ladders whose timer fired', async () => {
    expect(await bring([REVIEW, { id: 'w', type: 'job' }, { ...REVIEW, kind: 'expiry' }])).toEqual(NOTHING_LEFT);

    expect(done).toEqual(['EX-1', 'w', 'EX-1']);
    expect(parts.outcomes.counts).toEqual({ remindersSent: 1, remindersUnreachable: 1 });
    expect(await store.work.state()).toEqual({ waiting: 0, buried: [] });
    expect(log.lines()).toContainEqual(
      expect.objectContaining({ message: 'a ladder was looked at', ...REVIEW, outcome: 'told' }),
    );
  });

  it('has a ladder brought again that could not be told of, and no other message', async () => {
    const remind = ({ kind }: TimerMessage) =>
      kind === 'risk' ? Promise.reject(AWAY) : Promise.resolve('nothing' as const);

    expect(await bring([REVIEW, { kind: 'risk', subject: 'R-1' }, { id: 'w', type: 'job' }], { remind })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm-1' }],
    });
    expect(done).toEqual(['w']);
  });

  it('makes a timer that failed every time a dead letter: what is owed stays in the register', async () => {
    const remind = () => Promise.reject(AWAY);

    expect(await bring([REVIEW, { id: 'w', type: 'job' }], { remind, received: 5 })).toEqual(NOTHING_LEFT);
    expect(parts.outcomes.letters).toEqual([
      { source: 'remind', body: JSON.stringify(REVIEW), cause: 'SNS has no room' },
    ]);
  });

  it.each([[{ kind: 'birthday', subject: 'EX-1' }], [{ kind: 'review', subject: '' }], [{ id: 7 }], ['poison']])(
    'makes %j a dead letter at once',
    async (body) => {
      expect(await bring([body])).toEqual(NOTHING_LEFT);
      expect(parts.outcomes.letters).toMatchObject([{ source: 'remind' }]);
      expect(done).toEqual([]);
    },
  );
});
