/** Reads an appetite file: YAML, by schema, criteria checked by type; every mistake at once, each with its place. */
import { CavendishError } from '../errors/error.ts';
import type { Appetite, StagePolicy } from './appetite.ts';
import { type AppetiteFile, appetiteSchema } from './appetite-schema.ts';
import type { ApproverRule } from './exception-policy.ts';
import { type Mistake, mistakeLines, schemaMistakes } from './mistakes.ts';
import { atTheTop, readYaml } from './read-yaml.ts';
import { ruleMistakes } from './rule-mistakes.ts';

/** Characters of a file; more is no appetite that people review. */
const MOST_CHARACTERS = 1_000_000;

/**
 * @param source - what the file is called in messages
 * @throws CavendishError `bad-input` naming each mistake with line and column
 */
export function parseAppetite(text: string, source: string): Appetite {
  if (text.length > MOST_CHARACTERS) throw wrong(source, [atTheTop('the file is longer than a million characters')]);
  const { yaml, content, mistakes: unread } = readYaml(text);
  if (yaml === null) throw wrong(source, unread);
  const mistakes = [...unread, ...schemaMistakes(content, yaml, appetiteSchema), ...ruleMistakes(content, yaml)];
  if (mistakes.length > 0) throw wrong(source, mistakes);
  return appetiteOf(appetiteSchema.parse(content));
}

function appetiteOf(file: AppetiteFile): Appetite {
  const { statement, zone, people, unnamed, assets, stages, exceptions, reminders, notices } = file;
  const { development, testing, production } = stages;
  return {
    statement,
    zone,
    people: people.map((person) => ({ ...person, email: person.email ?? null, next: person.next ?? null })),
    unnamed,
    assets,
    stages: { development: policyOf(development), testing: policyOf(testing), production: policyOf(production) },
    exceptions: { ...exceptions, approvers: exceptions.approvers.map(ruleOf) },
    reminders,
    notices,
  };
}

function policyOf({ mode, maxAgeDays, tolerate, criteria }: AppetiteFile['stages']['production']): StagePolicy {
  return {
    mode,
    maxAgeDays,
    tolerate,
    criteria: criteria.map(({ id, says, finding, image, daysToFix, from }) => ({
      id,
      says,
      asks: finding === undefined ? 'image' : 'finding',
      expression: finding ?? image ?? '',
      daysToFix: daysToFix ?? null,
      from: from ?? 'published',
    })),
  };
}

/** A list that is left out speaks of all. */
function ruleOf({
  people,
  stages,
  criticality,
  assets,
}: AppetiteFile['exceptions']['approvers'][number]): ApproverRule {
  return { people: people ?? null, stages: stages ?? null, criticality: criticality ?? null, assets: assets ?? null };
}

function wrong(source: string, mistakes: readonly Mistake[]): CavendishError {
  const message = ['the risk appetite is not right:', ...mistakeLines(source, mistakes)].join('\n');
  return new CavendishError('bad-input', message, {
    next: 'Its language is explained in docs/appetite.md; a file to start from: cavendish appetite show --text',
  });
}
