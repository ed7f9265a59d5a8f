/** The files that paths name, and the files in folders that they name. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { CavendishError } from '../../core/errors/error.ts';
import { type Meter, passes } from './bounds.ts';
import { explainRead } from './failures.ts';

export interface FoundFile {
  readonly path: string;
  /** A person named it, and no folder. */
  readonly named: boolean;
  /** False for what is found in a folder and not read: hidden, a link to a folder, a device. */
  readonly read: boolean;
}

/** Folders are read in the order of names, so that the same files give the same import. */
export async function* walk(paths: readonly string[], meter: Meter): AsyncIterable<FoundFile> {
  for (const path of paths) {
    const kind = await kindOf(path);
    if (kind === 'other') throw new CavendishError('unsupported', `${path} is neither a file nor a folder`);
    if (kind === 'folder') yield* walkFolder(path, meter, 1);
    else {
      meter.file(path);
      yield { path, named: true, read: true };
    }
  }
}

async function* walkFolder(folder: string, meter: Meter, depth: number): AsyncIterable<FoundFile> {
  if (depth > meter.bounds.maxNesting) throw passes(folder, 'too many folders in one another');
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    meter.file(path);
    if (entry.name.startsWith('.')) yield { path, named: false, read: false };
    else if (entry.isDirectory()) yield* walkFolder(path, meter, depth + 1);
    else
      yield { path, named: false, read: entry.isFile() || (entry.isSymbolicLink() && (await kindOf(path)) === 'file') };
  }
}

async function entriesOf(folder: string) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw explainRead(error, folder);
  }
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'other'> {
  try {
    const found = await stat(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    throw explainRead(error, path);
  }
}
