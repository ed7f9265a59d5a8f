import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { createHandler } from '../../../functions/dispatch/handler.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';
import { aContext, aStreamEvent, aStreamRecord } from '../support/lambda.ts';
import { type FakeParts, fakeParts, watchLog } from '../support/parts.ts';

let parts: FakeParts;

beforeEach(() => {
  watchLog();
  parts = fakeParts();
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** A stream in which every record is an entry, but for those without a type. */
async function bring(...entries: readonly { readonly id: string; readonly type?: string }[]) {
  const handler = createHandler({
    ...parts,
    readEntry: ({ dynamodb }) => {
      const { id, type } = dynamodb?.NewImage ?? {};
      return id?.S === undefined || type?.S === undefined ? null : { id: id.S, type: type.S };
    },
  });
  const records = entries.map((entry, at) => aStreamRecord(entry, String(at)));
  return await handler(aStreamEvent(...records), aContext());
}

describe('dispatching', () => {
  it('names each entry to its worker, and passes over what is none', async () => {
    const said = await bring(
      { id: 'a', type: 'judge-placement' },
      { id: 'item' },
      { id: 'b', type: 'announce-verdict' },
    );

    expect(said).toEqual({ batchItemFailures: [] });
    expect(parts.outcomes.sent).toEqual([
      { id: 'a', type: 'judge-placement' },
      { id: 'b', type: 'announce-verdict' },
    ]);
  });

  it('has the stream bring again what was not accepted, and that alone is reported', async () => {
    parts.refused.add('b');
    const work = ['a', 'b', 'c'].map((id) => ({ id, type: 'decide-placement' }));

    expect(await bring(...work)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
    expect(parts.outcomes.sent.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('makes work that no queue carries a dead letter, and goes on', async () => {
    await bring({ id: 'a', type: 'of-next-year' }, { id: 'b', type: 'judge-placement' });

    expect(parts.outcomes.letters).toEqual([
      {
        source: 'dispatch',
        body: '{"id":"a","type":"of-next-year"}',
        cause: 'no queue carries work of the type of-next-year',
      },
    ]);
    expect(parts.outcomes.counts).toEqual({ unreadable: 1 });
    expect(parts.outcomes.sent).toEqual([{ id: 'b', type: 'judge-placement' }]);
  });

  it('fails as a whole where nothing can be sent: the stream brings all of it again', async () => {
    parts.messages.send = () => Promise.reject(new CavendishError('unavailable', 'SQS does not answer'));

    await expect(bring({ id: 'a', type: 'judge-placement' })).rejects.toMatchObject({ code: 'unavailable' });
  });
});
