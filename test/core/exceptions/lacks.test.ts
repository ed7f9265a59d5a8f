import { describe, expect, it } from '@jest/globals';

import { isComplete, lacksOf } from '../../../lib/core/exceptions/lacks.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { EXCEPTION_POLICY } from '../../support/appetites.ts';
import { aDraft } from '../../support/exception-people.ts';
import { aControl } from '../../support/grants.ts';

const AT = '2026-11-25T12:00:00.000Z';
const people = [{ name: 'Olive Owner', principals: [], email: null, next: null, teams: [], roles: ['owner' as const] }];
const policy = { ...EXCEPTION_POLICY, required: [] };
const medium = [{ asset: 'shop', criticality: 'medium' as const }];

function lacks(
  terms: Parameters<typeof aDraft>[0],
  required: (typeof EXCEPTION_POLICY)['required'] = [],
  assets: Parameters<typeof lacksOf>[2]['assets'] = medium,
): readonly string[] {
  return lacksOf(aDraft(terms), { zone: 'UTC', people, exceptions: { ...policy, required } }, { at: AT, assets });
}

describe('what a request lacks', () => {
  it.each<[string, Parameters<typeof aDraft>[0], string]>([
    ['a reason', { reason: null }, 'it gives no reason (--reason)'],
    ['an owner', { owner: null }, 'nobody owns the risk (--owner)'],
    [
      'an owner whom the appetite knows',
      { owner: 'Mallory' },
      'its owner Mallory is not among the people of the appetite',
    ],
    ['an end', { expiry: null }, 'it has no end (--until)'],
    ['an end that is still to come', { expiry: endOfDay('2026-11-24', 'UTC') }, 'its end 2026-11-24 is over'],
    ['a review that is still to come', { review: endOfDay('2026-11-24', 'UTC') }, 'its review on 2026-11-24 is over'],
    ['a review before its end', { review: endOfDay('2027-01-01', 'UTC') }, 'its review comes after its end'],
  ])('is %s', (_, terms, said) => {
    expect(lacks(terms)).toEqual([said]);
  });

  it('is what the appetite makes mandatory', () => {
    expect(lacks({}, ['controls', 'review', 'links'])).toEqual([
      'it names no date of review (--review)',
      'it names no compensating control (--control)',
      'it links to nothing (--link)',
    ]);
    const whole = { controls: [aControl(0.5)], review: endOfDay('2026-12-01', 'UTC'), links: ['https://example.org/'] };
    expect(lacks(whole, ['controls', 'review', 'links'])).toEqual([]);
  });

  it('is shorter terms: 180 days from the end of the day for medium, by the most critical asset in scope', () => {
    expect(lacks({ expiry: endOfDay('2027-05-24', 'UTC') })).toEqual([]);
    expect(lacks({ expiry: endOfDay('2027-05-25', 'UTC') })).toEqual([
      'its end 2027-05-25 is later than the 180 days that criticality medium allows',
    ]);
    const also = [...medium, { asset: 'bank', criticality: 'critical' as const }];
    expect(lacks({ expiry: endOfDay('2026-12-25', 'UTC') }, [], also)).toEqual([]);
    expect(lacks({ expiry: endOfDay('2026-12-26', 'UTC') }, [], also)).toEqual([
      'its end 2026-12-26 is later than the 30 days that criticality critical allows',
    ]);
  });

  it('is nothing where its review and its end are on one day', () => {
    expect(lacks({ review: endOfDay('2026-12-31', 'UTC'), expiry: endOfDay('2026-12-31', 'UTC') })).toEqual([]);
  });

  it('is a part that every grant has', () => {
    expect(isComplete(aDraft())).toBe(true);
    for (const part of ['reason', 'owner', 'expiry']) expect(isComplete(aDraft({ [part]: null }))).toBe(false);
  });
});
