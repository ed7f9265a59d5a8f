/** What an appetite says, in words. */
import { FEED_KINDS } from '../advisories/feed.ts';
import { STAGES, type Stage } from '../image/stage.ts';
import { counted, plainLine } from '../text/plain.ts';
import type { Appetite, Criterion, StagePolicy } from './appetite.ts';

export function describeAppetite({ statement, assets, unnamed, stages }: Appetite): string {
  return [
    ...statement
      .trim()
      .split('\n')
      .map((line) => `  ${plainLine(line)}`.trimEnd()),
    '',
    ...STAGES.flatMap((stage) => [...describeStage(stage, stages[stage]), '']),
    'Assets',
    ...assets.map(
      ({ id, repositories, owner, stage, exposure, criticality }) =>
        `  ${id}: ${repositories.join(', ')}; owned by ${plainLine(owner)}, judged for ${stage}, exposure ${exposure}, criticality ${criticality}`,
    ),
    `  any other repository: judged for ${unnamed.stage}, owned by ${plainLine(unnamed.owner)}, exposure ${unnamed.exposure}, criticality ${unnamed.criticality}`,
  ].join('\n');
}

function describeStage(stage: Stage, { mode, maxAgeDays, tolerate, criteria }: StagePolicy): readonly string[] {
  const ages = FEED_KINDS.flatMap((kind) => {
    const limit = maxAgeDays[kind];
    return limit === undefined ? [] : [`${kind} ${counted(limit, 'day')}`];
  });
  return [
    `${stage} (${mode === 'enforce' ? 'a no-go or unknown stops' : 'observes: nothing is stopped'})`,
    ...criteria.map(describeCriterion),
    `  Intelligence may be this old: ${ages.length === 0 ? 'of any age' : ages.join(', ')}.`,
    tolerate.length === 0 ? '  No gap is tolerated.' : `  Gaps tolerated by name: ${tolerate.join(', ')}.`,
  ];
}

function describeCriterion({ id, says, expression, daysToFix }: Criterion): string {
  const days = daysToFix === null ? '' : `, ${counted(daysToFix, 'day')} after publication`;
  return `  ${id}: ${plainLine(says)}\n    broken when: ${plainLine(expression)}${days}`;
}
