/** Reads the calendar that was computed by hand: test/fixtures/reminders/calendar.txt, which says how it is written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseEnd } from '../../../lib/core/time/end.ts';

export const LADDER = { daysBefore: [30, 14, 7, 1], onTheDay: true, thenEveryDays: 7 };

/** Cases, each with what the ladder is asked, from when on, and the rungs as `name instant` to the minute. */
export function readCalendar() {
  const file = join(import.meta.dirname, '..', '..', 'fixtures', 'reminders', 'calendar.txt');
  const [, ...cases] = readFileSync(file, 'utf8').trimEnd().split('\n\n');
  return cases.map(readCase);
}

function readCase(text: string) {
  const [what = '', ...lines] = text.split('\n');
  const said = new Map(lines.filter((line) => !line.startsWith('    ')).map(wordAndRest));
  const rungs = lines.filter((line) => line.startsWith('    ')).map((line) => line.trim().replace(/ +/u, ' '));
  const [due = '', zone = ''] = (said.get('due') ?? '').split(' ');
  return {
    what,
    calendar: {
      due: parseEnd(due, zone),
      clock: said.get('clock') ?? '09:00',
      ladder: readLadder(said.get('ladder')),
      until: said.get('until') ?? null,
    },
    since: said.get('since') ?? '2026-01-01T00:00:00.000Z',
    rungs: rungs.filter((rung) => rung !== 'more'),
    more: rungs.at(-1) === 'more',
  };
}

function wordAndRest(line: string): readonly [string, string] {
  const [word = '', ...rest] = line.trim().split(' ');
  return [word, rest.join(' ')];
}

function readLadder(
  text: string | undefined,
): typeof LADDER | (Omit<typeof LADDER, 'thenEveryDays'> & { thenEveryDays: null }) {
  if (text === undefined) return LADDER;
  const [before = '', day, after] = text.split(' / ');
  const daysBefore = before === 'none' ? [] : before.split(' ').map(Number);
  const onTheDay = day === 'day';
  return after === 'none'
    ? { daysBefore, onTheDay, thenEveryDays: null }
    : { daysBefore, onTheDay, thenEveryDays: Number(after) };
}
