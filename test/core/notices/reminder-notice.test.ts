import { describe, expect, it } from '@jest/globals';

import { reminderNotice } from '../../../lib/core/notices/reminder-notice.ts';
import type { Rung } from '../../../lib/core/reminders/ladder.ts';
import { aDated } from '../../support/notices.ts';

const RUNG: Rung = { name: '7', at: '2026-12-03T08:00:00.000Z', overdue: false };
const OVERDUE: Rung = { name: '+7', at: '2026-12-17T08:00:00.000Z', overdue: true };
const OLIVE = { name: 'Olive Owner', address: 'olive@example.com' };
const NEXT_ONE = { name: 'Nora Next', address: null };

function remind(said: Partial<Parameters<typeof reminderNotice>[0]> = {}) {
  return reminderNotice({ id: 'abc', dated: aDated(), rung: RUNG, to: OLIVE, at: RUNG.at, ...said });
}

describe('a reminder', () => {
  it('says what, by when, what follows, and what to type', () => {
    expect(remind()).toMatchObject({
      ...{ id: 'abc', kind: 'exception-ending', at: RUNG.at, to: 'olive@example.com' },
      subject: '[Cavendish] Exception ends in 7 days: CVE-2026-1234 in shop',
      text: [
        'EXCEPTION ENDS IN 7 DAYS  CVE-2026-1234 in shop',
        'its last day 2026-12-10 (Europe/Berlin), for production',
        'from its end on it covers nothing, and what it covered counts again',
        'accepted because: the parser is not reachable',
        '',
        'What to do next',
        '  * it is still needed: cavendish exception renew EX-01 --until DATE',
        '  * it is needed no longer: cavendish exception revoke EX-01 --why REASON',
        '  * you know, and want no more of these:',
        '    cavendish reminders ack expiry:EX-01JDAAAAAAAAAAAAAAAAAAAAAA',
        '',
        'Told: you, since it is for Olive Owner and Ada Approver',
        'Exception: EX-01JDAAAAAAAAAAAAAAAAAAAAAA',
        'Reference: abc',
        '',
      ].join('\n'),
    });
  });

  it.each([
    ['2026-12-09T08:00:00.000Z', 'EXCEPTION ENDS TOMORROW'],
    // Half past eleven in the evening there.
    ['2026-12-10T22:30:00.000Z', 'EXCEPTION ENDS TODAY'],
    ['2026-12-10T23:00:00.000Z', 'EXCEPTION ENDED 1 DAY AGO'],
    ['2026-12-24T08:00:00.000Z', 'EXCEPTION ENDED 14 DAYS AGO'],
  ])('told at %s counts the days from then, where the date was meant', (at, says) => {
    expect(remind({ at }).text.split('\n')[0]).toBe(`${says}  CVE-2026-1234 in shop`);
  });

  it('names the day of an instant', () => {
    const due = { at: '2026-12-10T22:30:00.000Z', date: null, zone: 'Asia/Tokyo' };
    expect(remind({ dated: aDated({ due }), at: '2026-12-10T00:00:00.000Z' }).subject).toContain('ends tomorrow');
    const midnight = { ...due, at: '2026-12-10T15:00:00.000Z' };
    expect(remind({ dated: aDated({ due: midnight }), at: '2026-12-10T00:00:00.000Z' }).subject).toContain(
      'ends today',
    );
  });

  it('says to who is next why they hear of it', () => {
    const { text, to } = remind({ rung: OVERDUE, to: NEXT_ONE, at: OVERDUE.at });
    expect(to).toBe('Nora Next');
    expect(text).toContain('Told: you, since it is overdue; it is for Olive Owner and Ada Approver');
  });

  it("of what is nobody's says so", () => {
    expect(remind({ dated: aDated({ to: [] }) }).text).toContain('Told: you, since nobody is named for it');
  });

  it.each([
    ['review', 'review-due', 'REVIEW OF AN EXCEPTION IS DUE IN 7 DAYS', 'review-due'],
    ['risk', 'risk-due', 'RISK IS TO BE MITIGATED IN 7 DAYS', 'risk-overdue'],
    ['evidence', 'evidence-ageing', 'VALIDATION OF AN ASSET BECOMES OLD IN 7 DAYS', 'evidence-ageing'],
    ['approval', 'approval-ending', 'APPROVAL OF A BASE IMAGE ENDS IN 7 DAYS', 'approval-ending'],
  ] as const)('of the kind %s is a notice of its kind', (kind, notice, headline, overdue) => {
    const dated = aDated({ kind });
    expect(remind({ dated })).toMatchObject({ kind: notice, text: expect.stringMatching(`^${headline}`) });
    expect(remind({ dated, rung: OVERDUE, at: OVERDUE.at }).kind).toBe(overdue);
  });
});
