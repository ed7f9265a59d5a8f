import { describe, expect, it } from '@jest/globals';

import { type ComingDate, type ComingVerdict, inOrder } from '../../../lib/core/ahead/coming.ts';
import { aDigest } from '../../support/assessments.ts';

const AT = '2027-03-01T00:00:00.000Z';
const LATER = '2027-03-08T00:00:00.000Z';

function aDate(given: Partial<ComingDate> = {}): ComingDate {
  return { what: 'date', at: AT, kind: 'expiry', subject: 'EX-1', title: 'perl in shop', ...given } as ComingDate;
}

function aReminder(at: string, subject = 'EX-1'): ComingDate {
  const mails = [{ id: 'r-1', to: 'Olive Owner', subject: 'Exception ends' }];
  return { what: 'reminder', at, kind: 'expiry', subject, title: 'perl in shop', rung: '0', mails };
}

function aTurn(given: Partial<ComingVerdict> = {}): ComingVerdict {
  const placement = {
    account: 'laptop',
    region: 'local',
    registry: 'embedded',
    repository: 'shop/cart',
    digest: aDigest('cart'),
  };
  return {
    ...{ at: AT, before: 'go', verdict: 'no-go', blocking: true, headline: '1 vulnerability', because: [], told: true },
    ...{ lapsed: [], placement, platform: 'linux/amd64', stage: 'production', tags: ['1.0'], owner: 'shop team' },
    ...given,
  };
}

function shown(coming: ReturnType<typeof inOrder>): readonly string[] {
  return coming.map((one) => `${one.at.slice(0, 10)} ${one.what}`);
}

describe('what comes', () => {
  it('is in the order of time, and at one instant in that of cause and effect', () => {
    const dates = [aReminder(LATER), aReminder(AT), aDate()];
    expect(shown(inOrder(dates, [aTurn()]))).toEqual([
      '2027-03-01 date',
      '2027-03-01 verdict',
      '2027-03-01 mail',
      '2027-03-01 reminder',
      '2027-03-08 reminder',
    ]);
  });

  it('is one mail for each owner and instant, about all that turned then', () => {
    const others = [aTurn({ stage: 'testing' }), aTurn({ owner: 'pay team' }), aTurn({ at: LATER })];
    const mails = inOrder([], [aTurn(), ...others]).filter(({ what }) => what === 'mail');
    expect(mails).toEqual([
      { what: 'mail', at: AT, to: 'pay team', subject: '1 verdict changed' },
      { what: 'mail', at: AT, to: 'shop team', subject: '2 verdicts changed' },
      { what: 'mail', at: LATER, to: 'shop team', subject: '1 verdict changed' },
    ]);
  });

  it('has nothing of an exception from its lapse on, which is told once, with the first evidence', () => {
    const lapsed = [{ id: 'EX-1', why: 'the approval of its base has ended' }];
    const turns = [aTurn({ at: LATER, lapsed, told: false }), aTurn({ lapsed, told: false, stage: 'testing' })];
    const before = aReminder('2027-02-22T09:00:00.000Z');
    const coming = inOrder([before, aDate(), aReminder(LATER), aReminder(LATER, 'EX-2')], turns);
    expect(shown(coming)).toEqual(['2027-02-22 reminder', '2027-03-01 lapse', '2027-03-08 reminder']);
    expect(coming.at(-1)).toMatchObject({ subject: 'EX-2' });
  });

  it('is the same in whatever order it is found', () => {
    const dates = [aDate(), aReminder(AT), aReminder(AT, 'EX-2')];
    const turns = [aTurn(), aTurn({ stage: 'testing' }), aTurn({ owner: 'pay team', platform: 'linux/arm64' })];
    expect(inOrder(dates.toReversed(), turns.toReversed())).toEqual(inOrder(dates, turns));
  });
});
