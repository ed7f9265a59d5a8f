import { open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { explain } from '../../../../lib/adapters/local/store/failures.ts';
import { openLocalStore } from '../../../../lib/adapters/local/store/local-store.ts';
import { allOf, anItem, anItemOf } from '../../../contracts/register-store/fixture.ts';
import { canMakeSmallDisk, onSmallDisk } from '../../../support/small-disk.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

describe('a local store', () => {
  let folder: TemporaryFolder;
  let file: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    file = join(folder.path, 'register.sqlite');
  });
  afterEach(() => folder.remove());

  function thrownBy(work: () => unknown): unknown {
    try {
      return work();
    } catch (error) {
      return error;
    }
  }

  async function overwrite(place: number, bytes: Uint8Array): Promise<void> {
    const handle = await open(file, 'r+');
    await handle.write(bytes, 0, bytes.length, place);
    await handle.close();
  }

  it('keeps what it has when it is closed and opened again', async () => {
    const before = openLocalStore(file);
    await before.register.commit({ puts: [{ item: anItem('a', { n: 1 }), when: 'absent' }] });
    before.close();
    const { register, close } = openLocalStore(file);
    expect(await register.get({ pk: 'P', sk: 'a' })).toMatchObject({ body: { n: 1 } });
    close();
  });

  it('goes on with a file of the first format, and the work in it', async () => {
    const first = openLocalStore(file);
    await first.register.commit({ puts: [], outbox: [{ id: 'a', type: 'a', body: {} }] });
    first.close();
    const db = new DatabaseSync(file);
    db.exec('ALTER TABLE outbox DROP COLUMN lapsed; PRAGMA user_version = 1');
    db.close();
    const { work, close } = openLocalStore(file);
    expect(await work.claim(new Date())).toMatchObject({ id: 'a', attempt: 1, lapsed: 0 });
    close();
  });

  it('refuses a file that a newer Cavendish wrote', () => {
    openLocalStore(file).close();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(thrownBy(() => openLocalStore(file))).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('format 99'),
      next: expect.stringContaining('Update Cavendish'),
    });
  });

  it("refuses another program's file, and leaves it as it is", () => {
    const db = new DatabaseSync(file);
    db.exec('CREATE TABLE theirs (a); PRAGMA user_version = 1');
    expect(thrownBy(() => openLocalStore(file))).toMatchObject({ code: 'bad-input' });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
    expect(db.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{ name: 'theirs' }]);
    db.close();
  });

  it.each<[string, string, () => Promise<void> | void]>([
    ['is no SQLite file', 'integrity-failed', () => writeFile(file, 'x'.repeat(5000))],
    [
      'lies in a folder that is not there',
      'unavailable',
      () => ((file = join(folder.path, 'none', 'register.sqlite')), undefined),
    ],
  ])('says so where the file %s', async (_, code, prepare) => {
    await prepare();
    expect(thrownBy(() => openLocalStore(file))).toMatchObject({ code, message: expect.stringContaining(file) });
  });

  it('says that it is damaged where a page of it is overwritten', async () => {
    const before = openLocalStore(file);
    for (const sk of ['a', 'b', 'c']) {
      await before.register.commit({ puts: [{ item: anItemOf(100_000, sk), when: 'absent' }] });
    }
    before.close();
    await overwrite(4096, new Uint8Array(4096 * 5).fill(0xff));
    const { register, close } = openLocalStore(file);
    await expect(allOf(register, { pk: 'P' })).rejects.toMatchObject({
      code: 'integrity-failed',
      next: expect.stringContaining('copy'),
    });
    close();
  });

  it('hands back errors that are none of SQLite, and those of a bug, as they are', () => {
    const bug = thrownBy(() => new DatabaseSync(':memory:').exec('SELECT nonsense'));
    for (const error of [bug, new Error('x'), { errcode: 'x' }, null, undefined, 'x']) {
      expect(explain(error, file)).toBe(error);
    }
  });

  it('says that the disk is full when SQLite says so', () => {
    const db = new DatabaseSync(':memory:');
    db.exec('PRAGMA max_page_count = 2; CREATE TABLE t (a)');
    const error = thrownBy(() => db.exec('INSERT INTO t VALUES (zeroblob(100000))'));
    expect(explain(error, file)).toMatchObject({
      code: 'storage-full',
      next: expect.stringContaining('Free some space'),
    });
  });

  (canMakeSmallDisk() ? it : it.skip)(
    'keeps what it has on a full disk, says so, and goes on when there is space',
    async () => {
      await onSmallDisk(2_500_000, async (path) => {
        const filler = join(path, 'filler');
        await writeFile(filler, new Uint8Array(1_000_000));
        const { register, work, close } = openLocalStore(join(path, 'register.sqlite'));
        const put = (sk: string): Promise<void> =>
          register.commit({
            puts: [{ item: anItemOf(200_000, sk), when: 'absent' }],
            outbox: [{ id: sk, type: 'x', body: {} }],
          });
        let written = 0;
        let error: unknown;
        while (error === undefined) {
          error = await put(`${written}`).then(
            () => void (written += 1),
            (thrown: unknown) => thrown,
          );
        }
        expect(error).toMatchObject({ code: 'storage-full' });
        expect(written).toBeGreaterThan(1);
        await expect(put('again')).rejects.toMatchObject({ code: 'storage-full' });
        expect(await allOf(register, { pk: 'P' })).toHaveLength(written);

        await rm(filler);
        await put('again');
        expect(await allOf(register, { pk: 'P' })).toHaveLength(written + 1);
        expect(await work.state()).toMatchObject({ waiting: written + 1 });
        close();
      });
    },
  );
});
