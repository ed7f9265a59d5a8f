/** What is wrong in whom an appetite has reminded next: they are people of it, and somebody else. */
import { list, member } from './content.ts';
import type { Mistake } from './mistakes.ts';
import { didYouMean } from './nearest.ts';
import { type Path, positionOf, type ReadYaml } from './positions.ts';

export function reminderMistakes(content: unknown, yaml: ReadYaml): readonly Mistake[] {
  const people = list(content, 'people');
  const names = people.flatMap((person) => textOf(member(person, 'name')));
  const nobody = (path: Path, name: string): readonly Mistake[] =>
    names.includes(name)
      ? []
      : [
          {
            ...positionOf(yaml, path),
            message: `there is nobody called "${name}" in people: ${didYouMean(name, names)}`,
          },
        ];
  return [
    ...textOf(member(member(content, 'reminders'), 'escalateTo')).flatMap((name) =>
      nobody(['reminders', 'escalateTo'], name),
    ),
    ...people.flatMap((person, index) => {
      const path: Path = ['people', index, 'next'];
      const own = textOf(member(person, 'name'));
      return textOf(member(person, 'next')).flatMap((next) =>
        own.includes(next)
          ? [{ ...positionOf(yaml, path), message: `${next} can't be next after themselves: name somebody else` }]
          : nobody(path, next),
      );
    }),
  ];
}

function textOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value.trim()] : [];
}
