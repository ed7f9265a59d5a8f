/** DynamoDB's limits, at the bound and just past it. */
import { describe, expect, it } from '@jest/globals';

import { LIMITS } from '../../../lib/pipeline/ports/register-limits.ts';
import type { Item, OutboxEntry } from '../../../lib/pipeline/ports/register-store.ts';
import { anEntry, anItem, anItemOf, errorWith, type OpenRegister, useRegister } from './fixture.ts';

export function describeLimits(open: OpenRegister): void {
  const store = useRegister(open);

  describe('limits', () => {
    const many = (count: number): Item[] => Array.from({ length: count }, (_, n) => anItem(String(n)));
    const keyed = (pk: string, sk: string): Item => ({ pk, sk, body: {} });

    it.each<[string, () => Item[]]>([
      ['an item of 400 KB', () => [anItemOf(LIMITS.item, 'a')]],
      ['100 items', () => many(100)],
      [
        '4 MB',
        () =>
          [...Array(10).keys()]
            .map((n) => anItemOf(LIMITS.item, `${n}`))
            .concat(anItemOf(LIMITS.commit - 10 * LIMITS.item, 'z')),
      ],
      ['a partition key of 2048 bytes', () => [keyed('é'.repeat(1024), 'a')]],
      ['a sort key of 1024 bytes', () => [keyed('P', '😀'.repeat(256))]],
      [
        'an index key as long as that',
        () => [{ ...anItem('a'), indexes: { board: { pk: 'é'.repeat(1024), sk: '😀'.repeat(256) } } }],
      ],
    ])('take %s', async (_, items) => {
      await store.put(...items());
      for (const { pk, sk, body } of items()) expect((await store.register.get({ pk, sk }))?.body).toEqual(body);
    });

    it.each<[string, () => Item[]]>([
      ['an item over 400 KB', () => [anItemOf(LIMITS.item + 1, 'a')]],
      ['101 items', () => many(101)],
      [
        'more than 4 MB',
        () =>
          [...Array(10).keys()]
            .map((n) => anItemOf(LIMITS.item, `${n}`))
            .concat(anItemOf(LIMITS.commit - 10 * LIMITS.item + 1, 'z')),
      ],
      ['the same key twice', () => [anItem('a'), anItem('a', { other: true })]],
      ['a partition key over 2048 bytes', () => [keyed(`${'é'.repeat(1024)}x`, 'a')]],
      ['a sort key over 1024 bytes', () => [keyed('P', `${'😀'.repeat(256)}x`)]],
      [
        'an index key that is longer',
        () => [{ ...anItem('a'), indexes: { board: { pk: 'B', sk: 'x'.repeat(1025) } } }],
      ],
    ])('refuse %s', async (_, items) => {
      await expect(store.put(...items())).rejects.toEqual(errorWith('limit-exceeded'));
      expect((await store.register.query({ pk: 'P' })).items).toEqual([]);
    });

    it.each<[string, Item]>([
      ['an empty partition key', keyed('', 'a')],
      ['an empty sort key', keyed('P', '')],
      ['an empty index key', { ...anItem('a'), indexes: { board: { pk: 'B', sk: '' } } }],
      ['a key with half a character', keyed('P', 'a\ud800')],
      ['a body that is not JSON', anItem('a', { n: NaN })],
      ['a body with half a character', anItem('a', { text: '\udc00' })],
    ])('refuse %s as bad input', async (_, item) => {
      await expect(store.put(item)).rejects.toEqual(errorWith('bad-input'));
      expect((await store.register.query({ pk: 'P' })).items).toEqual([]);
    });

    it('count history and outbox with the items', async () => {
      const commit = (outbox: number) => ({
        puts: many(40).map((item) => ({ item, when: 'absent' as const })),
        history: Array.from({ length: 40 }, (_, n) => anItem(`h${n}`)),
        outbox: Array.from({ length: outbox }, (_, n) => anEntry(`e${n}`)),
      });
      await expect(store.register.commit(commit(21))).rejects.toEqual(errorWith('limit-exceeded'));
      await store.register.commit(commit(20));
      expect(await store.work.state()).toMatchObject({ waiting: 20 });
    });

    it('refuse a key that is both put and history, and an outbox entry twice', async () => {
      const twice = { puts: [{ item: anItem('a'), when: 'absent' as const }], history: [anItem('a')] };
      await expect(store.register.commit(twice)).rejects.toEqual(errorWith('limit-exceeded'));
      await expect(store.register.commit({ puts: [], outbox: [anEntry('e'), anEntry('e')] })).rejects.toEqual(
        errorWith('limit-exceeded'),
      );
    });

    it.each<[string, OutboxEntry, string]>([
      ['a body over 400 KB', { ...anEntry('e'), body: { text: 'x'.repeat(LIMITS.item) } }, 'limit-exceeded'],
      ['an id over 1024 bytes', anEntry('x'.repeat(1025)), 'limit-exceeded'],
      ['an empty id', anEntry(''), 'bad-input'],
      ['an empty type', anEntry('e', ''), 'bad-input'],
    ])('refuse an outbox entry with %s', async (_, entry, expected) => {
      await expect(store.register.commit({ puts: [], outbox: [entry] })).rejects.toEqual(errorWith(expected));
    });
  });
}
