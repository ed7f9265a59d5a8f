/** What another appetite would change, for people: counts first, then each image, the worst first. */
import type { OtherDue, Rehearsed } from '../../core/appetite/rehearsal.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import { orderOf } from '../../core/versions/version.ts';
import type { RehearsalPage } from '../../pipeline/appetite/rehearse.ts';
import type { Io } from '../io.ts';
import { coloursFor } from './colours.ts';

type Sum = Pick<RehearsalPage, 'judged' | 'changed' | 'failed'>;

const MOST_IMAGES = 50;
const MOST_DUE = 3;
const ORDER = ['no-go', 'unknown', 'go'] as const;

export function renderRehearsal(source: string, { judged, changed, failed }: Sum, io: Pick<Io, 'stdout'>): string {
  const inOrder = [...changed].sort(worstFirst);
  const shown = inOrder.slice(0, MOST_IMAGES);
  const other = inOrder.filter(({ verdict }) => verdict.before !== verdict.after);
  const dues = changed.reduce((sum, { due }) => sum + due.count, 0);
  return [
    `By ${plainLine(source)}, of ${counted(judged, 'verdict')}:`,
    `  ${counted(other.length, 'verdict')} would be another${other.length === 0 ? '' : `: ${waysOf(other)}`}`,
    `  ${counted(changed.length - other.length, 'verdict')} would stand for other reasons, at another stage or with other dates`,
    `  ${counted(dues, 'due date')} would be another`,
    ...(failed.length === 0 ? [] : [`  ${counted(failed.length, 'verdict')} could not be judged:`]),
    ...failed.slice(0, MOST_IMAGES).map(({ placement, why }) => `    ${plainLine(`${placement.repository}: ${why}`)}`),
    ...shown.flatMap((row) => ['', ...linesOf(row, io)]),
    ...(inOrder.length > shown.length
      ? ['', `... and ${counted(inOrder.length - shown.length, 'image')} more: --json has all`]
      : []),
  ].join('\n');
}

function waysOf(rows: readonly Rehearsed[]): string {
  const ways = Map.groupBy(rows, ({ verdict }) => `${verdict.before} -> ${verdict.after}`);
  return [...ways]
    .map(([way, of]) => `${String(of.length)} ${way}`)
    .sort(orderOf)
    .join(', ');
}

function linesOf(row: Rehearsed, io: Pick<Io, 'stdout'>): readonly string[] {
  const { placement, tags, platform, stage, verdict, blocking, broken, mended, due, exceptions } = row;
  const colours = coloursFor(io.stdout);
  const name = `${placement.repository}${tags[0] === undefined ? `@${placement.digest.slice(0, 19)}` : `:${tags[0]}`}`;
  const was = verdict.before === verdict.after ? `still ${verdict.after}` : `was ${verdict.before}`;
  const stages = stage.before === stage.after ? stage.after : `${stage.after} (was ${stage.before})`;
  const stops = blocking.before === blocking.after ? '' : blocking.after ? ', stopped by it' : ', no longer stopped';
  return [
    `${colours.verdict(verdict.after, verdict.after)}  ${plainLine(name)} ${platform} for ${stages} (${was}${stops})`,
    ...(broken.length === 0 ? [] : [`  broken too: ${broken.join(', ')}`]),
    ...(mended.length === 0 ? [] : [`  no longer broken: ${mended.join(', ')}`]),
    ...dueLines(due),
    ...exceptions.map(
      ({ id, before, after }) => `  exception ${id}: covers ${counted(after, 'finding')} (was ${String(before)})`,
    ),
  ];
}

function dueLines({ count, first }: Rehearsed['due']): readonly string[] {
  if (count === 0) return [];
  const shown = first.slice(0, MOST_DUE).map(dueText).join('; ');
  return [`  ${counted(count, 'other due date')}: ${shown}${count > MOST_DUE ? '; ...' : ''}`];
}

function dueText({ vulnerability, package: source, before, after }: OtherDue): string {
  return plainLine(`${vulnerability} in ${source} ${dayOf(after)} (was ${dayOf(before)})`);
}

function dayOf(due: string | null): string {
  return due === null ? 'never' : due.slice(0, 10);
}

function worstFirst(a: Rehearsed, b: Rehearsed): number {
  const rank = ({ verdict }: Rehearsed): number =>
    verdict.before === verdict.after ? 3 : ORDER.indexOf(verdict.after);
  return (
    rank(a) - rank(b) || orderOf(a.placement.repository, b.placement.repository) || orderOf(a.assessment, b.assessment)
  );
}
