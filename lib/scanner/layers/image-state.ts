/**
 * The image as far as it is kept, layer on layer: what catalogers read, links, and markers.
 *
 * Joining the layers gives what a scan of the flattened image would give (a property test holds it
 * to that).
 */
import { type Kept, valuesIn } from './kept.ts';
import type { LayerResult } from './result.ts';
import { folderKey, openStanding, otherKey } from './standing.ts';
import { cut, cutUnder, newTree, type Node, put } from './tree.ts';

/** The state after the layers so far. */
export type ImageState = Node<Kept>;

export function newImageState(): ImageState {
  return newTree<Kept>();
}

/** Puts a layer on top; false where that changed nothing. */
export function applyLayer(state: ImageState, layer: LayerResult): boolean {
  let changed = false;
  for (const path of layer.removed) changed = cut(state, path) || changed;
  for (const path of layer.hidden) changed = cutUnder(state, path) || changed;
  changed = replace(state, '', openStanding(layer.standing)) || changed;
  for (const [path, kept] of valuesIn(layer)) {
    put(state, path, kept);
    changed = true;
  }
  return changed;
}

/** Takes away what the layer has other entries for. */
function replace(node: ImageState, path: string, has: (key: string) => boolean): boolean {
  let changed = false;
  for (const [name, child] of node.children) {
    const place = path === '' ? name : `${path}/${name}`;
    if (has(otherKey(place))) {
      node.children.delete(name);
      changed = true;
      continue;
    }
    if (child.value !== null && has(folderKey(place))) {
      child.value = null;
      changed = true;
    }
    changed = replace(child, place, has) || changed;
  }
  return changed;
}
