/**
 * What is wrong in an appetite beyond its shape: names that are there twice, patterns between which
 * nothing decides, gaps that nobody may tolerate, criteria that are no questions, people who are no one.
 *
 * Reads what it can of a file whose shape is wrong, so that all mistakes are told at once.
 */
import { FEED_KINDS } from '../advisories/feed.ts';
import { STAGES } from '../image/stage.ts';
import { GAP_KINDS, type GapKind } from '../sbom/gap.ts';
import { ambiguousPatterns } from './ambiguous-patterns.ts';
import { list, member } from './content.ts';
import { exceptionMistakes } from './exception-mistakes.ts';
import { expressionMistakesAt } from './expression-mistakes-at.ts';
import type { Mistake } from './mistakes.ts';
import { didYouMean } from './nearest.ts';
import { peopleMistakes } from './people-mistakes.ts';
import { type Path, positionOf, type ReadYaml } from './positions.ts';
import { reminderMistakes } from './reminder-mistakes.ts';
import { zoneMistakes } from './zone-mistake.ts';

export function ruleMistakes(content: unknown, yaml: ReadYaml): readonly Mistake[] {
  const assets = list(content, 'assets');
  return [
    ...zoneMistakes(content, yaml),
    ...peopleMistakes(content, yaml),
    ...exceptionMistakes(content, yaml),
    ...reminderMistakes(content, yaml),
    ...doubles(list(member(content, 'exceptions'), 'never'), ['exceptions', 'never'], yaml),
    ...doubles(assets, ['assets'], yaml),
    ...patternMistakes(assets, yaml),
    ...STAGES.flatMap((stage) => {
      const policy = member(member(content, 'stages'), stage);
      const criteria = list(policy, 'criteria');
      const path: Path = ['stages', stage];
      return [
        ...tolerationMistakes(list(policy, 'tolerate'), [...path, 'tolerate'], yaml),
        ...doubles(criteria, [...path, 'criteria'], yaml),
        ...criteria.flatMap((criterion, index) => askMistakes(criterion, [...path, 'criteria', index], yaml)),
      ];
    }),
  ];
}

function doubles(entries: readonly unknown[], path: Path, yaml: ReadYaml): readonly Mistake[] {
  const ids = entries.map((entry) => member(entry, 'id'));
  return ids.flatMap((id, index) =>
    typeof id === 'string' && ids.indexOf(id) < index
      ? [{ ...positionOf(yaml, [...path, index, 'id']), message: `the id "${id}" is there twice in ${path.join('.')}` }]
      : [],
  );
}

function patternMistakes(assets: readonly unknown[], yaml: ReadYaml): readonly Mistake[] {
  const patterns = assets.flatMap((entry, asset) =>
    list(entry, 'repositories').flatMap((pattern, index) =>
      typeof pattern === 'string' ? [{ asset, index, pattern }] : [],
    ),
  );
  return ambiguousPatterns(patterns).map(([first, second]) => {
    const { line } = positionOf(yaml, ['assets', first.asset, 'repositories', first.index]);
    const same = first.pattern === second.pattern ? 'the same' : `as specific as "${first.pattern}"`;
    return {
      ...positionOf(yaml, ['assets', second.asset, 'repositories', second.index]),
      message: `"${second.pattern}" is ${same} on line ${String(line)}, of another asset: nothing decides between them`,
    };
  });
}

function tolerationMistakes(names: readonly unknown[], path: Path, yaml: ReadYaml): readonly Mistake[] {
  return names.flatMap((name, index) => {
    const message = typeof name === 'string' ? tolerationMistake(name) : null;
    return message === null ? [] : [{ ...positionOf(yaml, [...path, index]), message }];
  });
}

/** What to do where a gap is of the file's own making. */
const INSTEAD: Readonly<Record<string, string>> = {
  'feed-stale': 'say how old the feed may be with maxAgeDays',
  'criterion-failed': 'put the criterion right',
};

function tolerationMistake(name: string): string | null {
  const [kind = '', ...subject] = name.split(':');
  const may = Object.entries(GAP_KINDS).flatMap(([one, { tolerable }]) => (tolerable ? [one] : []));
  if (!Object.hasOwn(GAP_KINDS, kind)) {
    return `there is no gap "${kind}": ${didYouMean(kind, Object.keys(GAP_KINDS))}`;
  }
  const { tolerable, means } = GAP_KINDS[kind as GapKind];
  if (!tolerable) {
    const instead = INSTEAD[kind] ?? `what it hides has no bounds; a stage may tolerate ${may.join(', ')}`;
    return `no stage may tolerate "${kind}" (${means}): ${instead}`;
  }
  const feed = subject.join(':');
  if (kind !== 'feed-missing' || subject.length === 0 || FEED_KINDS.some((one) => one === feed)) return null;
  return `there is no feed "${feed}": ${didYouMean(feed, FEED_KINDS)}`;
}

function askMistakes(criterion: unknown, path: Path, yaml: ReadYaml): readonly Mistake[] {
  const asked = (['finding', 'image'] as const).flatMap((asks) => {
    const expression = member(criterion, asks);
    return expression === undefined ? [] : [{ asks, expression }];
  });
  const here = positionOf(yaml, path);
  const daysToFix = member(criterion, 'daysToFix');
  const from = member(criterion, 'from');
  return [
    ...(asked.length === 1
      ? []
      : [
          {
            ...here,
            message: `a criterion has finding: or image:, and this one has ${asked.length === 0 ? 'neither' : 'both'}`,
          },
        ]),
    ...(daysToFix === undefined || asked.some(({ asks }) => asks === 'finding')
      ? []
      : [
          {
            ...positionOf(yaml, [...path, 'daysToFix']),
            message: 'daysToFix is for finding:, an image has no date to count from',
          },
        ]),
    ...(from === undefined || daysToFix !== undefined
      ? []
      : [{ ...positionOf(yaml, [...path, 'from']), message: 'from says when daysToFix begin, and there are none' }]),
    ...asked.flatMap(({ asks, expression }) => expressionMistakesAt(expression, asks, [...path, asks], yaml)),
  ];
}
