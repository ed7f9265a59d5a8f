/** Files in a folder. Symbolic links are followed inside it and no further. */
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

import { CavendishError } from '../../../core/errors/error.ts';
import { explain, isMissing } from './file-errors.ts';
import { cleanName, type Files, missing, PIECE, tooLarge } from './files.ts';

/** @throws CavendishError `unavailable` where the folder can't be read */
export async function folderFiles(folder: string): Promise<Files> {
  const root = await realpath(folder);

  /** Null where it is not there. */
  async function openFile(file: string): Promise<FileHandle | null> {
    const path = join(root, cleanName(file));
    try {
      const real = await realpath(path);
      if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) {
        throw new CavendishError('bad-input', `${path} is a symbolic link that leads out of the folder`);
      }
      // Never waits for a pipe, never follows a link that was put there since.
      const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      if ((await handle.stat()).isFile()) return handle;
      await handle.close();
      throw new CavendishError('bad-input', `${path} is no file`);
    } catch (error) {
      if (isMissing(error)) return null;
      throw explain(error, path);
    }
  }

  return {
    name: folder,
    async size(file) {
      const handle = await openFile(file);
      try {
        return handle === null ? null : (await handle.stat()).size;
      } finally {
        await handle?.close();
      }
    },
    async read(file, maxBytes) {
      const handle = await openFile(file);
      if (handle === null) return null;
      try {
        const { size } = await handle.stat();
        if (size > maxBytes) throw tooLarge(join(folder, file), size, maxBytes);
        return await handle.readFile();
      } finally {
        await handle.close();
      }
    },
    async stream(file, signal) {
      const handle = await openFile(file);
      if (handle === null) throw missing(folder, file);
      // It closes the file at its end, and when it is left.
      return handle.createReadStream({ highWaterMark: PIECE, ...(signal !== undefined && { signal }) });
    },
    close: () => Promise.resolve(),
  };
}
