/** What is wrong in an appetite beyond its shape: double ids, gaps that nobody may tolerate, criteria that are no questions. */
import type { Document, LineCounter } from 'yaml';

import { STAGES } from '../image/stage.ts';
import { GAP_KINDS, type GapKind } from '../sbom/gap.ts';
import type { AppetiteFile } from './appetite-schema.ts';
import { findingEnvironment, FINDING_VARIABLES, imageEnvironment, IMAGE_VARIABLES } from './criterion-environment.ts';
import type { Mistake } from './mistakes.ts';
import { didYouMean } from './nearest.ts';
import { positionInText, positionOf, type Path } from './positions.ts';

export function ruleMistakes(file: AppetiteFile, document: Document, lines: LineCounter): readonly Mistake[] {
  const at = (path: Path, message: string): Mistake => ({ ...positionOf(document, lines, path), message });
  const doubles = (ids: readonly string[], path: Path): readonly Mistake[] =>
    ids.flatMap((id, index) =>
      ids.indexOf(id) < index ? [at([...path, index, 'id'], `the id "${id}" is there twice`)] : [],
    );

  return [
    ...doubles(
      file.assets.map(({ id }) => id),
      ['assets'],
    ),
    ...STAGES.flatMap((stage) => {
      const { criteria, tolerate } = file.stages[stage];
      return [
        ...doubles(
          criteria.map(({ id }) => id),
          ['stages', stage, 'criteria'],
        ),
        ...tolerate.flatMap((name, index) => {
          const message = tolerationMistake(name);
          return message === null ? [] : [at(['stages', stage, 'tolerate', index], message)];
        }),
        ...criteria.flatMap(({ finding, image }, index) => {
          const path: Path = ['stages', stage, 'criteria', index, finding === undefined ? 'image' : 'finding'];
          return expressionMistake(finding ?? image ?? '', finding !== undefined, path, document, lines);
        }),
      ];
    }),
  ];
}

function tolerationMistake(name: string): string | null {
  const [kind = ''] = name.split(':', 1);
  const known = Object.keys(GAP_KINDS);
  if (!known.includes(kind))
    return `there is no gap "${kind}"; ${didYouMean(kind, known) || `it is one of ${tolerable().join(', ')}`}`;
  const { tolerable: may, means } = GAP_KINDS[kind as GapKind];
  return may
    ? null
    : `no stage may tolerate "${kind}" (${means}): what it hides has no bounds; it may tolerate ${tolerable().join(', ')}`;
}

function tolerable(): readonly string[] {
  return Object.entries(GAP_KINDS).flatMap(([kind, { tolerable: may }]) => (may ? [kind] : []));
}

function expressionMistake(
  expression: string,
  asksFinding: boolean,
  path: Path,
  document: Document,
  lines: LineCounter,
): readonly Mistake[] {
  const { valid, type, error } = (asksFinding ? findingEnvironment : imageEnvironment).check(expression);
  if (!valid) {
    const [message = 'it is no CEL expression'] = (error?.message ?? '').split('\n', 1);
    const start = error?.range?.start ?? 0;
    const wrong = expression.slice(start, error?.range?.end ?? start);
    const hint = /^\w+$/u.test(wrong) ? didYouMean(wrong, names(asksFinding)) : '';
    const position = positionInText(document, lines, path, start);
    return [{ ...position, message: `the expression is not right: ${message}${hint === '' ? '' : `; ${hint}`}` }];
  }
  if (String(type) === 'bool') return [];
  const message = `the expression gives ${String(type)}; a criterion is true (broken) or false`;
  return [{ ...positionOf(document, lines, path), message }];
}

/** Every variable and member that an expression may name. */
function names(asksFinding: boolean): readonly string[] {
  const collect = (schema: object): readonly string[] =>
    Object.entries(schema).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? [name, ...collect(value)] : [name],
    );
  return ['stage', ...collect(asksFinding ? { ...IMAGE_VARIABLES, ...FINDING_VARIABLES } : IMAGE_VARIABLES)];
}
