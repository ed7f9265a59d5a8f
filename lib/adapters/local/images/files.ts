/**
 * The files of an image on disk, by the names that its format gives them: in a folder, or in a tar.
 * A name can't lead out of either.
 */
import { CavendishError } from '../../../core/errors/error.ts';

export interface Files {
  /** What people call them: a path. */
  readonly name: string;
  /** Bytes of a file; null where it is not there. */
  size(file: string): Promise<number | null>;
  /**
   * A small file, whole; null where it is not there.
   *
   * @throws CavendishError `limit-exceeded` where it is larger, `bad-input` where it is no file
   */
  read(file: string, maxBytes: number): Promise<Uint8Array | null>;
  /** @throws CavendishError `not-found`, `bad-input` */
  stream(file: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Lets go of what was opened, and removes what was spooled. */
  close(): Promise<void>;
}

/** Layers are read in pieces of this many bytes. */
export const PIECE = 256 * 1024;

/**
 * A name as its parts, clean.
 *
 * @throws CavendishError `bad-input` where it leads out
 */
export function cleanName(name: string): string {
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) {
      throw new CavendishError('bad-input', `the name ${JSON.stringify(name)} leads out of the archive`);
    }
  }
  return parts.join('/');
}

export function tooLarge(name: string, size: number, maxBytes: number): CavendishError {
  return new CavendishError('limit-exceeded', `${name} has ${size} bytes; at most ${maxBytes} are read`);
}

export function missing(name: string, file: string): CavendishError {
  return new CavendishError('not-found', `${name} holds no ${file}`, {
    next: 'The layout or archive is not whole: save the image again.',
  });
}
