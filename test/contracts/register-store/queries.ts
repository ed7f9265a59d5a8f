/** Ranges, order and pages of the table. */
import { beforeEach, describe, expect, it } from '@jest/globals';

import { LIMITS } from '../../../lib/pipeline/ports/register-limits.ts';
import type { Query } from '../../../lib/pipeline/ports/register-store.ts';
import { allOf, anItem, anItemOf, errorWith, keysOf, type OpenRegister, useRegister } from './fixture.ts';

/** @param lacks - cases that the part behind the store is known to get wrong */
export function describeQueries(open: OpenRegister, lacks: readonly string[] = []): void {
  const store = useRegister(open);

  describe('a query', () => {
    const names = ['A', 'B#1', 'B#2', 'B#2#x', 'B#\u{10ffff}', 'B#\u{10ffff}!', 'B$', 'C', 'é', '\uffff', '😀'];

    beforeEach(() => store.put(...[...names].reverse().map((sk) => anItem(sk)), anItem('B#1', {}, 'Q')));

    const cases: [string, Partial<Query>, string[]][] = [
      ['a whole partition, in the order of UTF-8 bytes', {}, names],
      ['what begins so', { beginsWith: 'B#' }, ['B#1', 'B#2', 'B#2#x', 'B#\u{10ffff}', 'B#\u{10ffff}!']],
      ['what begins with the last character of all', { beginsWith: 'B#\u{10ffff}' }, ['B#\u{10ffff}', 'B#\u{10ffff}!']],
      ['what begins with an astral character', { beginsWith: '😀' }, ['😀']],
      ['what begins before the surrogates', { beginsWith: '\ud7ff' }, []],
      ['both ends of a range', { between: ['B#2', 'B$'] }, ['B#2', 'B#2#x', 'B#\u{10ffff}', 'B#\u{10ffff}!', 'B$']],
      ['a range of one', { between: ['C', 'C'] }, ['C']],
      ['a range across planes', { between: ['\ue000', '\u{10ffff}'] }, ['\uffff', '😀']],
      ['a range with nothing in it', { between: ['D', 'E'] }, []],
      ['a partition with nothing in it', { pk: 'NONE' }, []],
    ];
    it.each(cases.filter(([name]) => !lacks.includes(name)))('answers %s', async (_, query, expected) => {
      const asked = { pk: 'P', ...query };
      expect(keysOf(await allOf(store.register, asked))).toEqual(expected);
      expect(keysOf(await allOf(store.register, { ...asked, order: 'descending' }))).toEqual([...expected].reverse());
      expect(keysOf(await allOf(store.register, { ...asked, limit: 1 }))).toEqual(expected);
      expect(keysOf(await allOf(store.register, { ...asked, limit: 2, order: 'descending' }))).toEqual(
        [...expected].reverse(),
      );
    });

    it('gives no more than was asked for, and says that there is more', async () => {
      const page = await store.register.query({ pk: 'P', limit: 3 });
      expect(keysOf([...page.items])).toEqual(names.slice(0, 3));
      expect(page.next).not.toBeNull();
    });

    it('goes on behind an item that has changed since, and shows what came after it', async () => {
      const { next } = await store.register.query({ pk: 'P', limit: 2 });
      await store.register.commit({
        puts: [
          { item: anItem('B#1', { changed: true }), when: { version: 1 } },
          { item: anItem('B#10'), when: 'absent' },
          { item: anItem('AA'), when: 'absent' },
        ],
      });
      expect(keysOf(await allOf(store.register, { pk: 'P', after: next! })).slice(0, 2)).toEqual(['B#10', 'B#2']);
    });

    it.each<[string, Query]>([
      ['an empty prefix', { pk: 'P', beginsWith: '' }],
      ['an empty partition key', { pk: '' }],
      ['an empty end of a range', { pk: 'P', between: ['', 'a'] }],
      ['a range upside down', { pk: 'P', between: ['\u{10000}', '\uffff'] }],
      ['a prefix and a range', { pk: 'P', beginsWith: 'B', between: ['A', 'C'] }],
      ['a limit of none', { pk: 'P', limit: 0 }],
      ['half an item', { pk: 'P', limit: 1.5 }],
      ['what comes after nonsense', { pk: 'P', after: 'nonsense' }],
      ['what comes after JSON that is no place', { pk: 'P', after: Buffer.from('{}').toString('base64url') }],
    ])('refuses %s', async (_, query) => {
      await expect(store.register.query(query)).rejects.toEqual(errorWith('bad-input'));
    });

    it.each<Partial<Query>>([
      { between: ['é', '😀'] },
      { between: ['A', 'B'], order: 'descending' },
      { beginsWith: 'B$' },
      { beginsWith: 'A', order: 'descending' },
    ])('refuses to go on from a page of another range in %j', async (other) => {
      const { next } = await store.register.query({ pk: 'P', beginsWith: 'B#', limit: 1 });
      await expect(store.register.query({ pk: 'P', ...other, after: next! })).rejects.toEqual(errorWith('bad-input'));
    });

    it('refuses to go on from a page of another partition or index', async () => {
      const { next } = await store.register.query({ pk: 'P', limit: 1 });
      await expect(store.register.query({ pk: 'Q', after: next! })).rejects.toEqual(errorWith('bad-input'));
      await expect(store.register.query({ pk: 'P', index: 'board', after: next! })).rejects.toEqual(
        errorWith('bad-input'),
      );
    });
  });

  it('ends a page at 1 MB', async () => {
    const third = Math.floor(LIMITS.page / 3);
    const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((sk) => anItemOf(third, sk));
    await store.put(...items);
    const page = await store.register.query({ pk: 'P' });
    // DynamoDB ends a page with the item that passes the limit, SQLite before it.
    expect(page.items.length).toBeLessThanOrEqual(4);
    expect(page.items.length).toBeGreaterThanOrEqual(2);
    expect(keysOf(await allOf(store.register, { pk: 'P' }))).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });
}
