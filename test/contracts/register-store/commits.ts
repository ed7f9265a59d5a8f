/** What is put, on which conditions, and that it is all or nothing. */
import { describe, expect, it } from '@jest/globals';

import { isCavendishError } from '../../../lib/core/errors/error.ts';
import type { Item, Put } from '../../../lib/pipeline/ports/register-store.ts';
import { allOf, anEntry, anItem, errorWith, keysOf, NOW, type OpenRegister, UNICODE, useRegister } from './fixture.ts';

export function describeCommits(open: OpenRegister): void {
  const store = useRegister(open);

  describe('one item', () => {
    it('is absent until it is put, and comes back as it went in', async () => {
      const body = { text: 'naïve 😀 \u0000', number: -1.5e-7, none: null, list: [1, [], {}], '': { deep: true } };
      expect(await store.register.get({ pk: 'P', sk: 'a' })).toBeNull();
      await store.put({ ...anItem('a', body), indexes: { board: { pk: 'B', sk: 'x' } } });
      expect(await store.register.get({ pk: 'P', sk: 'a' })).toEqual({
        ...anItem('a', body),
        indexes: { board: { pk: 'B', sk: 'x' } },
        version: 1,
      });
    });

    it('leaves out members that are undefined, and indexes where it has none', async () => {
      await store.put(anItem('a', { here: 1, gone: undefined }));
      expect(await store.register.get({ pk: 'P', sk: 'a' })).toStrictEqual({ ...anItem('a', { here: 1 }), version: 1 });
    });

    it('is one version more with each put', async () => {
      await store.put(anItem('a', { n: 1 }));
      await store.register.commit({ puts: [{ item: anItem('a', { n: 2 }), when: { version: 1 } }] });
      await store.register.commit({ puts: [{ item: anItem('a', { n: 3 }), when: { version: 2 } }] });
      expect(await store.register.get({ pk: 'P', sk: 'a' })).toMatchObject({ version: 3, body: { n: 3 } });
    });

    it('keeps keys apart that differ in one character, whatever its length in bytes', async () => {
      const keys = UNICODE.flatMap((pk) => UNICODE.map((sk) => ({ pk, sk })));
      await store.put(...keys.slice(0, 72).map((key) => ({ ...key, body: { ...key } })));
      await store.put(...keys.slice(72).map((key) => ({ ...key, body: { ...key } })));
      for (const key of keys) expect((await store.register.get(key))?.body).toEqual(key);
      expect(keysOf(await allOf(store.register, { pk: 'é' }))).toEqual(UNICODE);
    });
  });

  describe('conditions', () => {
    it.each<[string, Item[], Put['when']]>([
      ['on absence where the item is there', [anItem('a')], 'absent'],
      ['on a version where the item is not there', [], { version: 1 }],
      ['on a version where the item has another', [anItem('a')], { version: 2 }],
      ['on version 0, which is no way to say absent', [], { version: 0 }],
    ])('refuse a put %s', async (_, held, when) => {
      await store.put(...held);
      await expect(store.register.commit({ puts: [{ item: anItem('a', { mine: true }), when }] })).rejects.toEqual(
        errorWith('conflict'),
      );
      expect((await store.register.get({ pk: 'P', sk: 'a' }))?.body).not.toEqual({ mine: true });
    });

    it('let one of two writers through that read the same version', async () => {
      await store.put(anItem('a', { n: 0 }));
      const results = await Promise.allSettled(
        [1, 2, 3, 4].map((n) => store.register.commit({ puts: [{ item: anItem('a', { n }), when: { version: 1 } }] })),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await store.register.get({ pk: 'P', sk: 'a' }))?.version).toBe(2);
    });
  });

  describe('a commit', () => {
    it('puts all: items, history, outbox', async () => {
      await store.register.commit({
        puts: [{ item: anItem('a'), when: 'absent' }],
        history: [anItem('h')],
        outbox: [anEntry('e')],
      });
      expect(keysOf(await allOf(store.register, { pk: 'P' }))).toEqual(['a', 'h']);
      expect(await store.work.claim(NOW)).toMatchObject({ id: 'e', type: 'judge', body: { of: 'e' } });
    });

    it('puts nothing where one condition does not hold, wherever that is', async () => {
      await store.put(anItem('c'));
      const places = [
        ['c', 'd', 'e'],
        ['d', 'c', 'e'],
        ['d', 'e', 'c'],
      ];
      for (const names of places) {
        const commit = {
          puts: names.map((sk) => ({ item: anItem(sk), when: 'absent' as const })),
          history: [anItem('h')],
          outbox: [anEntry('e')],
        };
        await expect(store.register.commit(commit)).rejects.toEqual(errorWith('conflict'));
      }
      expect(keysOf(await allOf(store.register, { pk: 'P' }))).toEqual(['c']);
      expect(await store.work.claim(NOW)).toBeNull();
    });

    it('does nothing where it is empty', async () => {
      await expect(store.register.commit({ puts: [] })).resolves.toBeUndefined();
    });

    it('leaves history as it is that is there and says the same', async () => {
      const history = [{ ...anItem('h', { b: 1, a: [2] }), indexes: { board: { pk: 'B', sk: 's' } } }];
      await store.register.commit({ puts: [], history });
      await store.register.commit({ puts: [], history: [{ ...history[0]!, body: { a: [2], b: 1 } }, anItem('i')] });
      expect(await allOf(store.register, { pk: 'P' })).toEqual([
        { ...history[0], version: 1 },
        { ...anItem('i'), version: 1 },
      ]);
    });

    it.each<[string, Item]>([
      ['another body', { ...anItem('h', { n: 2 }), indexes: { board: { pk: 'B', sk: 's' } } }],
      ['another place in an index', { ...anItem('h', { n: 1 }), indexes: { board: { pk: 'B', sk: 't' } } }],
      ['no place in an index', anItem('h', { n: 1 })],
    ])('refuses history that is there with %s', async (_, other) => {
      await store.register.commit({
        puts: [],
        history: [{ ...anItem('h', { n: 1 }), indexes: { board: { pk: 'B', sk: 's' } } }],
      });
      await expect(
        store.register.commit({ puts: [{ item: anItem('a'), when: 'absent' }], history: [other] }),
      ).rejects.toEqual(errorWith('conflict'));
      expect(await store.register.get({ pk: 'P', sk: 'a' })).toBeNull();
    });

    it('puts an outbox entry once, also after it was done', async () => {
      const commit = { puts: [], outbox: [anEntry('e')] };
      await store.register.commit(commit);
      await store.register.commit(commit);
      expect(await store.work.state()).toMatchObject({ waiting: 1 });
      const work = await store.work.claim(NOW);
      await store.register.commit(commit);
      await store.work.done(work!);
      await store.register.commit({ ...commit, history: [anItem('h')] });
      expect(await store.work.state()).toMatchObject({ waiting: 0 });
      expect(await store.work.claim(new Date(NOW.getTime() + 1e9))).toBeNull();
      expect(await store.register.get({ pk: 'P', sk: 'h' })).not.toBeNull();
    });
  });

  it('throws errors that say what happened', async () => {
    await store.put(anItem('a'));
    const error: unknown = await store.put(anItem('a')).catch((thrown: unknown) => thrown);
    expect(isCavendishError(error, 'conflict') && error.message).toContain('P a');
  });
}
