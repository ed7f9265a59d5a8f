/**
 * What is wrong in the expression of a criterion, found before anything is judged by it.
 *
 * CEL's own check finds what has no meaning. It lets pass a comparison with a word that never comes
 * (`finding.severity == "crtical"`): a criterion that looks right and never breaks. Here it is a mistake.
 */
import { type ASTNode, ParseError } from '@marcbachmann/cel-js';

import { plainLine } from '../text/plain.ts';
import type { Criterion } from './appetite.ts';
import { ENVIRONMENTS } from './criterion-environment.ts';
import { nodesOf, pathOf, textOf } from './expression-tree.ts';
import { didYouMean } from './nearest.ts';
import { isField, lookUp, VOCABULARY } from './vocabulary.ts';

export interface ExpressionMistake {
  /** The character of the expression at which it stands. */
  readonly offset: number;
  readonly message: string;
}

export function criterionMistakes({
  asks,
  expression,
}: Pick<Criterion, 'asks' | 'expression'>): readonly ExpressionMistake[] {
  const tree = treeOf(expression, asks);
  if (!('op' in tree)) return [tree];
  const mistakes = [...nodesOf(tree)].flatMap((node) => [
    ...nameMistakes(node),
    ...wordMistakes(node),
    ...patternMistakes(node),
  ]);
  return mistakes.length > 0 ? mistakes : typeMistakes(expression, asks);
}

function treeOf(expression: string, asks: Criterion['asks']): ASTNode | ExpressionMistake {
  try {
    return ENVIRONMENTS[asks].parse(expression).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { offset: error.range?.start ?? 0, message: `not a CEL expression: ${error.summary}` };
  }
}

/** `finding.cvss.scor`: a member that a known thing does not have. */
function nameMistakes(node: ASTNode): readonly ExpressionMistake[] {
  if (node.op !== '.' && node.op !== '[]') return [];
  const parent = pathOf(node.args[0]);
  const name = node.op === '.' ? node.args[1] : textOf(node.args[1]);
  const found = parent === null ? null : lookUp(parent);
  if (parent === null || name === null || found === null || isField(found) || Object.hasOwn(found, name)) return [];
  const names = Object.keys(found);
  const offset = node.op === '.' ? node.pos : node.args[1].pos;
  return [{ offset, message: `${parent} has no "${name}": ${didYouMean(name, names)}` }];
}

/** `finding.severity == "crtical"`: a word that the named text never is. */
function wordMistakes(node: ASTNode): readonly ExpressionMistake[] {
  if (node.op === 'in') {
    const [left, list] = node.args;
    return list.op === 'list' ? list.args.flatMap((entry) => comparedMistakes(left, entry)) : [];
  }
  if (node.op !== '==' && node.op !== '!=') return [];
  const [left, right] = node.args;
  return [...comparedMistakes(left, right), ...comparedMistakes(right, left)];
}

function comparedMistakes(named: ASTNode, literal: ASTNode): readonly ExpressionMistake[] {
  const path = pathOf(named);
  const word = textOf(literal);
  const found = path === null ? null : lookUp(path);
  if (path === null || word === null || found === null || !isField(found)) return [];
  const words = found.words ?? [word];
  if (words.includes(word)) return [];
  return [{ offset: literal.pos, message: `${path} is never "${plainLine(word)}": ${didYouMean(word, words)}` }];
}

function patternMistakes(node: ASTNode): readonly ExpressionMistake[] {
  const [pattern] = node.op === 'rcall' && node.args[0] === 'matches' ? node.args[2] : [];
  const text = pattern === undefined ? null : textOf(pattern);
  if (pattern === undefined || text === null) return [];
  try {
    new RegExp(text);
    return [];
  } catch (error) {
    return [{ offset: pattern.pos, message: error instanceof Error ? error.message : String(error) }];
  }
}

function typeMistakes(expression: string, asks: Criterion['asks']): readonly ExpressionMistake[] {
  const { valid, type, error } = ENVIRONMENTS[asks].check(expression);
  if (valid) {
    // The library gives an object that reads as its name.
    return String(type) === 'bool'
      ? []
      : [{ offset: 0, message: `gives ${String(type)}: a criterion is true for what breaks it, or false` }];
  }
  const offset = error?.range?.start ?? 0;
  const name = expression.slice(offset, error?.range?.end ?? offset);
  if (error?.code === 'unknown_variable') return [{ offset, message: unknownVariable(name, asks) }];
  const summary = (error?.summary ?? 'has no meaning').replaceAll('$', '');
  const hint = summary.includes('null') ? '; nothing is ever null: ask for known' : '';
  return [{ offset, message: `${summary}${hint}` }];
}

function unknownVariable(name: string, asks: Criterion['asks']): string {
  if (name === 'finding') return 'an image: criterion sees no finding: ask about each with finding:, or use counts';
  const names = Object.keys(VOCABULARY).filter((known) => asks === 'finding' || known !== 'finding');
  return `there is no "${name}": ${didYouMean(name, names)}`;
}
