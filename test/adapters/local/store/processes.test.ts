import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openLocalStore } from '../../../../lib/adapters/local/store/local-store.ts';
import { allOf, anEntry, anItem, NOW } from '../../../contracts/register-store/fixture.ts';
import { startChild } from '../../../support/child.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

const script = (name: string): string => join(import.meta.dirname, 'processes', `${name}.ts`);

describe('a local store shared by processes', () => {
  let folder: TemporaryFolder;
  let file: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    file = join(folder.path, 'register.sqlite');
  });
  afterEach(() => folder.remove());

  it('is made once by several that open it at the same time, and loses none of their writes', async () => {
    const children = Array.from({ length: 4 }, () => startChild(script('count'), [file, '25']));
    const ends = await Promise.all(children.map((child) => child.ended()));
    expect(ends).toEqual(children.map(() => ({ code: 0, errors: '' })));

    const { register, work, close } = openLocalStore(file);
    expect(await register.get({ pk: 'COUNTER', sk: 'one' })).toMatchObject({ version: 100, body: { n: 100 } });
    expect(await allOf(register, { pk: 'HISTORY' })).toHaveLength(100);
    expect(await work.state()).toMatchObject({ waiting: 100 });
    close();
  }, 30_000);

  it('gives each entry of the outbox to one of them', async () => {
    const { register, close } = openLocalStore(file);
    const ids = Array.from({ length: 90 }, (_, n) => `e${n}`);
    await register.commit({ puts: [], outbox: ids.map((id) => anEntry(id)) });
    const children = Array.from({ length: 3 }, () => startChild(script('claim'), [file, NOW.toISOString()]));
    const ends = await Promise.all(children.map((child) => child.ended()));
    expect(ends).toEqual(children.map(() => ({ code: 0, errors: '' })));
    const got = children.flatMap((child) => JSON.parse(child.output()) as string[]);
    expect([...got].sort()).toEqual([...ids].sort());
    close();
  }, 30_000);

  it('has all or nothing of each commit when its writer is killed at any moment, and all that had returned', async () => {
    let first = 0;
    for (let round = 0; round < 10; round += 1) {
      const child = startChild(script('burst'), [file, String(first)]);
      await child.says('\n');
      await wait(Math.random() * 60);
      child.kill('SIGKILL');
      await child.ended();

      const { register, work, close } = openLocalStore(file);
      const [a, b, history] = await Promise.all(
        ['A', 'B', 'HISTORY'].map(async (pk) => (await allOf(register, { pk })).map(({ sk }) => Number(sk))),
      );
      const numbers = (a ?? []).sort((x, y) => x - y);
      expect(b?.sort((x, y) => x - y)).toEqual(numbers);
      expect(history?.sort((x, y) => x - y)).toEqual(numbers);
      expect((await work.state()).waiting).toBe(numbers.length);
      expect(numbers).toEqual(numbers.map((_, place) => place));
      const returned = Number(child.output().trimEnd().split('\n').at(-1));
      expect(numbers.at(-1)).toBeGreaterThanOrEqual(returned);
      first = numbers.length;
      close();
    }
    expect(first).toBeGreaterThan(20);
  }, 60_000);

  it('takes up at once what a killed process had claimed, when the next one lets go of its claims', async () => {
    const dead = openLocalStore(file);
    await dead.register.commit({ puts: [], outbox: [anEntry('a'), anEntry('b')] });
    await dead.work.claim(NOW);
    // The handle is not closed and nothing is said: as if its process had been killed.
    const { work, releaseClaims, close } = openLocalStore(file);
    const own = await work.claim(NOW);
    expect(own?.id).toBe('b');
    expect(await work.claim(NOW)).toBeNull();
    expect(releaseClaims()).toBe(1);
    expect(await work.claim(NOW)).toMatchObject({ id: 'a', attempt: 2, lapsed: 0, at: NOW.toISOString() });
    expect(await work.claim(NOW)).toBeNull();
    close();
    dead.close();
  });

  it('says who is in the way when another writes for too long, and changes nothing', async () => {
    const { register, work, close } = openLocalStore(file, { busyTimeout: 50 });
    await register.commit({ puts: [], outbox: [anEntry('a')] });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    const put = register.commit({ puts: [{ item: anItem('a'), when: 'absent' }] });
    await expect(put).rejects.toMatchObject({ code: 'unavailable', next: expect.stringContaining('Try again') });
    await expect(work.claim(NOW)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await register.get({ pk: 'P', sk: 'a' })).toBeNull();
    other.exec('ROLLBACK');
    other.close();
    await register.commit({ puts: [{ item: anItem('a'), when: 'absent' }] });
    close();
  });
});
