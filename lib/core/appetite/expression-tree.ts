/** Reading the tree of a CEL expression: the names and the words in it. */
import type { ASTNode } from '@marcbachmann/cel-js';

import { isField, lookUp } from './vocabulary.ts';

/** A node and all beneath it, from left to right. */
export function* nodesOf(node: ASTNode): Generator<ASTNode> {
  yield node;
  for (const child of childrenOf(node.args)) yield* nodesOf(child);
}

function childrenOf(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return isNode(args) ? [args] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** The path of a chain of names, `finding.cvss.score` or `finding["cvss"].score`; null for anything else. */
export function pathOf(node: ASTNode): string | null {
  if (node.op === 'id') return node.args;
  if (node.op === '.') return joined(pathOf(node.args[0]), node.args[1]);
  if (node.op === '[]') return joined(pathOf(node.args[0]), textOf(node.args[1]));
  return null;
}

function joined(path: string | null, name: string | null): string | null {
  return path === null || name === null ? null : `${path}.${name}`;
}

/** The text of a literal; null for anything else. */
export function textOf(node: ASTNode): string | null {
  return node.op === 'value' && typeof node.args === 'string' ? node.args : null;
}

/** The figures and texts that an expression goes by, in the order in which it names them. */
export function fieldsIn(tree: ASTNode): readonly string[] {
  const paths = [...nodesOf(tree)].flatMap((node) => pathOf(node) ?? []);
  return [...new Set(paths)].filter((path) => {
    const found = lookUp(path);
    return found !== null && isField(found);
  });
}
