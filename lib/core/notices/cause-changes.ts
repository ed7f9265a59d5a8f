/** The verdicts that a round changed: counts from what to what, and those that matter most. */
import type { ChangedVerdict } from '../again/changed-verdict.ts';
import { orderOf } from '../versions/version.ts';
import { says, type Section, sectionOf } from './letter.ts';
import { imageName } from './verdict-notice.ts';

const ORDER = ['no-go', 'unknown', 'go'] as const;
const MOST_LINES = 10;

/** `team/app:1.0`, `team/app:1.0 and 2 tags more` */
export function nameOf({ placement, tags }: Pick<ChangedVerdict, 'placement' | 'tags'>): string {
  const [tag = null] = tags;
  const rest = tags.length - 1;
  return `${imageName(placement, tag)}${rest > 0 ? ` and ${rest} tag${rest === 1 ? '' : 's'} more` : ''}`;
}

/** `4 no-go, 5 go` */
export function tallyOf(entries: readonly ChangedVerdict[]): string {
  const counts = ORDER.map((verdict) => ({ verdict, of: entries.filter((entry) => entry.verdict === verdict).length }));
  return counts.flatMap(({ verdict, of }) => (of === 0 ? [] : [`${of} ${verdict}`])).join(', ');
}

/** What runs first, then what blocks, then the worse verdict, then what has the most vulnerabilities; then by name. */
export function byWeight(a: ChangedVerdict, b: ChangedVerdict): number {
  return (
    Number(b.running) - Number(a.running) ||
    Number(b.blocking) - Number(a.blocking) ||
    ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) ||
    b.vulnerabilities - a.vulnerabilities ||
    orderOf(nameOf(a), nameOf(b)) ||
    orderOf(a.assessment, b.assessment)
  );
}

export function changesOf(entries: readonly ChangedVerdict[]): readonly Section[] {
  const changed = entries.filter(({ told }) => told.length > 0).sort(byWeight);
  const ways = Map.groupBy(changed, ({ before, verdict }) => `${before ?? 'not judged'} -> ${verdict}`);
  const counts = [...ways].map(([way, of]) => `${of.length} ${way}`).sort();
  const items = changed.map((entry) => says(lineOf(entry)));
  return sectionOf(`Verdicts changed (${changed.length})`, items, { most: MOST_LINES, lead: [counts.join(', ')] });
}

function lineOf(entry: ChangedVerdict): string {
  const { platform, stage, running, before, verdict, blocking, headline } = entry;
  const observed = blocking || verdict === 'go' ? '' : ', only observed';
  const was = before === null ? 'new' : before === verdict ? `still ${before}, for other reasons` : `was ${before}`;
  const runs = running ? ', running' : '';
  return `${verdict.toUpperCase()}  ${nameOf(entry)} ${platform} for ${stage}${runs} (${was}${observed}): ${headline}`;
}
