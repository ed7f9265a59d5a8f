import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import type { Caller } from '../../../lib/core/people/caller.ts';
import { OPERATIONS } from '../../../lib/pipeline/operations/all.ts';
import { everyRow } from '../../../lib/pipeline/operations/every-row.ts';
import { operation, type OperationContext } from '../../../lib/pipeline/operations/operation.ts';
import { pageOf } from '../../../lib/pipeline/operations/page.ts';
import { callable, runOperation } from '../../../lib/pipeline/operations/run-operation.ts';

const NOBODY: Caller = { principal: 'arn:aws:iam::111122223333:role/x', person: null, roles: [], enforced: true };
const ADA: Caller = { ...NOBODY, person: 'Ada Lovelace', roles: ['auditor'] };

/** Operations here touch nothing but the caller. */
function as(caller: Caller): OperationContext {
  return { caller, at: '2026-11-25T00:00:00.000Z' } as OperationContext;
}

const shout = operation({
  name: 'images',
  changes: false,
  input: z.strictObject({ word: z.string().max(5) }),
  run: ({ word }, { caller }) => Promise.resolve({ shouted: word.toUpperCase(), by: caller.person }),
});

describe('an operation', () => {
  it('runs for who may, with what the schema read', async () => {
    expect(await runOperation(shout, { word: 'go' }, as(ADA))).toEqual({ shouted: 'GO', by: 'Ada Lovelace' });
    expect(await callable(shout).call({ word: 'go' }, as(ADA))).toEqual({ shouted: 'GO', by: 'Ada Lovelace' });
  });

  it.each([
    [{}, 'word: '],
    [{ word: 'longer' }, 'word: '],
    [{ word: 'go', more: 1 }, '"more"'],
    [null, 'the input of images is not right'],
    [[], 'the input of images is not right'],
  ])('refuses %j, and says where', async (given, words) => {
    await expect(runOperation(shout, given, as(ADA))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(words),
    });
  });

  it('is refused to whom nobody knows, who is told what to do', async () => {
    await expect(runOperation(shout, { word: 'go' }, as(NOBODY))).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('arn:aws:iam::111122223333:role/x'),
      next: expect.stringContaining('"people"'),
    });
    await expect(runOperation(shout, { word: 'go' }, as({ ...ADA, roles: [] }))).rejects.toMatchObject({
      message: 'Ada Lovelace (arn:aws:iam::111122223333:role/x) may not do this (images)',
    });
  });

  it('that only reads is for everybody on a laptop; one that changes is not', async () => {
    const laptop = { ...NOBODY, enforced: false };
    await expect(runOperation(shout, { word: 'go' }, as(laptop))).resolves.toMatchObject({ shouted: 'GO' });
    await expect(runOperation({ ...shout, changes: true }, { word: 'go' }, as(laptop))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('answers who the caller is', async () => {
    expect(await OPERATIONS.whoami.call({}, as(ADA))).toMatchObject({
      person: 'Ada Lovelace',
      may: expect.arrayContaining(['images', 'whoami']),
    });
    const asks = ['exception/apply', 'exception/import', 'exception/request', 'exception/withdraw', 'whoami'];
    expect(await OPERATIONS.whoami.call({}, as(NOBODY))).toMatchObject({ person: null, may: asks });
  });
});

describe('pages', () => {
  const all = ['c', 'a', 'e', 'b', 'd'];
  const keyOf = (row: string): string => row;

  it.each([1, 2, 4, 5, 6])('of %d hold every row once, in order', async (limit) => {
    const asked: (string | null)[] = [];
    const rows = await everyRow(({ after }) => {
      asked.push(after);
      return Promise.resolve(pageOf(all, keyOf, { limit, after }));
    });
    expect(rows).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(asked).toHaveLength(Math.ceil(5 / limit));
  });

  it('go on where they ended, whatever came and went', () => {
    const { next } = pageOf(all, keyOf, { limit: 2, after: null });
    expect(pageOf(['a', 'bb', 'd', 'e'], keyOf, { limit: 2, after: next })).toEqual({ rows: ['bb', 'd'], next: 'd' });
  });
});
