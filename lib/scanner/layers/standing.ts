/**
 * What stands where in a layer, packed: enough to ask "does this layer have a folder, or something
 * else, at this path?", and no list of names.
 *
 * A layer hides what lower layers have at and under a path where it puts anything but a folder,
 * whatever that is. Which paths matter depends on the layers below, and a layer is kept for any of
 * them, so each path is kept as 8 bytes of its SHA-256.
 */
import { hash } from 'node:crypto';

const KEY_BYTES = 8;

/** Sorted keys one after the other, in base64. */
export type PackedStanding = string;

export interface Standing {
  folder(path: string): void;
  /** Anything but a folder. */
  other(path: string): void;
  /** Folders that an entry is in, the nearest first, with entries of their own or not. */
  foldersAbove(paths: Iterable<string>): void;
  pack(): PackedStanding;
}

/** Collects what stands in a layer: the last entry of a path counts. */
export function collectStanding(): Standing {
  const keys = new Set<string>();
  return {
    folder(path) {
      keys.add(folderKey(path)).delete(otherKey(path));
    },
    other(path) {
      keys.add(otherKey(path)).delete(folderKey(path));
    },
    foldersAbove(paths) {
      for (const path of paths) {
        const key = folderKey(path);
        // Those above it came with it.
        if (keys.has(key)) return;
        keys.add(key);
      }
    },
    pack: () => Buffer.from([...keys].sort().join(''), 'latin1').toString('base64'),
  };
}

/** The keys in what was packed. */
export function* keysIn(packed: PackedStanding): Generator<string, void, undefined> {
  const keys = Buffer.from(packed, 'base64');
  for (let at = 0; at + KEY_BYTES <= keys.length; at += KEY_BYTES) yield keys.toString('latin1', at, at + KEY_BYTES);
}

export function folderKey(path: string): string {
  return keyOf(`${path}/`);
}

export function otherKey(path: string): string {
  return keyOf(path);
}

function keyOf(text: string): string {
  return hash('sha256', text, 'binary').slice(0, KEY_BYTES);
}
