import { describe, expect, it } from '@jest/globals';

import { composeMail, mailOf } from '../../../lib/adapters/mail/message.ts';
import { noticeOf } from '../../../lib/core/notices/notice.ts';
import { aDated, aLetter, aNotice } from '../../support/notices.ts';

const ADDRESSES = { from: 'cavendish@example.com', fallback: 'stakeholders@example.com' };

async function composed(to: string, about: string) {
  const letter = aLetter({ headline: about, under: [about], foot: [about] });
  const notice = noticeOf({
    id: 'abc',
    kind: 'exception-requested',
    at: '2026-11-23T00:00:00.000Z',
    to,
    about,
    letter,
  });
  const mail = (await composeMail(mailOf(notice, ADDRESSES))).toString('latin1');
  const [head = ''] = mail.split('\r\n\r\n', 1);
  const names = head
    .replaceAll(/\r\n[ \t]+/gu, ' ')
    .split('\r\n')
    .map((line) => line.slice(0, line.indexOf(':')));
  return { mail, head, names };
}

describe('a notice as a mail', () => {
  it('has the text first, and the same as HTML', async () => {
    const { mail } = await composed('olive@example.com', 'GO: team/app:1.0');
    expect(mail).toMatch(/Content-Type: multipart\/alternative/u);
    expect(mail.match(/Content-Type: text\/\w+/gu)).toEqual(['Content-Type: text/plain', 'Content-Type: text/html']);
  });

  it('takes its dates to the calendar, and none where it has none', async () => {
    const from = 'Cavendish <cavendish@example.com>';
    const bytes = await composeMail(mailOf(aNotice({ dates: [aDated()] }), { ...ADDRESSES, from }));
    const mail = bytes.toString();
    expect(
      mail
        .match(/Content-Type: text\/\w+/gu)
        ?.slice(0, 3)
        .map((type) => type.slice(19)),
    ).toEqual([...['plain', 'html', 'calendar']]);
    const [, part = ''] = /method=PUBLISH\r\n[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/u.exec(mail) ?? [];
    expect(part.replaceAll('=\r\n', '').replaceAll('=3D', '=')).toContain('DTSTART;VALUE=DATE:20261210');
    expect(part).toContain('mailto:cavendish@example.com');
    expect((await composeMail(mailOf(aNotice(), ADDRESSES))).toString()).not.toContain('calendar');
  });

  it('shows a name as it is, without what would move or hide it, and not at any length', () => {
    const name = (to: string) => {
      const { to: shown } = mailOf(aNotice({ to }), ADDRESSES);
      return typeof shown === 'object' && 'name' in shown ? shown.name : shown;
    };
    expect(name('Größe 漢字 🐳')).toBe('Größe 漢字 🐳');
    expect(name('\u001B[31mred\u202Eturned\r\nBcc: all')).toBe('\ufffd[31mred\ufffdturned\ufffd\ufffdBcc: all');
    expect(name('🐳'.repeat(101))).toBe(`${'🐳'.repeat(100)}…`);
    expect(name('🐳'.repeat(100))).toBe('🐳'.repeat(100));
  });

  it.each([
    ['olive@example.com\r\nBcc: everybody@example.com', 'GO'],
    ['Olive\r\nBcc: everybody@example.com\r\n\r\nbody', 'GO'],
    ['"Olive" <everybody@example.com>, <more@example.com>', 'GO'],
    ['olive@example.com', 'GO\r\nBcc: everybody@example.com\r\n\r\nbody'],
    ['Ölive 漢字 🐳'.repeat(40), 'ünïcödé 漢字 '.repeat(60)],
    ['olive@example.com', `x${'y'.repeat(20_000)}`],
  ])('to %j about %j has the headers that any has, each on its lines', async (to, about) => {
    const plain = await composed('olive@example.com', 'GO');
    const { names, head, mail } = await composed(to, about);
    expect(names).toEqual(plain.names);
    expect(head).toMatch(/^[ -~\r\n\t]*$/u);
    expect(Math.max(...mail.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(998);
    const [receiver = ''] = /^To: .*(?:\r\n[ \t].*)*$/mu.exec(head) ?? [];
    expect(/<?[\w.]+@example\.com>?$/u.exec(receiver)?.[0]).toMatch(/olive@example\.com|<stakeholders@example\.com>/u);
  });
});
