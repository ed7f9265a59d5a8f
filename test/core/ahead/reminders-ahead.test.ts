import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { remindersAhead } from '../../../lib/core/ahead/reminders-ahead.ts';
import type { Appetite } from '../../../lib/core/appetite/appetite.ts';
import { reminderKey } from '../../../lib/core/register/reminder-keys.ts';
import type { Dated } from '../../../lib/core/reminders/dated.ts';
import { readReminderState } from '../../../lib/core/reminders/reminder-state.ts';
import { endOfDay, parseEnd } from '../../../lib/core/time/end.ts';
import { sendDue } from '../../../lib/pipeline/reminders/send-due.ts';
import { aDated, aRemindingHome, REMINDED_APPETITE } from '../../support/reminding.ts';

const FROM = '2027-01-01T00:00:00.000Z';
const HOUR = 3_600_000;

function ahead(
  dated: Dated,
  until: string,
  from = FROM,
  appetite: Pick<Appetite, 'people' | 'reminders'> = REMINDED_APPETITE,
) {
  return remindersAhead(dated, null, { appetite, from, until });
}

function shown(coming: ReturnType<typeof ahead>): readonly string[] {
  return coming.map((one) => `${one.at.slice(0, 16)} ${one.what === 'date' ? 'date' : one.rung}`);
}

describe('what a date brings', () => {
  it('is its ladder, and itself, in order', () => {
    expect(shown(ahead(aDated(), '2027-07-15T00:00:00.000Z'))).toEqual([
      '2027-05-31T09:00 30',
      '2027-06-16T09:00 14',
      '2027-06-23T09:00 7',
      '2027-06-29T09:00 1',
      '2027-06-30T09:00 0',
      '2027-07-01T00:00 date',
      '2027-07-07T09:00 +7',
      '2027-07-14T09:00 +14',
    ]);
  });

  it('says to whom each mail goes, and what it is about; who is next hears of what is overdue', () => {
    const coming = ahead(aDated(), '2027-07-08T00:00:00.000Z');
    const mails = coming.map((one) => (one.what === 'reminder' ? one.mails : []));
    expect(mails[0]).toMatchObject([
      { to: 'Olive Owner', subject: '[Cavendish] Exception ends in 30 days: CVE-2026-1 in shop' },
      { to: 'Amir Approver', subject: '[Cavendish] Exception ends in 30 days: CVE-2026-1 in shop' },
    ]);
    expect(mails.at(-1)?.map(({ to }) => to)).toEqual(['Olive Owner', 'Amir Approver', 'Norma Next']);
  });

  it('begins with the last of what is owed by then', () => {
    const coming = ahead(aDated(), '2027-06-29T12:00:00.000Z', '2027-06-25T00:00:00.000Z');
    expect(shown(coming)).toEqual(['2027-06-25T00:00 7', '2027-06-29T09:00 1']);
  });

  it('is nothing where somebody knows, but for the date', async () => {
    const { register, put } = aRemindingHome(openLocalStore(':memory:').register);
    await put(aDated(), FROM);
    const stored = await register.get(reminderKey(aDated()));
    if (stored === null) throw new Error('it was looked at');
    const by = { principal: 'laptop:olive', person: 'Olive Owner' };
    const state = { ...readReminderState(stored), acknowledged: { at: FROM, by, until: null, why: null } };
    const asked = { appetite: REMINDED_APPETITE, from: FROM, until: '2027-12-31T00:00:00.000Z' };
    expect(shown(remindersAhead(aDated(), state, asked))).toEqual(['2027-07-01T00:00 date']);
  });

  it('is what a ticker tells as time passes, whatever the date and the zone', async () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    const days = fc
      .integer({ min: -40, max: 110 })
      .map((day) => new Date(Date.parse(FROM) + day * 24 * HOUR).toISOString());
    const dues = fc
      .tuple(days, zones, fc.option(fc.integer({ min: 0, max: 23 })))
      .map(([day, zone, hour]) =>
        hour === null
          ? endOfDay(day.slice(0, 10), zone)
          : parseEnd(new Date(Date.parse(day) + hour * HOUR).toISOString(), zone),
      );
    const since = fc
      .integer({ min: 0, max: 60 })
      .map((day) => new Date(Date.parse(FROM) - day * 24 * HOUR).toISOString());
    const until = '2027-04-15T00:00:00.000Z';
    const all = fc.array(fc.tuple(dues, since), { minLength: 25, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(all, async (given) => {
        const { reminding, sent, put } = aRemindingHome(openLocalStore(':memory:').register);
        const said: string[] = [];
        for (const [place, [due, from]] of given.entries()) {
          const dated = aDated({ due, since: from, subject: `EX-${String(place)}` });
          await put(dated, FROM);
          const coming = ahead(dated, until);
          said.push(...coming.flatMap((one) => (one.what === 'reminder' ? one.mails.map(({ id }) => id) : [])));
        }
        // In twelve hours no ladder has two rungs.
        for (let at = Date.parse(FROM); at <= Date.parse(until); at += 12 * HOUR)
          await sendDue(new Date(at), reminding);
        expect(sent.map(({ notice }) => notice.id).sort()).toEqual(said.sort());
      }),
      { numRuns: 1 },
    );
  });
});
