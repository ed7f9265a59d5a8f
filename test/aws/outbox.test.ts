/** What DynamoDB itself makes of commits and of the outbox: its limits, many at once, and what each step costs. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { isCavendishError } from '../../lib/core/errors/error.ts';
import { LIMITS, sizeEntry } from '../../lib/pipeline/ports/register-limits.ts';
import type { OutboxEntry } from '../../lib/pipeline/ports/register-store.ts';
import { allOf, anEntry, anItem, anItemOf, NOW } from '../contracts/register-store/fixture.ts';
import { type OpenTable, startTables, type Tables } from './parts/register.ts';

let tables: Tables;

beforeAll(async () => {
  tables = await startTables();
}, 120_000);
afterAll(() => tables.stop());

/** An entry that counts as exactly what an item may. */
function largestEntry(): OutboxEntry {
  const entry = (text: string): OutboxEntry => ({ id: 'é'.repeat(512), type: 'judge', body: { text } });
  return entry('x'.repeat(LIMITS.item - sizeEntry(entry('')).size));
}

describe('the largest that may be', () => {
  it('is an entry that goes through its whole life, whatever its causes say', async () => {
    const { register, work } = await tables.open();
    const entry = largestEntry();
    await register.commit({ puts: [], outbox: [entry] });
    for (const attempt of [1, 2]) {
      const taken = await work.take(entry.id, NOW);
      if (taken.outcome !== 'taken') throw new Error(taken.outcome);
      expect(taken.work).toMatchObject({ ...entry, attempt });
      const cause = `no answer, ${'😀'.repeat(5000)}`;
      await (attempt === 1 ? work.retry(taken.work, cause, NOW) : work.bury(taken.work, cause));
    }
    const { buried } = await work.state();
    expect(buried).toEqual([{ id: entry.id, type: 'judge', cause: expect.stringMatching(/^no answer, 😀+…$/u) }]);
    expect(await work.revive(entry.id)).toBe('judge');
    expect(await work.take(entry.id, NOW)).toMatchObject({ work: { ...entry, attempt: 1 } });
  });

  it('keeps a cause whole where there is room, and never none', async () => {
    const { register, work } = await tables.open();
    await register.commit({ puts: [], outbox: [anEntry('a'), anEntry('b')] });
    for (const [id, cause] of [
      ['a', 'x'.repeat(2048)],
      ['b', ''],
    ] as const) {
      const taken = await work.take(id, NOW);
      if (taken.outcome === 'taken') await work.bury(taken.work, cause);
    }
    const { buried } = await work.state();
    expect(buried.map(({ cause }) => cause)).toEqual(['x'.repeat(2048), 'no cause given']);
  });

  it('is a commit of 4 MB, of history alone', async () => {
    const { register } = await tables.open();
    const history = [...Array(10).keys()]
      .map((n) => anItemOf(LIMITS.item, `${n}`))
      .concat(anItemOf(LIMITS.commit - 10 * LIMITS.item, 'z'));
    await register.commit({ puts: [], history });
    await register.commit({ puts: [], history });
    expect(await allOf(register, { pk: 'P' })).toHaveLength(11);
  });
});

describe('many at once', () => {
  it('take one entry: one of them has it', async () => {
    const { register, work } = await tables.open();
    await register.commit({ puts: [], outbox: [anEntry('e')] });
    const taken = await Promise.all(Array.from({ length: 20 }, () => work.take('e', NOW)));
    const outcomes = taken.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual([...Array<string>(19).fill('not-due'), 'taken']);
  });

  it('claim what is there: each entry once', async () => {
    const { register, work } = await tables.open();
    const ids = Array.from({ length: 12 }, (_, n) => `e${n}`);
    await register.commit({ puts: [], outbox: ids.map((id) => anEntry(id)) });
    const claimed = await Promise.all(ids.map(() => work.claim(NOW)));
    expect(new Set(claimed.map((one) => one?.id))).toEqual(new Set(ids));
  });

  it('leave the same entry: it is there once, and no commit is lost', async () => {
    const { register, work } = await tables.open();
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        register.commit({ puts: [{ item: anItem(`${n}`), when: 'absent' }], outbox: [anEntry('same')] }),
      ),
    );
    expect(await allOf(register, { pk: 'P' })).toHaveLength(12);
    expect(await work.state()).toMatchObject({ waiting: 1 });
  });

  it('count up one item, each reading again where another was sooner: nothing is lost', async () => {
    const { register } = await tables.open();
    const countUp = async (): Promise<void> => {
      for (;;) {
        const held = await register.get({ pk: 'P', sk: 'count' });
        const item = anItem('count', { n: Number(held?.body['n'] ?? 0) + 1 });
        try {
          await register.commit({ puts: [{ item, when: held === null ? 'absent' : { version: held.version } }] });
          return;
        } catch (error) {
          if (!isCavendishError(error, 'conflict')) throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: 10 }, countUp));
    expect(await register.get({ pk: 'P', sk: 'count' })).toMatchObject({ version: 10, body: { n: 10 } });
  });
});

describe('requests to DynamoDB', () => {
  async function counted(ask: (table: OpenTable) => Promise<unknown>): Promise<readonly string[]> {
    const table = await tables.open();
    const commit = { puts: [{ item: anItem('a'), when: 'absent' as const }], outbox: [anEntry('e')] };
    await table.register.commit(commit);
    const names: string[] = [];
    tables.client.middlewareStack.add(
      (next, { commandName = '?' }) =>
        (args) => {
          names.push(commandName);
          return next(args);
        },
      { name: 'count', step: 'initialize' },
    );
    await ask(table);
    tables.client.middlewareStack.remove('count');
    return names;
  }
  const twice = { puts: [], outbox: [anEntry('e'), anEntry('f')] };

  it.each<[string, string[], (table: OpenTable) => Promise<unknown>]>([
    ['a read', ['GetItemCommand'], ({ register }) => register.get({ pk: 'P', sk: 'a' })],
    ['a page', ['QueryCommand'], ({ register }) => register.query({ pk: 'P' })],
    [
      'a commit, however much is in it',
      ['TransactWriteItemsCommand'],
      ({ register }) => register.commit({ puts: [], history: Array.from({ length: 50 }, (_, n) => anItem(`${n}`)) }),
    ],
    [
      'a commit that leaves work that is there already',
      ['TransactWriteItemsCommand', 'TransactWriteItemsCommand'],
      ({ register }) => register.commit(twice),
    ],
    ['taking work that a message names', ['UpdateItemCommand'], ({ work }) => work.take('e', NOW)],
    ['hearing that there is no such work', ['UpdateItemCommand'], ({ work }) => work.take('x', NOW)],
  ])('are counted: %s', async (_, expected, ask) => {
    expect(await counted(ask)).toEqual(expected);
  });

  it('are two for work from its message to its end', async () => {
    const names = await counted(async ({ work }) => {
      const taken = await work.take('e', NOW);
      if (taken.outcome === 'taken') await work.done(taken.work);
    });
    expect(names).toEqual(['UpdateItemCommand', 'UpdateItemCommand']);
  });
});
