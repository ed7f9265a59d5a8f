/**
 * The image as far as it is kept, layer on layer: what catalogers read, links, and markers.
 *
 * Joining the layers gives what a scan of the flattened image would give (a property test holds it
 * to that).
 */
import { type Kept, valuesIn } from './kept.ts';
import { foldersAbove } from './names.ts';
import type { LayerResult } from './result.ts';
import { folderKey, keysIn, otherKey } from './standing.ts';
import { cut, cutUnder, newTree, type Node, nodeAt, put } from './tree.ts';

/** The state after the layers so far. */
export interface ImageState {
  readonly tree: Node<Kept>;
  /** Keys of all paths that are, or were, in the tree. */
  readonly folders: Map<string, string>;
  readonly others: Map<string, string>;
}

export function newImageState(): ImageState {
  return { tree: newTree(), folders: new Map(), others: new Map() };
}

/** Puts a layer on top; false where that changed nothing. */
export function applyLayer(state: ImageState, layer: LayerResult): boolean {
  const { tree } = state;
  let changed = false;
  for (const path of layer.removed) changed = cut(tree, path) || changed;
  for (const path of layer.hidden) changed = cutUnder(tree, path) || changed;
  for (const key of keysIn(layer.standing)) changed = replace(state, key) || changed;
  for (const [path, kept] of valuesIn(layer)) {
    put(tree, path, kept);
    remember(state, path);
    changed = true;
  }
  return changed;
}

/** Takes away what lower layers have where the layer has something: under it too, unless that is a folder. */
function replace({ tree, folders, others }: ImageState, key: string): boolean {
  const other = others.get(key);
  if (other !== undefined) return cut(tree, other);

  const folder = folders.get(key);
  const node = folder === undefined ? null : nodeAt(tree, folder);
  if (!node?.value) return false;
  node.value = null;
  return true;
}

function remember({ folders, others }: ImageState, path: string): void {
  for (const place of [path, ...foldersAbove(path)]) {
    const key = otherKey(place);
    // The folders above it came with it.
    if (others.has(key)) return;
    others.set(key, place);
    folders.set(folderKey(place), place);
  }
}
