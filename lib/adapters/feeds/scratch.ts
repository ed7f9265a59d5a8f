/**
 * Heaps of lines in a temporary folder: one file a heap, written in large pieces.
 */
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Scratch } from '../../pipeline/ports/feed-source.ts';
import { explainRead } from './failures.ts';

/** Characters that are held in memory, all heaps together, before they are written. */
const HELD = 16 * 1024 ** 2;

/** @param parent - the folder in which it makes its own */
export async function openScratch(parent = tmpdir(), most = HELD): Promise<Scratch> {
  const folder = await mkdtemp(join(parent, 'cavendish-import-')).catch((error: unknown) => {
    throw explainRead(error, parent);
  });
  const heaps = new Map<string, string[]>();
  let held = 0;

  /** One write after another: a heap's lines keep their order, and none is written twice. */
  let writing = Promise.resolve();
  function write(): Promise<void> {
    const pending = [...heaps];
    heaps.clear();
    held = 0;
    writing = writing.then(() => append(pending));
    return writing;
  }

  async function append(pending: readonly (readonly [string, readonly string[]])[]): Promise<void> {
    for (const [heap, lines] of pending) {
      const path = join(folder, heap);
      await appendFile(path, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 }).catch((error: unknown) => {
        throw explainRead(error, path);
      });
    }
  }

  return {
    async add(heap, line) {
      const lines = heaps.get(heap) ?? [];
      lines.push(line);
      heaps.set(heap, lines);
      held += line.length;
      if (held > most) await write();
    },

    async lines(heap) {
      await write();
      try {
        const text = await readFile(join(folder, heap), 'utf8');
        return text.split('\n').slice(0, -1);
      } catch (error) {
        if (Error.isError(error) && 'code' in error && error.code === 'ENOENT') return [];
        throw explainRead(error, join(folder, heap));
      }
    },

    async close() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
