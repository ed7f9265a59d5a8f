/** Notices and what they are made of, whole, of which a test says only what it is about. */
import type { Item, Letter } from '../../lib/core/notices/letter.ts';
import type { Notice } from '../../lib/core/notices/notice.ts';
import type { Dated } from '../../lib/core/reminders/dated.ts';

export function aLetter(said: Partial<Letter> = {}): Letter {
  return { headline: 'GO  team/app:1.0', tone: 'good', under: [], sections: [], foot: [], ...said };
}

export function aNotice(said: Partial<Notice> = {}): Notice {
  return {
    ...{ id: 'abc', kind: 'verdict-changed', at: '2026-11-23T00:00:00.000Z', to: 'shop-team@example.com' },
    ...{ subject: '[Cavendish] GO: team/app:1.0', text: 'GO  team/app:1.0\n', letter: aLetter(), dates: [] },
    ...said,
  };
}

/** The end of an exception on 10 December 2026 in Berlin. */
export function aDated(said: Partial<Dated> = {}): Dated {
  return {
    ...{ kind: 'expiry', subject: 'EX-01JDAAAAAAAAAAAAAAAAAAAAAA', title: 'CVE-2026-1234 in shop' },
    due: { at: '2026-12-10T23:00:00.000Z', date: '2026-12-10', zone: 'Europe/Berlin' },
    ...{ since: '2026-10-01T08:00:00.000Z', until: null, detail: 'the parser is not reachable', asset: 'shop' },
    ...{ stages: ['production'], to: ['Olive Owner', 'Ada Approver'] },
    answers: ['cavendish exception renew EX-01 --until DATE', 'cavendish exception revoke EX-01 --why REASON'],
    ...said,
  };
}

/** As the text form has them. */
export function asWritten(items: readonly Item[]): readonly string[] {
  return items.map(({ text, command }) => (command === null ? text : `${text}: ${command}`));
}

/** What a reader sees of a text under a title, each item with what belongs to it in one line. */
export function linesUnder(title: string, text: string): readonly string[] {
  const lines = text.split('\n');
  const from = lines.indexOf(title);
  if (from === -1) return [];
  const section = lines.slice(from + 1, lines.indexOf('', from)).join('\n');
  return section
    .replaceAll(/\n {4}(?! )/gu, ' ')
    .split('\n')
    .map((line) => line.trim());
}
