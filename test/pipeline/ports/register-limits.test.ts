import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { LIMITS, OVERHEAD, sizeCommit, sizeEntry, sizeItem } from '../../../lib/pipeline/ports/register-limits.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });

describe('the size of an item', () => {
  it.each([
    ['plain text', { pk: 'P', sk: 'a', body: {} }, 1 + 1 + 2],
    ['other scripts, in UTF-8', { pk: 'é', sk: '😀', body: { k: 'ﬀ' } }, 2 + 4 + '{"k":""}'.length + 3],
    [
      'its keys in an index',
      { pk: 'P', sk: 'a', body: {}, indexes: { board: { pk: 'BOARD', sk: 'é' } } },
      1 + 1 + 2 + 5 + 2,
    ],
    ['numbers, as they are written', { pk: 'P', sk: 'a', body: { n: 0.1, m: 1e21 } }, 2 + '{"m":1e+21,"n":0.1}'.length],
  ])('counts %s', (_, item, bytes) => {
    expect(sizeItem(item).size).toBe(bytes + OVERHEAD);
  });

  it('is never less than the bytes of what is stored', () => {
    fc.assert(
      fc.property(text, text, fc.dictionary(text, fc.jsonValue()), (pk, sk, body) => {
        const { text: stored, size } = sizeItem({ pk, sk, body });
        expect(JSON.parse(stored)).toEqual(JSON.parse(JSON.stringify(body)));
        expect(size).toBe(Buffer.byteLength(pk) + Buffer.byteLength(sk) + Buffer.byteLength(stored) + OVERHEAD);
      }),
    );
  });

  it('of an outbox entry counts its id, type and body', () => {
    expect(sizeEntry({ id: 'é', type: 'judge', body: { a: 1 } }).size).toBe(2 + 5 + '{"a":1}'.length + OVERHEAD);
  });
});

describe('the limits', () => {
  it("are DynamoDB's", () => {
    expect(LIMITS).toMatchObject({
      item: 409_600,
      page: 1_048_576,
      commit: 4_194_304,
      partitionKey: 2048,
      sortKey: 1024,
      itemsPerCommit: 100,
    });
  });

  it.each([
    [{ pk: 'P', sk: 'x'.repeat(1025), body: {} }, 'a sort key of P is 1025 bytes; the register takes 1024'],
    [{ pk: 'P', sk: 'a', body: { t: 'x'.repeat(409_600) } }, 'P a is 409866 bytes; the register takes 409600'],
  ])('are named where they are passed', (item, message) => {
    expect(() => sizeCommit({ puts: [{ item, when: 'absent' }] })).toThrow(message);
  });
});
