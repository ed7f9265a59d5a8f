/**
 * A tree of paths, of which some hold a value.
 */
export interface Node<Value> {
  value: Value | null;
  readonly children: Map<string, Node<Value>>;
}

export function newTree<Value>(): Node<Value> {
  return { value: null, children: new Map() };
}

/** The node at a path (`''` is the root); null where there is none. */
export function nodeAt<Value>(root: Node<Value>, path: string): Node<Value> | null {
  let node: Node<Value> | undefined = root;
  for (const part of partsOf(path)) {
    node = node.children.get(part);
    if (node === undefined) return null;
  }
  return node;
}

/** Sets the value at a path, and keeps what is under it. */
export function put<Value>(root: Node<Value>, path: string, value: Value): void {
  let node = root;
  for (const part of partsOf(path)) {
    let child = node.children.get(part);
    if (child === undefined) {
      child = newTree<Value>();
      node.children.set(part, child);
    }
    node = child;
  }
  node.value = value;
}

/** Removes a path and everything under it; true where there was something. */
export function cut<Value>(root: Node<Value>, path: string): boolean {
  const slash = path.lastIndexOf('/');
  const parent = nodeAt(root, path.slice(0, Math.max(slash, 0)));
  return parent?.children.delete(path.slice(slash + 1)) ?? false;
}

/** Removes everything under a path; true where there was something. */
export function cutUnder<Value>(root: Node<Value>, path: string): boolean {
  const node = nodeAt(root, path);
  if (node === null || node.children.size === 0) return false;
  node.children.clear();
  return true;
}

/** Paths and values, parents first, in the order of their names. */
export function* valuesOf<Value>(node: Node<Value>, path = ''): Generator<readonly [string, Value], void, undefined> {
  if (node.value !== null) yield [path, node.value];
  for (const [name, child] of [...node.children].sort(byName)) {
    yield* valuesOf(child, path === '' ? name : `${path}/${name}`);
  }
}

export function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function partsOf(path: string): readonly string[] {
  return path === '' ? [] : path.split('/');
}
