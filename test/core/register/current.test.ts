import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { movesForward, readChannel, readCurrent, takesChannel } from '../../../lib/core/register/current.ts';
import { aDigest, aPlacement } from '../../support/assessments.ts';

const CURRENT = {
  placement: aPlacement(),
  platform: 'linux/amd64',
  stage: 'production',
  asset: null,
  tags: ['1.0'],
  superseded: false,
  assessment: aDigest('assessment'),
  at: '2026-11-23T00:00:00.000Z',
  verdict: 'unknown',
  blocking: true,
  score: { inherent: null, residual: null, open: null },
};

const CHANNEL = {
  placement: aPlacement(),
  assessment: aDigest('assessment'),
  at: '2026-11-23T00:00:00.000Z',
  verdict: 'go',
  outcome: aDigest('outcome'),
  basis: 'basis',
};

const GONE = { at: '2026-11-24T00:00:00.000Z', why: 'deleted' };

describe('takesChannel', () => {
  const again = { ...CHANNEL, revision: 0, at: '2026-11-24T00:00:00.000Z', outcome: aDigest('outcome') };
  const pushed = { assessment: aDigest('pushed'), at: CHANNEL.at };
  const channel = readChannel({ body: { ...again, pushed } });
  const between = { at: '2026-11-23T12:00:00.000Z', assessment: aDigest('next') };

  it('gives the tag to another image that was pushed before this one was judged again', () => {
    const other = aPlacement({ digest: aDigest('other') });

    expect(takesChannel(channel, { placement: other, ...between })).toBe(true);
    expect(takesChannel(channel, { placement: other, ...between, at: '2026-11-22T00:00:00.000Z' })).toBe(false);
  });

  it('keeps the later judgement of one and the same image', () => {
    expect(takesChannel(channel, { placement: aPlacement(), ...between })).toBe(false);
  });
});

describe('readCurrent and readChannel', () => {
  it('read what was stored', () => {
    const whole = {
      ...CURRENT,
      replacedBy: null,
      gone: GONE,
      sighted: true,
      retired: false,
      confirmedAt: '2026-11-25T00:00:00.000Z',
    };
    expect(readCurrent({ body: whole })).toEqual(whole);
    // Written before an image could be gone, sighted or judged again.
    expect(readCurrent({ body: CURRENT })).toEqual({
      ...CURRENT,
      replacedBy: null,
      gone: null,
      sighted: false,
      retired: false,
      confirmedAt: null,
    });
    // And before changes were counted.
    expect(readChannel({ body: CHANNEL })).toEqual({ ...CHANNEL, revision: 0, pushed: null });
  });

  it('read nothing where nothing is', () => {
    expect(readCurrent(null)).toBeNull();
    expect(readChannel(null)).toBeNull();
  });

  it.each([
    ['a verdict that is none', { verdict: 'maybe' }],
    ['a stage that is none', { stage: 'moon' }],
    ['an assessment that is no digest', { assessment: 'sha256:12' }],
    ['a score that is no number', { score: { inherent: '1', residual: null, open: null } }],
  ])('refuse %s', (_, wrong) => {
    expect(() => readCurrent({ body: { ...CURRENT, ...wrong } })).toThrow();
  });

  it('refuse a channel that is none', () => {
    expect(() => readChannel({ body: { ...CHANNEL, outcome: undefined } })).toThrow();
  });
});

describe('movesForward', () => {
  const at = (instant: string, seed = 'a') => ({ at: instant, assessment: aDigest(seed) });

  it('moves to the first, and to a later instant, and not back', () => {
    expect(movesForward(null, at('2026-11-23T00:00:00.000Z'))).toBe(true);
    expect(movesForward(at('2026-11-22T23:59:59.999Z'), at('2026-11-23T00:00:00.000Z'))).toBe(true);
    expect(movesForward(at('2026-11-23T00:00:00.001Z'), at('2026-11-23T00:00:00.000Z'))).toBe(false);
  });

  it('does not move to what is there', () => {
    expect(movesForward(at('2026-11-23T00:00:00.000Z'), at('2026-11-23T00:00:00.000Z'))).toBe(false);
  });

  it('ends at the same, whatever the order of arrival', () => {
    const arrivals = fc.array(
      fc.record({
        at: fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23'),
        assessment: fc.constantFrom('a', 'b', 'c').map(aDigest),
      }),
      { minLength: 1 },
    );
    const last = (all: readonly ReturnType<typeof at>[]) =>
      all.reduce<ReturnType<typeof at> | null>((current, next) => (movesForward(current, next) ? next : current), null);
    fc.assert(
      fc.property(arrivals, (all) => {
        expect(last([...all].reverse())).toEqual(last(all));
      }),
    );
  });
});
