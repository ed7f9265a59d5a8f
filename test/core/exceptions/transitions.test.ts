import { describe, expect, it } from '@jest/globals';

import { type Change, exceptionAt, readChange } from '../../../lib/core/exceptions/change.ts';
import type { Exception, Who } from '../../../lib/core/exceptions/exception.ts';
import { ended, granted, refused, requested, withdrawn } from '../../../lib/core/exceptions/transitions.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { aDigest } from '../../support/assessments.ts';
import { aDraft } from '../../support/exception-people.ts';

const AT = '2026-11-25T09:00:00.000Z';
const LATER = '2026-11-26T09:00:00.000Z';
const ADA: Who = { principal: 'laptop:ada', person: 'Ada Asker' };
const AMIR: Who = { principal: 'laptop:amir', person: 'Amir Approver' };
const NOBODY: Who = { principal: 'laptop:nobody', person: null };

const REQUEST = requested(aDraft({ review: endOfDay('2026-12-01', 'UTC') }), { requester: ADA, at: AT, renews: null });
const GRANT = aDigest('grant');
const GRANTED = granted(REQUEST, { approver: AMIR, at: LATER, grant: GRANT });
const OVER = { at: LATER, why: 'the upgrade is out' };

/** What an error says, and what it advises. */
function saying(act: () => unknown): readonly unknown[] {
  try {
    act();
  } catch (error) {
    const { code, message, next } = error as { code: string; message: string; next: string };
    return [code, message, next];
  }
  throw new Error('it was not refused');
}

const DONE: readonly (readonly [string, (exception: Exception, who: Who) => Exception])[] = [
  ['approved', (exception, approver) => granted(exception, { approver, at: LATER, grant: GRANT })],
  ['refused', (exception, approver) => refused(exception, { approver, at: LATER })],
];

describe('an exception', () => {
  it('is asked for, with its review, and holds nothing yet', () => {
    expect(REQUEST).toEqual({
      ...{ id: REQUEST.id, terms: REQUEST.terms, requester: ADA, requestedAt: AT, state: 'requested' },
      ...{ approver: null, decidedAt: null, grant: null, renews: null, review: REQUEST.terms.review },
      ...{ withdrawnControls: [], ended: null },
    });
    expect(REQUEST.id).toMatch(/^EX-[0-9A-HJKMNP-TV-Z]{26}$/u);
  });

  it('is one however often it is asked for, and another for another asker, term or renewal', () => {
    const idOf = (given: Partial<Parameters<typeof requested>[1]> = {}, terms = aDraft()): string =>
      requested(terms, { requester: ADA, at: AT, renews: null, ...given }).id;
    expect(idOf()).toBe(idOf());
    expect(
      new Set([idOf(), idOf({ requester: AMIR }), idOf({ renews: REQUEST.id }), idOf({}, aDraft({ owner: null }))])
        .size,
    ).toBe(4);
  });

  it('is granted by somebody else, from then on and with its evidence', () => {
    expect(GRANTED).toEqual({ ...REQUEST, state: 'granted', approver: AMIR, decidedAt: LATER, grant: GRANT });
  });

  it('is refused by somebody else', () => {
    const next = refused(REQUEST, { approver: AMIR, at: LATER });
    expect(next).toEqual({ ...REQUEST, state: 'refused', approver: AMIR, decidedAt: LATER });
  });

  it('is taken back by who asked, under any principal of theirs', () => {
    const next = { ...REQUEST, state: 'withdrawn', decidedAt: LATER };
    expect(withdrawn(REQUEST, ADA, LATER)).toEqual(next);
    expect(withdrawn(REQUEST, { ...ADA, principal: 'laptop:ada-at-home' }, LATER)).toEqual(next);
    expect(withdrawn(REQUEST, { ...ADA, person: null }, LATER)).toEqual(next);
  });

  it('ends with how and why', () => {
    expect(ended(GRANTED, 'revoked', OVER)).toEqual({ ...GRANTED, state: 'ended', ended: { ...OVER, how: 'revoked' } });
  });
});

