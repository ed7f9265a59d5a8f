import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';

import { REMINDER_KINDS } from '../../../lib/core/appetite/reminder-policy.ts';
import { icalendarOf } from '../../../lib/core/reminders/icalendar.ts';
import { plainLine } from '../../../lib/core/text/plain.ts';
import { endOfDay, parseEnd } from '../../../lib/core/time/end.ts';

const AT = '2026-11-25T09:00:00.000Z';

type Entry = Parameters<typeof icalendarOf>[0]['entries'][number];

const ENTRY: Entry = {
  kind: 'expiry',
  subject: 'EX-01',
  due: endOfDay('2027-03-31', 'Europe/Berlin'),
  title: 'CVE-2026-13221 in shop',
  detail: 'the parser is not reachable',
  answers: ['cavendish exception renew EX-01', 'cavendish exception revoke EX-01'],
};

/** By a reader that is not of the library that wrote it; strict: what is no iCalendar throws. */
function read(text: string): { readonly calendar: ICAL.Component; readonly events: readonly ICAL.Event[] } {
  const calendar = new ICAL.Component(ICAL.parse(text) as never[]);
  const events = calendar
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event, { strictExceptions: true }));
  return { calendar, events };
}

function written(entry: Partial<Entry>, { at = AT, from = null as string | null } = {}): string {
  return icalendarOf({ entries: [{ ...ENTRY, ...entry }], at, from });
}

function only(text: string): ICAL.Event {
  const [event, ...rest] = read(text).events;
  if (event === undefined || rest.length > 0) throw new Error('not one event');
  return event;
}

describe('dates as iCalendar', () => {
  it('are whole: what, when, why and what to type', () => {
    expect(written({}).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Cavendish//Cavendish//EN',
      'NAME:Cavendish',
      'X-WR-CALNAME:Cavendish',
      'BEGIN:VEVENT',
      expect.stringMatching(/^UID:expiry-[0-9a-f]{32}@cavendish$/u),
      'SEQUENCE:217760400',
      'DTSTAMP:20261125T090000Z',
      'DTSTART;VALUE=DATE:20270331',
      'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE',
      'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE',
      'SUMMARY:Exception ends: CVE-2026-13221 in shop',
      'TRANSP:TRANSPARENT',
      'DESCRIPTION:the parser is not reachable\\ncavendish exception renew EX-01\\n',
      ' cavendish exception revoke EX-01\\nEX-01',
      'CATEGORIES:Cavendish',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('are the named day wherever it is read, and an instant in UTC', () => {
    const day = only(written({ due: endOfDay('2028-02-29', 'Pacific/Auckland') }));
    expect(day.startDate.toString()).toBe('2028-02-29');
    expect(day.endDate.toString()).toBe('2028-03-01');
    expect(only(written({ due: endOfDay('2026-12-31', 'America/New_York') })).startDate.toString()).toBe('2026-12-31');

    const instant = only(written({ due: parseEnd('2027-03-31T12:30:00+02:00', 'Europe/Berlin') }));
    expect(instant.startDate.toString()).toBe('2027-03-31T10:30:00Z');
  });

  it('keep their identity when they move, and calendars go by what was written later', () => {
    const before = only(written({}));
    const after = only(written({ due: endOfDay('2027-04-30', 'Europe/Berlin') }, { at: '2026-11-25T09:00:01.000Z' }));
    expect(after.uid).toBe(before.uid);
    expect(after.sequence).toBeGreaterThan(before.sequence);
    expect(after.startDate.toString()).toBe('2027-04-30');
  });

  it('are told apart by what they are of', () => {
    const ladders = REMINDER_KINDS.flatMap((kind) =>
      ['EX-01', 'EX-02'].map((subject) => ({ ...ENTRY, kind, subject })),
    );
    const { events } = read(icalendarOf({ entries: ladders, at: AT, from: null }));
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(ladders.length);
  });

  it('are published by who sends them, where they go by mail (RFC 5546, 3.2.1)', () => {
    const { calendar, events } = read(written({}, { from: 'risk@example.com' }));
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(events[0]?.organizer).toBe('mailto:risk@example.com');
    expect(read(written({})).calendar.getFirstPropertyValue('method')).toBeNull();
  });

  it('are none where nothing is open: a calendar still', () => {
    const { calendar, events } = read(icalendarOf({ entries: [], at: AT, from: null }));
    expect(events).toEqual([]);
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
  });

  it('say what was said, in any characters and of any length, and nothing besides', () => {
    const words = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.constantFrom(
          '\r\nEND:VEVENT\r\n',
          '\n',
          '\\n',
          ';,:"\\',
          '\u2028',
          '\u202e',
          '🦄'.repeat(40),
          '\u0000',
          '\ud800',
        ),
      ),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(words, words, fc.constantFrom(...REMINDER_KINDS), (title, detail, kind) => {
        const entry = { kind, title: title.join(''), detail: detail.join('') };
        const text = written(entry);
        for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
        expect(text).not.toMatch(/\r(?!\n)|(?<!\r)\n/u);
        const event = only(text);
        expect(event.summary.endsWith(`: ${plainLine(entry.title)}`)).toBe(true);
        expect(event.description.split('\n')[0]).toBe(plainLine(entry.detail));
      }),
    );
  });
});
