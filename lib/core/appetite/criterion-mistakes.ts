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
import { patternMistake } from './pattern-mistake.ts';
import { type Field, type Group, isField, lookUp, VOCABULARY } from './vocabulary.ts';

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
  const nodes = [...nodesOf(tree)];
  const mistakes = [
    ...nodes.flatMap((node) => [...nameMistakes(node), ...wordMistakes(node), ...patternMistakes(node)]),
    ...loopMistakes(nodes),
  ];
  return mistakes.length > 0 ? mistakes : typeMistakes(expression, asks);
}

function treeOf(expression: string, asks: Criterion['asks']): ASTNode | ExpressionMistake {
  try {
    return ENVIRONMENTS[asks].parse(expression).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const offset = error.range?.start ?? 0;
    return { offset, message: `not a CEL expression: ${error.summary}${spelling(expression, offset)}` };
  }
}

/** What people write who are used to another language. */
function spelling(expression: string, offset: number): string {
  const rest = expression.slice(offset);
  if (/^=(?!=)/u.test(rest)) return '; what is equal is written ==';
  if (/^and\b/iu.test(rest)) return '; "and" is written &&';
  if (/^or\b/iu.test(rest)) return '; "or" is written ||';
  return /\bnot\s*$/iu.test(expression.slice(0, offset)) ? '; "not" is written !' : '';
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

/** A pattern from outside, or one that can take for ever on a text from outside. */
function patternMistakes(node: ASTNode): readonly ExpressionMistake[] {
  const [pattern] = node.op === 'rcall' && node.args[0] === 'matches' ? node.args[2] : [];
  if (pattern === undefined) return [];
  const text = textOf(pattern);
  const message = text === null ? 'the pattern of matches() is a text in quotes' : patternMistake(text);
  return message === null ? [] : [{ offset: pattern.start, message }];
}

const LOOPS = ['all', 'exists', 'exists_one', 'filter', 'map', 'bind'];
const MOST_LOOPS = 3;

/** One in another multiplies its time, and what it makes. */
function loopMistakes(nodes: readonly ASTNode[]): readonly ExpressionMistake[] {
  const loops = nodes.filter((node) => node.op === 'rcall' && LOOPS.includes(node.args[0]));
  return loops.slice(MOST_LOOPS, MOST_LOOPS + 1).map(({ pos }) => ({
    offset: pos,
    message: `an expression has at most three of ${LOOPS.join(', ')}: make it two criteria`,
  }));
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
  if (wordsIn(VOCABULARY).includes(name)) return `there is no "${name}": a word stands in quotes`;
  const names = Object.keys(VOCABULARY).filter((known) => asks === 'finding' || known !== 'finding');
  return `there is no "${name}": ${didYouMean(name, names)}`;
}

/** All words that any text may be. */
function wordsIn(group: Group): readonly string[] {
  return Object.values<Field | Group>(group).flatMap((node) => (isField(node) ? (node.words ?? []) : wordsIn(node)));
}
