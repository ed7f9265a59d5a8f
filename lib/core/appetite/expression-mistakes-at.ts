/** The mistakes of an expression, each at its place in the file. */
import type { Criterion } from './appetite.ts';
import { criterionMistakes } from './criterion-mistakes.ts';
import type { Mistake } from './mistakes.ts';
import { type Path, positionInText, type ReadYaml } from './positions.ts';
import { MOST_EXPRESSION } from './schema-parts.ts';

/** None of what is no text, or too long: those are mistakes of the shape. */
export function expressionMistakesAt(
  expression: unknown,
  asks: Criterion['asks'],
  path: Path,
  yaml: ReadYaml,
): readonly Mistake[] {
  if (typeof expression !== 'string' || expression.length > MOST_EXPRESSION) return [];
  return criterionMistakes({ asks, expression }).map(({ offset, message }) => ({
    ...positionInText(yaml, path, offset),
    message,
  }));
}
