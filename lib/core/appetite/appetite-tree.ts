/**
 * An appetite as a tree of names and values, for comparing two of them: what has an id stands under its id, and lists
 * whose order says nothing are one text. Two files that mean the same are the same tree.
 */
import { orderOf } from '../versions/version.ts';
import type { Appetite, Criterion, StagePolicy } from './appetite.ts';
import { REMINDER_KINDS, type ReminderKind, type ReminderPolicy } from './reminder-policy.ts';

type Leaf = string | number | boolean | null;
export interface Tree {
  readonly [name: string]: Leaf | Tree;
}

export function appetiteTree(appetite: Appetite): Tree {
  const { statement, zone, people, unnamed, assets, stages, exceptions, reminders, notices } = appetite;
  const { required, longestDays, controls, approvers, never, lapse } = exceptions;
  const { development, testing, production } = stages;
  return {
    statement: statement.trim(),
    zone,
    unnamed: { ...unnamed },
    assets: byName(assets, ({ id, repositories, ...asset }) => [id, { ...asset, repositories: set(repositories) }]),
    people: byName(people, ({ name, principals, teams, roles, email, next }) => [
      name,
      { principals: set(principals), email, next, teams: set(teams), roles: set(roles) },
    ]),
    stages: { development: policyTree(development), testing: policyTree(testing), production: policyTree(production) },
    exceptions: {
      required: set(required),
      longestDays: { ...longestDays },
      controls: { ...controls },
      approvers: byName(approvers, (rule) => {
        const said = Object.entries(rule).map(([what, list]: [string, readonly string[] | null]) => {
          return list === null ? `every ${what}` : `${what} ${set(list)}`;
        });
        return [said.join('; '), true];
      }),
      never: byName(never, ({ id, says, finding }) => [id, { says, finding: oneLine(finding) }]),
      lapse: { ...lapse },
    },
    reminders: remindersTree(reminders),
    notices: { ...notices },
  };
}

function remindersTree({ at, escalateTo, ...ladders }: ReminderPolicy): Tree {
  const treeOf = (kind: ReminderKind): Tree => ({ ...ladders[kind], daysBefore: ladders[kind].daysBefore.join(', ') });
  return { at, escalateTo, ...byName(REMINDER_KINDS, (kind) => [kind, treeOf(kind)]) };
}

function policyTree({ mode, maxAgeDays, tolerate, criteria }: StagePolicy): Tree {
  return { mode, maxAgeDays: { ...maxAgeDays }, tolerate: set(tolerate), criteria: byName(criteria, criterionEntry) };
}

function criterionEntry({ id, says, asks, expression, daysToFix, from }: Criterion): readonly [string, Tree] {
  return [id, { says, [asks]: oneLine(expression), daysToFix, ...(daysToFix !== null && { from }) }];
}

function byName<T>(entries: readonly T[], entryOf: (one: T) => readonly [string, Leaf | Tree]): Tree {
  return Object.fromEntries(entries.map(entryOf));
}

function set(words: readonly string[]): string {
  return [...words].sort(orderOf).join(', ');
}

function oneLine(expression: string): string {
  return expression.replace(/\s+/gu, ' ').trim();
}
