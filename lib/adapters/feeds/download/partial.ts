/**
 * What was fetched of an address, on disk: a file that grows, and beside it what the server said of the
 * version, so that the next fetch goes on where this one ended, whatever ended it.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { explainRead } from '../failures.ts';

const note = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** All of it is there. */
  whole: z.boolean(),
});

export type Note = Readonly<z.output<typeof note>>;

export interface Partial {
  readonly note: Note;
  readonly bytes: number;
}

export interface PartialFile {
  readonly path: string;
  /** Null where nothing is there that could be used. */
  read(): Promise<Partial | null>;
  /** Before the first byte of a version, and once all are there. */
  write(note: Note): Promise<void>;
  remove(): Promise<void>;
}

export function partialFile(folder: string, url: string): PartialFile {
  const name = createHash('sha256').update(url).digest('hex').slice(0, 32);
  const path = join(folder, `${name}.part`);
  const noted = join(folder, `${name}.json`);

  async function remove(): Promise<void> {
    await rm(noted, { force: true });
    await rm(path, { force: true });
  }

  return {
    path,
    remove,
    async read() {
      try {
        const { success, data } = note.safeParse(JSON.parse(await readFile(noted, 'utf8')));
        const { size } = await stat(path);
        if (success && data.url === url && (data.whole || size > 0)) return { note: data, bytes: size };
      } catch (error) {
        // A note that was cut off when its process died is as good as none.
        const missing = Error.isError(error) && 'code' in error && error.code === 'ENOENT';
        if (!missing && !(error instanceof SyntaxError)) throw explainRead(error, path);
      }
      await remove();
      return null;
    },
    async write(said) {
      await writeFile(noted, JSON.stringify(said), { mode: 0o600 }).catch((error: unknown) => {
        throw explainRead(error, noted);
      });
    },
  };
}
