/**
 * The data folder of a laptop home: what lies where in it, and who may.
 *
 * `home.json` makes a folder a home. A folder that holds other things and no `home.json` is left
 * alone, so that `--data .` in a project never litters it.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';

import { CavendishError } from '../../../core/errors/error.ts';
import { isLeftover, sweepLeftovers, writeDurably } from './durable-file.ts';
import { explainFile, fileErrorCode } from './file-failures.ts';
import { type Lock, takeLock } from './lock.ts';

const FORMAT = 1;
const HomeFile = z.object({ format: z.number().int().positive() });

/** What file systems and desktops put into folders that are empty to their owners. */
const NOBODYS = new Set(['lost+found', '.DS_Store']);

export interface HomePaths {
  /** The SQLite file of the register and the outbox. */
  readonly register: string;
  /** The folder of the evidence store. */
  readonly evidence: string;
  /** The folder of the embedded registry. */
  readonly registry: string;
  /** The folder of the inbox. */
  readonly inbox: string;
  /** The folder of what is being fetched of feeds. */
  readonly downloads: string;
}

export interface Home {
  /** Absolute. */
  readonly folder: string;
  readonly paths: HomePaths;
  /** Says to others where it can be reached, the registry's address first. Only where it was opened exclusively. */
  announce(addresses: readonly string[]): Promise<void>;
  /** Lets go of the lock, if it was taken. */
  close(): Promise<void>;
}

export type HomeOptions =
  /** For `up`: the only one of its kind, from that instant on. */
  | { readonly exclusive: true; readonly since: Date }
  /** For commands beside it. */
  | {
      readonly exclusive: false;
      /** @default true - makes the folder where there is none */
      readonly create?: boolean;
    };

function otherThings(folder: string, what: string): CavendishError {
  return new CavendishError('wrong-use', `${folder} ${what}, so Cavendish keeps nothing there`, {
    next: 'Name a folder with --data that is new, empty, or made by Cavendish.',
  });
}

async function namesIn(folder: string): Promise<readonly string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'ENOENT') return null;
    if (code === 'ENOTDIR') throw otherThings(folder, 'is, or lies below, a file');
    throw explainFile(error, folder);
  }
}

async function readFormat(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw explainFile(error, file);
  });
  const damaged = (cause: unknown): CavendishError =>
    new CavendishError('integrity-failed', `${file} is damaged`, {
      next: 'Put back a copy of the data folder, or name another folder with --data.',
      cause,
    });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw damaged(cause);
  }
  const read = HomeFile.safeParse(content);
  if (!read.success) throw damaged(read.error);
  if (read.data.format > FORMAT) {
    throw new CavendishError('unsupported', `${file} was written by a newer Cavendish (format ${read.data.format})`, {
      next: 'Update Cavendish, or name another folder with --data.',
    });
  }
}

async function makeHome(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw explainFile(error, folder);
  }
  // What is in here names the holes of what an organisation runs: it does not belong into version control.
  await writeDurably(join(folder, '.gitignore'), Buffer.from('*\n'));
  await writeDurably(join(folder, 'home.json'), Buffer.from(`${JSON.stringify({ format: FORMAT })}\n`));
}

/**
 * Opens a data folder, and makes it where it is not there or empty.
 *
 * @throws CavendishError `already-running` where it is opened exclusively and another process holds it,
 *   `not-found` where it is not there and is not to be made, `wrong-use` where the folder is not a home
 *   and holds other things, `unsupported` where a newer Cavendish made it, `integrity-failed`,
 *   `storage-full`, `unavailable`
 */
export async function openHome(path: string, options: HomeOptions): Promise<Home> {
  const folder = resolve(path);
  const names = await namesIn(folder);
  if (names?.includes('home.json') === true) await readFormat(join(folder, 'home.json'));
  else if (!options.exclusive && options.create === false) {
    throw new CavendishError('not-found', `there is no Cavendish data in ${folder}`, {
      next: 'Start one there with `cavendish up`, or name another folder with --data.',
    });
  } else {
    const others = names?.filter((name) => !NOBODYS.has(name) && name !== '.gitignore' && !isLeftover(name)) ?? [];
    if (others.length > 0) throw otherThings(folder, 'is not empty and was not made by Cavendish');
    await makeHome(folder);
  }

  const lock: Lock | null = options.exclusive ? await takeLock(folder, options.since) : null;
  if (lock !== null) await sweepLeftovers(folder);
  return {
    folder,
    paths: {
      register: join(folder, 'register.sqlite'),
      evidence: join(folder, 'evidence'),
      registry: join(folder, 'registry'),
      inbox: join(folder, 'inbox'),
      downloads: join(folder, 'downloads'),
    },
    async announce(addresses) {
      await lock?.announce(addresses);
    },
    async close() {
      await lock?.release();
    },
  };
}
