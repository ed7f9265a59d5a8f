/** What happens by itself, as people read it: a line for each thing, in order, and who hears of it. */
import type { Coming } from '../../core/ahead/coming.ts';
import type { ReminderKind } from '../../core/appetite/reminder-policy.ts';
import { shortDigest } from '../../core/image/digest.ts';
import { ladderText } from '../../core/reminders/dated.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { VerdictsAhead } from '../../pipeline/ahead/verdicts-ahead.ts';
import type { Io } from '../io.ts';
import { type Colours, coloursFor } from './colours.ts';
import { table } from './table.ts';

interface Ahead extends Pick<VerdictsAhead, 'judged' | 'failed'> {
  readonly until: string;
  readonly coming: readonly Coming[];
}

/** Of verdicts that turn at the same instant. */
const MOST_VERDICTS = 20;
const MOST_FAILED = 20;

const DATES: Readonly<Record<ReminderKind, string>> = {
  expiry: 'it ends',
  review: 'its review is overdue',
  risk: 'it is overdue',
  evidence: 'it is old',
  approval: 'it ends',
};

export function renderAhead({ until, judged, failed, coming }: Ahead, io: Pick<Io, 'stdout'>): string {
  const colours = coloursFor(io.stdout);
  return [
    plainLine(`Until ${until}, if nobody does anything: ${sumOf(coming)}`),
    `  ${counted(judged, 'verdict')} looked at${failed.length === 0 ? '' : `, ${String(failed.length)} could not be judged:`}`,
    ...failed.slice(0, MOST_FAILED).map(({ placement, why }) => `    ${plainLine(`${placement.repository}: ${why}`)}`),
    ...(coming.length === 0 ? [] : ['', ...table(rowsOf(coming, colours))]),
  ].join('\n');
}

function sumOf(coming: readonly Coming[]): string {
  const count = (what: Coming['what']): number => coming.filter((one) => one.what === what).length;
  const mails = coming.reduce((sum, one) => sum + (one.what === 'reminder' ? one.mails.length : 0), count('mail'));
  if (coming.length === 0) return 'nothing';
  return [
    counted(count('reminder'), 'reminder'),
    counted(count('date'), 'date'),
    counted(count('lapse'), 'lapse'),
    counted(count('verdict'), 'verdict'),
    counted(mails, 'mail'),
  ].join(', ');
}

function rowsOf(coming: readonly Coming[], colours: Colours): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  let [instant, verdicts] = ['', 0];
  for (const [place, one] of coming.entries()) {
    if (one.at !== instant) [instant, verdicts] = [one.at, 0];
    if (one.what === 'verdict') verdicts += 1;
    if (one.what !== 'verdict' || verdicts <= MOST_VERDICTS) rows.push([timeOf(one), ...cellsOf(one, colours)]);
    const next = coming[place + 1];
    const isLast = one.what === 'verdict' && (next?.what !== 'verdict' || next.at !== one.at);
    if (isLast && verdicts > MOST_VERDICTS) {
      rows.push([timeOf(one), '', `... and ${counted(verdicts - MOST_VERDICTS, 'verdict')} more: --json has all`]);
    }
  }
  return rows;
}

function timeOf({ at }: Coming): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}Z`;
}

function cellsOf(one: Coming, colours: Colours): readonly string[] {
  switch (one.what) {
    case 'reminder': {
      const to = one.mails.map((mail) => mail.to).join(', ');
      const about = plainLine(`${ladderText(one)}  ${one.title} (${rungText(one.rung)})`);
      return ['reminder', about, colours.faint(plainLine(`-> ${to}`))];
    }
    case 'date':
      return ['date', plainLine(`${ladderText(one)}  ${one.title}: ${DATES[one.kind]}`)];
    case 'lapse':
      return ['lapse', plainLine(`${one.exception}: ${one.why}`)];
    case 'mail':
      return ['mail', plainLine(one.subject), colours.faint(plainLine(`-> ${one.to}`))];
    case 'verdict': {
      const { placement, tags, platform, stage, before, verdict, because } = one;
      const [tag] = tags;
      const name = `${placement.repository}${tag === undefined ? `@${shortDigest(placement.digest)}` : `:${tag}`}`;
      const was = before === verdict ? `still ${verdict}` : `was ${before}`;
      const about = `${name} ${platform} for ${stage} (${was})${because.map((line) => `; ${line}`).join('')}`;
      return [colours.verdict(verdict, verdict), plainLine(about)];
    }
  }
}

/** Of the name of a rung. */
function rungText(rung: string): string {
  if (rung === '0') return 'on the day';
  const days = counted(Number(rung), 'day');
  return rung.startsWith('+') ? `${days} after` : `${days} before`;
}
