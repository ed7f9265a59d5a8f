/** What changed between two versions of a feed, for people. */
import type { Change, ChangeGroup, ChangeKind, DiffSide, FeedDiff, Shown } from '../../core/advisories/feed-diff.ts';
import { counted, plainLine } from '../../core/text/plain.ts';

const WORDS: Readonly<Record<ChangeKind, string>> = {
  added: 'added',
  removed: 'no longer there',
  changed: 'changed',
  withdrawn: 'withdrawn',
  risen: 'risen by 0.1 or more',
  fallen: 'fallen by 0.1 or more',
  'moved-by-model': 'moved by the model',
};

export function diffLines(diff: FeedDiff): readonly string[] {
  const { feed, kind, from, to, groups } = diff;
  const then = from === null ? 'nothing' : sideText(from);
  const lines = [`${feed}: ${then} → ${sideText(to)}`];
  if (kind === 'epss' && from !== null && from.modelVersion !== to.modelVersion) {
    lines.push(
      `  The model changed from ${plainLine(from.modelVersion ?? 'unknown')} to ${plainLine(to.modelVersion ?? 'unknown')}: figures of different models are not compared, and no risk is said to have moved.`,
    );
  }
  if (groups.length === 0) lines.push('  nothing changed');
  return [...lines, ...groups.flatMap(groupLines)];
}

function groupLines({ kind, count, changes }: ChangeGroup): readonly string[] {
  const rest = count - changes.length;
  return [
    `  ${count} ${WORDS[kind]}`,
    ...changes.map((change) => `    ${plainLine(change.id)}  ${textOf(change, kind)}`.trimEnd()),
    ...(rest > 0 && changes.length > 0 ? [`    … and ${rest} more (--most)`] : []),
  ];
}

function textOf({ before, after }: Change, kind: ChangeKind): string {
  if (before === null || after === null) return shownText(after ?? before ?? {});
  if (kind === 'risen' || kind === 'fallen') return `${String(before['score'])} → ${String(after['score'])}`;
  const members = Object.keys(after).filter((member) => after[member] !== before[member]);
  return members.map((member) => `${member} ${valueText(before[member])} → ${valueText(after[member])}`).join(', ');
}

function shownText(shown: Shown): string {
  return Object.entries(shown)
    .filter(([, value]) => value !== null && value !== false)
    .map(([member, value]) => `${member} ${valueText(value)}`)
    .join(', ');
}

function valueText(value: Shown[string] | undefined): string {
  return value === null || value === undefined ? 'none' : plainLine(String(value));
}

function sideText({ hash, date, count, modelVersion }: DiffSide): string {
  const model = modelVersion === null ? '' : `, model ${plainLine(modelVersion)}`;
  return `${counted(count, 'record')} of ${date.slice(0, 10)}${model} (${hash.slice('sha256:'.length, 'sha256:'.length + 12)})`;
}
