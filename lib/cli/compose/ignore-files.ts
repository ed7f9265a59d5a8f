import { MOST_IGNORE_FILE, readIgnoreFile } from '../../adapters/ignore-files/read-ignore-file.ts';
import type { Imported } from '../../core/exceptions/imported.ts';
import type { Io } from '../io.ts';
import { readInput } from './read-input.ts';

/** @throws CavendishError `not-found`, `bad-input`, `limit-exceeded` */
export async function openIgnoreFile(file: string, io: Pick<Io, 'stdin'>): Promise<Imported> {
  return readIgnoreFile(await readInput(file, MOST_IGNORE_FILE, io), file === '-' ? 'standard input' : file);
}
