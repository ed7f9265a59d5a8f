import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Home, type HomeOptions, openHome } from '../../../../lib/adapters/local/home/home.ts';
import { holderOf } from '../../../../lib/adapters/local/home/lock.ts';
import { type Child, startChild } from '../../../support/child.ts';
import { canMakeSmallDisk, onSmallDisk } from '../../../support/small-disk.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

const NOW = new Date('2026-11-23T00:00:00Z');
const UP: HomeOptions = { exclusive: true, since: NOW };
const COMMAND: HomeOptions = { exclusive: false };
const HOLD = join(import.meta.dirname, 'processes', 'hold.ts');

describe('a home', () => {
  let temporary: TemporaryFolder;
  let folder: string;
  const opened: Home[] = [];

  beforeEach(async () => {
    temporary = await temporaryFolder();
    folder = join(temporary.path, 'project', '.cavendish');
  });
  afterEach(async () => {
    for (const home of opened.splice(0)) await home.close();
    await temporary.remove();
  });

  async function open(options: HomeOptions, path = folder): Promise<Home> {
    const home = await openHome(path, options);
    opened.push(home);
    return home;
  }

  describe('is made', () => {
    it.each([UP, COMMAND])('where there is none, for its owner alone (%j)', async (options) => {
      const { folder: made } = await open(options);
      expect(made).toBe(folder);
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      expect(JSON.parse(await readFile(join(folder, 'home.json'), 'utf8'))).toEqual({ format: 1 });
      expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    });

    it.each([
      ['is empty', []],
      ['is an empty volume', ['lost+found']],
      ['was being made when its process was killed', ['.gitignore', '.home.json.1-0123456789abcdef.tmp']],
    ])('in a folder that %s', async (_, names) => {
      await mkdir(folder, { recursive: true });
      for (const name of names) await writeFile(join(folder, name), '');
      await open(UP);
      await open(COMMAND);
      expect(await readdir(folder)).toContain('home.json');
    });

    it('by two at the same time', async () => {
      await Promise.all([open(COMMAND), open(COMMAND), open(UP)]);
      expect((await readdir(folder)).sort()).toEqual(['.gitignore', 'home.json', 'up.json', 'up.lock']);
    });
  });

  describe('is refused', () => {
    it.each([UP, COMMAND])('in a folder that holds other things, which stays as it is (%j)', async (options) => {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'package.json'), '{}');
      await expect(openHome(folder, options)).rejects.toMatchObject({
        code: 'wrong-use',
        message: expect.stringContaining(folder),
        next: expect.stringContaining('--data'),
      });
      expect(await readdir(folder)).toEqual(['package.json']);
    });

    it('where there is a file, or a file on the way', async () => {
      await mkdir(dirname(folder), { recursive: true });
      await writeFile(folder, '');
      await expect(openHome(folder, UP)).rejects.toMatchObject({ code: 'wrong-use' });
      await expect(openHome(join(folder, 'deeper'), UP)).rejects.toMatchObject({ code: 'wrong-use' });
    });

    it('where a command needs one that is there, and there is none', async () => {
      const options = { exclusive: false, create: false } as const;
      await expect(openHome(folder, options)).rejects.toMatchObject({ code: 'not-found' });
      await mkdir(folder, { recursive: true });
      await expect(openHome(folder, options)).rejects.toMatchObject({ code: 'not-found' });
      expect(await readdir(folder)).toEqual([]);
      await open(COMMAND);
      await expect(open(options)).resolves.toMatchObject({ folder });
    });

    it.each([
      ['a newer Cavendish made it', '{"format":2}', 'unsupported'],
      ['home.json is cut short', '{"form', 'integrity-failed'],
      ['home.json is empty', '', 'integrity-failed'],
      ['home.json says nothing', '{}', 'integrity-failed'],
    ])('where %s', async (_, content, code) => {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'home.json'), content);
      await expect(openHome(folder, UP)).rejects.toMatchObject({ code, next: expect.any(String) });
    });

    (canMakeSmallDisk() ? it : it.skip)('on a full disk, with nothing of it left', async () => {
      await onSmallDisk(4096 * 4, async (disk) => {
        const path = join(disk, 'home');
        await mkdir(path);
        await writeFile(join(disk, 'filler'), new Uint8Array(4096 * 4)).catch(() => undefined);
        await expect(openHome(path, UP)).rejects.toMatchObject({ code: 'storage-full' });
        expect(await readdir(path)).toEqual([]);
      });
    });
  });

  describe('is locked', () => {
    let child: Child;

    async function heldByChild(): Promise<void> {
      child = startChild(HOLD, [folder]);
      await child.says('held');
    }
    afterEach(async () => {
      child.kill('SIGKILL');
      await child.ended();
    });

    it('by one process: the next is told who it is and where, and commands work beside it', async () => {
      await heldByChild();
      await expect(openHome(folder, UP)).rejects.toMatchObject({
        code: 'already-running',
        message: `${folder} is in use by process ${child.pid}, at http://127.0.0.1:5000, http://127.0.0.1:5001, since 2026-11-23T00:00:00.000Z`,
        next: expect.stringContaining('--data'),
      });
      await expect(open(COMMAND)).resolves.toMatchObject({ folder });
      expect(await holderOf(folder)).toEqual({
        pid: child.pid,
        since: '2026-11-23T00:00:00.000Z',
        addresses: ['http://127.0.0.1:5000', 'http://127.0.0.1:5001'],
      });
    });

    it.each(['SIGKILL', 'SIGTERM'] as const)('until that is ended by %s, and free at once', async (signal) => {
      await heldByChild();
      child.kill(signal);
      await child.ended();
      expect(await holderOf(folder)).toBeNull();
      const home = await open(UP);
      await home.announce(['http://127.0.0.1:1']);
      expect(await holderOf(folder)).toEqual({
        pid: process.pid,
        since: NOW.toISOString(),
        addresses: ['http://127.0.0.1:1'],
      });
    });

    it.each([
      ['gone', null],
      ['cut short', '{"pi'],
      ['nonsense', '{"pid":"x"}'],
    ])('also when the note of who holds it is %s', async (_, note) => {
      await heldByChild();
      const file = join(folder, 'up.json');
      await (note === null ? rm(file) : writeFile(file, note));
      await expect(openHome(folder, UP)).rejects.toMatchObject({
        code: 'already-running',
        message: `${folder} is in use by another process`,
      });
    });

    it('by no more than one of several that start at once', async () => {
      const children = Array.from({ length: 4 }, () => startChild(HOLD, [folder]));
      child = await Promise.any(children.map((each) => each.says('held').then(() => each)));
      const others = children.filter((each) => each !== child);
      for (const each of others) {
        const { code, errors } = await each.ended();
        expect(code).toBe(1);
        expect(errors).toContain("code: 'already-running'");
      }
    });
  });

  it('is locked within one process too, and free when it is closed', async () => {
    const home = await open(UP);
    await expect(openHome(folder, UP)).rejects.toMatchObject({ code: 'already-running' });
    // Looking who holds it must not end the lock.
    expect(await holderOf(folder)).toMatchObject({ pid: process.pid });
    await expect(openHome(folder, UP)).rejects.toMatchObject({ code: 'already-running' });
    await home.close();
    await home.close();
    expect(await readdir(folder)).not.toContain('up.json');
    await open(UP);
  });

  it('has nobody in it where there is none, and where nobody ever was', async () => {
    expect(await holderOf(folder)).toBeNull();
    await open(COMMAND);
    expect(await holderOf(folder)).toBeNull();
  });

  it('loses what killed processes left unfinished when it is locked, and keeps what a living one writes', async () => {
    await open(COMMAND);
    const dead = startChild(HOLD, ['/dev/null/none']);
    await dead.ended();
    const mine = `.x.${process.pid}-0123456789abcdef.tmp`;
    for (const name of [mine, `.x.${dead.pid}-0123456789abcdef.tmp`]) await writeFile(join(folder, name), '');
    await open(UP);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([mine]);
  });
});
