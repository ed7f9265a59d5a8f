/** What an appetite says, in words. */
import { FEED_KINDS } from '../advisories/feed.ts';
import { type Stage, STAGES } from '../image/stage.ts';
import { GAP_KINDS, type GapKind } from '../sbom/gap.ts';
import { counted, plainLine } from '../text/plain.ts';
import type { Appetite, Asset, Criterion, StagePolicy } from './appetite.ts';
import { describeExceptions } from './describe-exceptions.ts';
import { describePeople } from './describe-people.ts';
import { describeReminders } from './describe-reminders.ts';

export function describeAppetite(appetite: Appetite): string {
  const { statement, zone, assets, unnamed, stages } = appetite;
  return [
    'Statement',
    ...statement.trim().split('\n').map(indented),
    '',
    ...[...STAGES].reverse().flatMap((stage) => [...describeStage(stage, stages[stage]), '']),
    'Assets',
    ...assets.flatMap((asset) => [`  ${asset.id}: ${asset.repositories.join(', ')}`, `    ${standing(asset)}`]),
    '  any other repository:',
    `    ${standing(unnamed)}`,
    '',
    ...describePeople(appetite),
    '',
    ...describeExceptions(appetite),
    '',
    ...describeReminders(appetite),
    '',
    `A date without a time is the end of that day in the time zone ${zone}.`,
  ].join('\n');
}

function describeStage(stage: Stage, { mode, maxAgeDays, tolerate, criteria }: StagePolicy): readonly string[] {
  const ages = FEED_KINDS.map((kind) => {
    const limit = maxAgeDays[kind];
    return limit === undefined ? `${kind} of any age` : `${kind} at most ${counted(limit, 'day')} old`;
  });
  return [
    `For ${stage}: ${mode === 'enforce' ? 'a no-go and an unknown stop the image' : 'observed only, nothing is stopped'}`,
    ...criteria.flatMap(describeCriterion),
    `  Intelligence: ${ages.join(', ')}.`,
    ...(tolerate.length === 0 ? ['  No gap is tolerated.'] : ['  Gaps that are listed and not in the way:']),
    ...tolerate.map((name) => `    ${plainLine(name)}: ${meaningOf(name)}`),
  ];
}

function describeCriterion({ id, says, asks, expression, daysToFix, from }: Criterion): readonly string[] {
  const since = from === 'kev' ? 'its listing in KEV, or its publication where it is not listed' : 'its publication';
  const days = daysToFix === null ? 'at once' : `${counted(daysToFix, 'day')} after ${since}`;
  const one = expression.replace(/\s+/gu, ' ');
  return [
    `  ${id}: ${plainLine(says)}`,
    `    ${asks === 'image' ? 'broken by the image where' : `broken by a finding, ${days}, where`} ${plainLine(one)}`,
  ];
}

function standing({
  stage,
  owner,
  exposure,
  criticality,
}: Pick<Asset, 'stage' | 'owner' | 'exposure' | 'criticality'>): string {
  return `judged for ${stage}; owner ${plainLine(owner)}; exposure ${exposure}; criticality ${criticality}`;
}

function meaningOf(name: string): string {
  const [kind = ''] = name.split(':', 1);
  return Object.hasOwn(GAP_KINDS, kind) ? GAP_KINDS[kind as GapKind].means : '';
}

function indented(line: string): string {
  return `  ${plainLine(line)}`.trimEnd();
}
