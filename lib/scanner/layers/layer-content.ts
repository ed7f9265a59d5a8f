/**
 * Collects what one layer holds, entry by entry, in the order of its tar: a later entry takes the
 * place of an earlier one of the same path.
 */
import { CavendishError } from '../../core/errors/error.ts';
import type { AnyCataloger } from '../catalogers/cataloger.ts';
import { ecosystemMarkedBy } from '../coverage/markers.ts';
import { limitExceeded, type Limits } from '../limits.ts';
import { type Kept, listsOf } from './kept.ts';
import { cleanPath, foldersAbove, readName } from './names.ts';
import type { LayerResult } from './result.ts';
import { collectStanding } from './standing.ts';
import type { Sink, TarEntry } from './tar.ts';
import { cut, newTree, nodeAt, put, valuesOf } from './tree.ts';
import { catalogerOf, isWatched, lookerInto, ownerMatters } from './watched.ts';

export interface LayerContent {
  /** Takes the next entry; answers with a sink where its content matters. */
  visit(entry: TarEntry): Sink | null;
  /** Files that a cataloger reads by another name, a hard link, and whose content was not held. */
  readonly missing: ReadonlySet<string>;
  lists(): Omit<LayerResult, 'schemaVersion' | 'scanner' | 'diffId' | 'digests'>;
}

/** @param hold - files of which the content is held, for hard links that come after them */
export function collectLayer(limits: Limits, hold: ReadonlySet<string>): LayerContent {
  const tree = newTree<Kept>();
  const standing = collectStanding();
  const removed = new Set<string>();
  const hidden = new Set<string>();
  const held = new Map<string, Uint8Array>();
  const missing = new Set<string>();
  let entries = 0;
  let files = 0;
  let kept = 0;

  function count(size: number): void {
    kept += size;
    if (kept > limits.kept) throw limitExceeded(`more than ${limits.kept} characters would be kept of the layer`);
  }

  function keep(path: string, value: Kept): void {
    count(path.length + JSON.stringify(value).length);
    put(tree, path, value);
  }

  function read(cataloger: AnyCataloger, path: string, bytes: Uint8Array): void {
    keep(path, { is: 'read', cataloger: cataloger.name, content: cataloger.read(path, bytes, ownerMatters) });
  }

  function block(path: string, { name }: AnyCataloger, why: string): void {
    keep(path, { is: 'blocked', cataloger: name, why });
  }

  function wanted(path: string, { size, sparse }: TarEntry, cataloger: AnyCataloger | undefined): Sink | null {
    if (sparse) {
      if (cataloger !== undefined) block(path, cataloger, 'is a sparse file, which is not read');
      return null;
    }
    if (cataloger?.open !== undefined && !hold.has(path)) return opened(cataloger, path, size);
    if (size > limits.fileBytes) throw limitExceeded(`${path} has more than ${limits.fileBytes} bytes`);
    return gather((bytes) => {
      if (hold.has(path)) {
        count(bytes.byteLength);
        held.set(path, bytes);
      }
      if (cataloger !== undefined) read(cataloger, path, bytes);
    });
  }

  /** Reads a file as its bytes go by; of one that says nothing, nothing is kept. */
  function opened(cataloger: AnyCataloger, path: string, size: number): Sink | null {
    const reader = cataloger.open?.(path, size, ownerMatters);
    if (reader === undefined) return null;
    return {
      write: (piece) => reader.write(piece),
      end: () => {
        const content = reader.end();
        if (content !== null) keep(path, { is: 'read', cataloger: cataloger.name, content });
      },
    };
  }

  function file(path: string, entry: TarEntry): Sink | null {
    const cataloger = catalogerOf(path);
    if (cataloger !== undefined) return wanted(path, entry, cataloger);
    const ecosystem = ecosystemMarkedBy(path);
    if (ecosystem !== null) keep(path, { is: 'marker', ecosystem });
    const looker = ecosystem === null ? lookerInto(path, entry.size) : undefined;
    if (hold.has(path)) return wanted(path, entry, looker);
    return looker === undefined ? null : opened(looker, path, entry.size);
  }

  function hardLink(path: string, target: string): void {
    const cataloger = catalogerOf(path);
    const bytes = held.get(target);
    const ecosystem = ecosystemMarkedBy(path);
    const other = nodeAt(tree, target)?.value;
    if (cataloger !== undefined && bytes !== undefined) read(cataloger, path, bytes);
    else if (cataloger !== undefined) {
      missing.add(target);
      block(path, cataloger, `is a hard link to ${target}, which is no file of the same layer`);
    } else if (ecosystem !== null) keep(path, { is: 'marker', ecosystem });
    // The same content, which is looked into whatever its name.
    else if (other?.is === 'read' && catalogerOf(target) === undefined) keep(path, other);
  }

  function stand(path: string, entry: TarEntry): Sink | null {
    standing.foldersAbove(foldersAbove(path));
    if (entry.type === 'directory') {
      standing.folder(path);
      const node = nodeAt(tree, path);
      if (node !== null) node.value = null;
      return null;
    }

    files += 1;
    standing.other(path);
    cut(tree, path);
    held.delete(path);
    if (entry.type === 'file') return file(path, entry);
    if (entry.type === 'link') hardLink(path, inside(entry.target, limits));
    else if (entry.type === 'symlink' && isWatched(path)) keep(path, { is: 'link', target: entry.target });
    else if (entry.type === 'device') {
      const cataloger = catalogerOf(path);
      if (cataloger !== undefined) block(path, cataloger, 'is no file');
    }
    return null;
  }

  function visit(entry: TarEntry): Sink | null {
    entries += 1;
    if (entries > limits.entries) throw limitExceeded(`the layer has more than ${limits.entries} entries`);
    const name = readName(entry.name, limits);
    if (name.does === 'stand') return name.path === '' ? root(entry) : stand(name.path, entry);
    if (name.does === 'nothing') return null;

    count(name.path.length);
    standing.foldersAbove(foldersAbove(name.path));
    if (name.does === 'remove') removed.add(name.path);
    else {
      hidden.add(name.path);
      if (name.path !== '') standing.folder(name.path);
    }
    return null;
  }

  function lists(): ReturnType<LayerContent['lists']> {
    return {
      files,
      kept,
      ...listsOf(valuesOf(tree)),
      removed: [...removed].sort(),
      hidden: [...hidden].sort(),
      standing: standing.pack(),
    };
  }

  return { visit, missing, lists };
}

function root({ type }: TarEntry): null {
  if (type !== 'directory') throw new CavendishError('bad-input', 'an entry of the layer takes the place of its root');
  return null;
}

function inside(target: string, limits: Limits): string {
  const path = cleanPath(target, limits);
  if (path !== null) return path;
  throw new CavendishError('bad-input', `a hard link of the layer leads out of the image: ${JSON.stringify(target)}`);
}

/** Gathers the content of a file; its size is bounded by the header, which the reader holds it to. */
function gather(done: (bytes: Uint8Array) => void): Sink {
  const pieces: Uint8Array[] = [];
  return {
    write: (piece) => void pieces.push(Buffer.from(piece)),
    end: () => done(Buffer.concat(pieces)),
  };
}
