/** What an index shows once it has caught up. */
import { describe, expect, it } from '@jest/globals';

import type { Item } from '../../../lib/pipeline/ports/register-store.ts';
import { allOf, anItem, keysOf, type OpenRegister, useRegister } from './fixture.ts';

export function describeIndexes(open: OpenRegister): void {
  const store = useRegister(open);

  describe('an index', () => {
    const listed = (pk: string, sk: string, board: string, body = {}): Item => ({
      ...anItem(sk, body, pk),
      indexes: { board: { pk: 'BOARD', sk: board } },
    });

    it('lists items of several partitions by its own keys, and only those that have any', async () => {
      await store.put(listed('P', '1', 'c'), listed('Q', '2', 'a'), listed('R', '3', 'b'), anItem('4'));
      await store.settle();
      expect(await allOf(store.register, { pk: 'BOARD', index: 'board' })).toEqual([
        { ...listed('Q', '2', 'a'), version: 1 },
        { ...listed('R', '3', 'b'), version: 1 },
        { ...listed('P', '1', 'c'), version: 1 },
      ]);
      expect(keysOf(await allOf(store.register, { pk: 'BOARD', index: 'board', beginsWith: 'b' }))).toEqual(['3']);
      expect(keysOf(await allOf(store.register, { pk: 'BOARD', index: 'board', between: ['b', 'c'] }))).toEqual([
        '3',
        '1',
      ]);
      expect(await allOf(store.register, { pk: 'BOARD' })).toEqual([]);
    });

    it('pages through items that share one key of it', async () => {
      const items = ['P', 'Q', 'R'].flatMap((pk) => ['1', '2', '3'].map((sk) => listed(pk, sk, 'same')));
      await store.put(...items);
      await store.settle();
      for (const order of ['ascending', 'descending'] as const) {
        const found = await allOf(store.register, { pk: 'BOARD', index: 'board', limit: 2, order });
        expect(found.map(({ pk, sk }) => pk + sk).sort()).toEqual(items.map(({ pk, sk }) => pk + sk));
      }
    });

    it('follows an item that moves, and forgets one that leaves', async () => {
      await store.put(listed('P', '1', 'a'), listed('P', '2', 'b'));
      await store.register.commit({
        puts: [
          { item: listed('P', '1', 'z', { moved: true }), when: { version: 1 } },
          { item: anItem('2'), when: { version: 1 } },
        ],
      });
      await store.settle();
      expect(await allOf(store.register, { pk: 'BOARD', index: 'board' })).toEqual([
        { ...listed('P', '1', 'z', { moved: true }), version: 2 },
      ]);
    });
  });
}
