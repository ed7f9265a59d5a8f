/** What is wrong among the people of an appetite: each of them is one, and who comes as a principal is nobody else. */
import { list, member } from './content.ts';
import type { Mistake } from './mistakes.ts';
import { type Path, positionOf, type ReadYaml } from './positions.ts';

interface Said {
  readonly path: Path;
  /** The person's place in the list. */
  readonly person: number;
  readonly text: string;
}

export function peopleMistakes(content: unknown, yaml: ReadYaml): readonly Mistake[] {
  const people = list(content, 'people');
  const names = people.flatMap((entry, person) => saidAt(['people', person, 'name'], person, member(entry, 'name')));
  const principals = people.flatMap((entry, person) =>
    list(entry, 'principals').flatMap((text, index) => saidAt(['people', person, 'principals', index], person, text)),
  );
  return [
    ...seconds(names, ({ text }) => folded(text)).map(({ second, first }) => ({
      ...positionOf(yaml, second.path),
      message: `there is a person "${first.text}" already on line ${lineOf(first, yaml)}: exceptions need two people who are told apart`,
    })),
    ...seconds(principals, ({ text }) => text).map(({ second, first }) => ({
      ...positionOf(yaml, second.path),
      message:
        first.person === second.person
          ? `the principal "${second.text}" is there twice`
          : `"${second.text}" is a principal of another person on line ${lineOf(first, yaml)}: it belongs to one`,
    })),
  ];
}

function saidAt(path: Path, person: number, text: unknown): readonly Said[] {
  return typeof text === 'string' ? [{ path, person, text }] : [];
}

/** What has the key of one before it. */
function seconds(all: readonly Said[], keyOf: (said: Said) => string): readonly { first: Said; second: Said }[] {
  return [...Map.groupBy(all, keyOf).values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : more.map((second) => ({ first, second })),
  );
}

/** What people read as the same name. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');
}

function lineOf({ path }: Said, yaml: ReadYaml): string {
  return String(positionOf(yaml, path).line);
}
