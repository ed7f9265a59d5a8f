/** What is wrong in what an appetite says of exceptions: rules for nobody, assets that are none, questions that are none. */
import { list, member } from './content.ts';
import { expressionMistakesAt } from './expression-mistakes-at.ts';
import type { Mistake } from './mistakes.ts';
import { didYouMean } from './nearest.ts';
import { type Path, positionOf, type ReadYaml } from './positions.ts';

export function exceptionMistakes(content: unknown, yaml: ReadYaml): readonly Mistake[] {
  const exceptions = member(content, 'exceptions');
  const roles = rolesOf(content);
  const assets = list(content, 'assets').map((asset) => member(asset, 'id'));
  return [
    ...list(exceptions, 'approvers').flatMap((rule, index) => {
      const path: Path = ['exceptions', 'approvers', index];
      return [
        ...wordMistakes(list(rule, 'people'), [...path, 'people'], yaml, (name) => approverMistake(name, roles)),
        ...wordMistakes(list(rule, 'assets'), [...path, 'assets'], yaml, (id) =>
          assets.includes(id) ? null : `there is no asset "${id}": ${didYouMean(id, assets.filter(isText))}`,
        ),
      ];
    }),
    ...list(exceptions, 'never').flatMap((rule, index) =>
      expressionMistakesAt(member(rule, 'finding'), 'finding', ['exceptions', 'never', index, 'finding'], yaml),
    ),
  ];
}

/** Each person's roles, by name; a developer where none is said, as the schema has it. */
function rolesOf(content: unknown): ReadonlyMap<string, readonly unknown[]> {
  return new Map(
    list(content, 'people').flatMap((person) => {
      const name = member(person, 'name');
      return typeof name === 'string' ? [[name.trim(), list(person, 'roles')] as const] : [];
    }),
  );
}

function approverMistake(name: string, roles: ReadonlyMap<string, readonly unknown[]>): string | null {
  const found = roles.get(name);
  if (found === undefined) return `there is nobody called "${name}" in people: ${didYouMean(name, [...roles.keys()])}`;
  return found.includes('approver') ? null : `${name} approves nothing without the role approver`;
}

function wordMistakes(
  words: readonly unknown[],
  path: Path,
  yaml: ReadYaml,
  mistakeOf: (word: string) => string | null,
): readonly Mistake[] {
  return words.flatMap((word, index) => {
    const message = isText(word) ? mistakeOf(word.trim()) : null;
    return message === null ? [] : [{ ...positionOf(yaml, [...path, index]), message }];
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
