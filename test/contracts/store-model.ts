/** A register store and its work queue do what the model does, whatever is asked of them and in whatever order. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Commit, Item, Query, RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import type { Work, WorkQueue } from '../../lib/pipeline/ports/work-queue.ts';
import { byUtf8, memoryStore } from '../support/memory-store.ts';
import { allOf, NOW, UNICODE } from './register-store/fixture.ts';

const text = fc.array(fc.constantFrom('', ...UNICODE), { maxLength: 3 }).map((parts) => parts.join(''));
const partition = fc.constantFrom('P', 'Q');
const board = fc.record({ board: fc.record({ pk: fc.constantFrom('B', 'C'), sk: text }) });
const item: fc.Arbitrary<Item> = fc
  .record({
    pk: partition,
    sk: text,
    body: fc.dictionary(text, fc.jsonValue(), { maxKeys: 2 }),
    indexes: fc.option(board),
  })
  .map(({ indexes, ...rest }) => (indexes === null ? rest : { ...rest, indexes }));
const entry = fc.record({ id: text, type: fc.constantFrom('x', 'y'), body: fc.constant({}) });
const commit: fc.Arbitrary<Commit> = fc.record({
  puts: fc.array(
    fc.record({
      item,
      when: fc.oneof(fc.constant('absent' as const), fc.record({ version: fc.integer({ min: 0, max: 3 }) })),
    }),
    { maxLength: 3 },
  ),
  history: fc.array(item, { maxLength: 1 }),
  outbox: fc.array(entry, { maxLength: 2 }),
});
const query: fc.Arbitrary<Query> = fc
  .record({
    pk: fc.constantFrom('P', 'Q', 'B', 'C'),
    index: fc.option(fc.constant('board' as const)),
    range: fc.oneof(
      fc.constant({}),
      text.map((beginsWith) => ({ beginsWith })),
      fc.tuple(text, text).map((between) => ({ between })),
    ),
    order: fc.constantFrom('ascending' as const, 'descending' as const),
    limit: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ index, range, ...rest }) => ({ ...rest, ...range, ...(index === null ? {} : { index }) }));

const step = fc.oneof(
  commit.map((value) => ({ do: 'commit' as const, value })),
  query.map((value) => ({ do: 'query' as const, value })),
  fc.integer({ min: 0, max: 200 }).map((value) => ({ do: 'claim' as const, value })),
  fc.record({ id: text, seconds: fc.integer({ min: 0, max: 200 }) }).map((value) => ({ do: 'take' as const, value })),
  text.map((value) => ({ do: 'revive' as const, value })),
  fc.constantFrom('done', 'retry', 'bury').map((value) => ({ do: 'settle' as const, value })),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What a step did, as far as callers can see. */
async function take(
  { register, work }: { register: RegisterStore; work: WorkQueue },
  { do: what, value }: Step,
  held: Work[],
): Promise<unknown> {
  try {
    if (what === 'commit') {
      await register.commit(value);
      return undefined;
    }
    if (what === 'query') return await allOf(register, value);
    if (what === 'claim') {
      const claimed = await work.claim(new Date(NOW.getTime() + value * 1000));
      if (claimed !== null) held.push(claimed);
      return claimed;
    }
    if (what === 'take') {
      const now = new Date(NOW.getTime() + value.seconds * 1000);
      const taken = await work.take(value.id, now);
      if (taken.outcome === 'taken') held.push(taken.work);
      // When an entry was put is told by some stores, for people.
      return [taken, (await work.due(now, 3)).map(({ id, type, due }) => ({ id, type, due }))];
    }
    if (what === 'revive') return await work.revive(value);
    const mine = held.shift();
    if (mine === undefined) return undefined;
    if (value === 'done') await work.done(mine);
    else if (value === 'retry') await work.retry(mine, 'why', new Date(NOW.getTime() + 90_000));
    else await work.bury(mine, 'why');
    return await work.state();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

/** Seconds until a claim lapses, in the model as in the store. */
export const MODEL_LEASE_SECONDS = 60;

export interface OpenedStore {
  readonly register: RegisterStore;
  readonly work: WorkQueue;
  close(): Promise<void>;
}

export function storeModelContract(name: string, open: () => Promise<OpenedStore>, numRuns: number): void {
  describe(name, () => {
    it('does what the model does, whatever is asked of it', async () => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
          const store = await open();
          const model = memoryStore({ leaseSeconds: MODEL_LEASE_SECONDS });
          const held: [Work[], Work[]] = [[], []];
          for (const each of steps) {
            const did = await take(store, each, held[0]);
            expect(did).toEqual(await take(model, each, held[1]));
            seen.add(typeof did === 'string' ? did : each.do);
          }
          await store.close();
        }),
        { numRuns },
      );
      expect([...seen].toSorted(byUtf8)).toEqual([
        'bad-input',
        'claim',
        'commit',
        'conflict',
        'limit-exceeded',
        'query',
        'revive',
        'settle',
        'take',
      ]);
    }, 120_000);
  });
}
