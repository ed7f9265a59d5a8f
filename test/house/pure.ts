/**
 * Finds what would make the same inputs give another answer: the clock, chance, the environment,
 * and the time zone or language of the machine.
 */
import ts from 'typescript';

import type { SourceFile } from './tree.ts';

/** Names that reach outside, wherever they stand on their own. */
const OUTSIDE = new Set([
  'process',
  'console',
  'performance',
  'crypto',
  'fetch',
  'globalThis',
  'Intl',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'require',
]);

/** `Date`, `Math` and `Temporal` are fine but for these. */
const IMPURE_STATICS: Readonly<Record<string, RegExp>> = { Date: /^now$/u, Math: /^random$/u, Temporal: /^Now$/u };

/** Methods that read the zone or the language of the machine. */
const OF_THE_MACHINE =
  /^(?:toLocale\w*|localeCompare|getTimezoneOffset|[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes)|to(?:Date|Time)String)$/u;

/** Each as `path:line what`. */
export function impurities({ path, text }: SourceFile): readonly string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];

  function visit(node: ts.Node): void {
    if (isImpure(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push(`${path}:${line + 1} ${node.getText(file)}`);
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return found;
}

function isImpure(node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return OUTSIDE.has(node.text) && standsAlone(node);
  if (ts.isPropertyAccessExpression(node)) {
    const owner = ts.isIdentifier(node.expression) ? IMPURE_STATICS[node.expression.text] : undefined;
    return owner?.test(node.name.text) === true || OF_THE_MACHINE.test(node.name.text);
  }
  // `new Date()` and `Date()` are now; `new Date(2026, 10)` is local time.
  if (ts.isNewExpression(node)) return isDate(node.expression) && node.arguments?.length !== 1;
  return ts.isCallExpression(node) && isDate(node.expression);
}

function isDate(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'Date';
}

/** Not the name of a member, a property or a type's field. */
function standsAlone(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !(
    (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent)) &&
    parent.name === node
  );
}
