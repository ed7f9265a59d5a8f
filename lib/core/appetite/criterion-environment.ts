/**
 * CEL, with the types of what a criterion sees.
 *
 * CEL has no sums of a whole number and a fraction. People write `score.open * 2` all the same, and
 * there is one thing that it can mean: these are added. What divides by zero fails.
 */
import { Environment, type ObjectSchema } from '@marcbachmann/cel-js';

import { type Field, type Group, isField, VOCABULARY } from './vocabulary.ts';

/** Bounds of an expression: a criterion is a sentence, not a program. */
const LIMITS = { maxAstNodes: 500, maxDepth: 40, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 16 };

const MIXED: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => {
    if (b === 0) throw new RangeError('division by zero');
    return a / b;
  },
};

function environmentOf(sees: (variable: string) => boolean): Environment {
  const environment = new Environment({ limits: LIMITS });
  for (const [operator, reckon] of Object.entries(MIXED)) {
    environment.registerOperator(`double ${operator} int`, (a: number, b: bigint) => reckon(a, Number(b)));
    environment.registerOperator(`int ${operator} double`, (a: bigint, b: number) => reckon(Number(a), b));
  }
  // CEL knows `int == double`, and makes `!=` of it.
  environment.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
  for (const [name, node] of Object.entries<Field | Group>(VOCABULARY)) {
    if (!sees(name)) continue;
    if (isField(node)) environment.registerVariable(name, node.type);
    else environment.registerVariable({ name, schema: schemaOf(node) });
  }
  return environment;
}

function schemaOf(group: Group): ObjectSchema {
  return Object.fromEntries(
    Object.entries(group).map(([name, node]: [string, Field | Group]) => [
      name,
      isField(node) ? node.type : schemaOf(node),
    ]),
  );
}

/** For criteria that ask about a finding, and for those that ask about the image. */
export const ENVIRONMENTS = {
  finding: environmentOf(() => true),
  image: environmentOf((variable) => variable !== 'finding'),
} as const;