describe('nobody', () => {
  it.each(DONE)('gets their own request %s, under whichever principal', (_, decide) => {
    for (const who of [ADA, { ...ADA, principal: 'laptop:ada-at-home' }, { ...ADA, person: null }]) {
      expect(saying(() => decide(REQUEST, who))).toEqual([
        'forbidden',
        `${REQUEST.id} was asked for by the same person: whoever asks does not decide`,
        `Have another approver decide, or take it back: cavendish exception withdraw ${REQUEST.id} --why REASON`,
      ]);
    }
  });

  it('is taken for the same person because the appetite knows neither', () => {
    const request = requested(aDraft(), { requester: NOBODY, at: AT, renews: null });
    const another: Who = { principal: 'laptop:another', person: null };
    expect(granted(request, { approver: another, at: LATER, grant: GRANT }).state).toBe('granted');
  });

  it('takes back what somebody else asked for', () => {
    expect(saying(() => withdrawn(REQUEST, AMIR, LATER))).toEqual([
      'forbidden',
      `${REQUEST.id} was asked for by somebody else`,
      `Who may approve it can refuse it: cavendish exception refuse ${REQUEST.id} --why REASON`,
    ]);
  });

  it.each([
    ['granted', GRANTED],
    ['refused', refused(REQUEST, { approver: AMIR, at: LATER })],
    ['withdrawn', withdrawn(REQUEST, ADA, LATER)],
    ['ended (expired)', ended(GRANTED, 'expired', OVER)],
  ])('decides on one that is %s', (is, exception) => {
    const next = `See what happened to it: cavendish exception show ${REQUEST.id}`;
    for (const [done, decide] of DONE) {
      const said = `${REQUEST.id} is ${is}: it can't be ${done}`;
      expect(saying(() => decide(exception, AMIR))).toEqual(['bad-input', said, next]);
    }
    const said = `${REQUEST.id} is ${is}: it can't be withdrawn`;
    expect(saying(() => withdrawn(exception, ADA, LATER))).toEqual(['bad-input', said, next]);
  });

  it.each([
    ['requested', REQUEST],
    ['ended (revoked)', ended(GRANTED, 'revoked', OVER)],
  ])('ends one that is %s', (is, exception) => {
    expect(saying(() => ended(exception, 'revoked', OVER))).toEqual([
      'bad-input',
      `${REQUEST.id} is ${is}: it can't be ended`,
      `See what happened to it: cavendish exception show ${REQUEST.id}`,
    ]);
  });
});

describe('an exception as it was', () => {
  const change = (did: Change['did'], at: string, exception: Exception): Change => ({
    ...{ did, at, by: ADA, why: null, exception },
  });
  const changes = [change('granted', LATER, GRANTED), change('requested', AT, REQUEST)];

  it('is that of the last change by then, in whatever order they are read', () => {
    for (const read of [changes, [...changes].reverse()]) {
      expect(exceptionAt(read, '2026-11-25T08:59:59.999Z')).toBeNull();
      expect(exceptionAt(read, AT)).toBe(REQUEST);
      expect(exceptionAt(read, '2026-11-26T08:59:59.999Z')).toBe(REQUEST);
      expect(exceptionAt(read, LATER)).toBe(GRANTED);
      expect(exceptionAt(read, '2027-01-01T00:00:00.000Z')).toBe(GRANTED);
    }
  });

  it('is that of the later one of two changes at one instant', () => {
    const both = [change('requested', AT, REQUEST), change('granted', AT, GRANTED)];
    expect(exceptionAt(both, AT)).toBe(GRANTED);
  });

  it('is read as it was kept, and nothing else is', () => {
    const [first] = changes;
    expect(readChange({ body: first })).toEqual(first);
    for (const wrong of [{ ...first, did: 'forgotten' }, { ...first, at: 'yesterday' }, {}]) {
      expect(() => readChange({ body: wrong })).toThrow();
    }
  });
});
