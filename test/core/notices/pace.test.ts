import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { claimBox, hold, letGo, newPace, type Pace, takeTurn } from '../../../lib/core/notices/pace.ts';

const START = Date.parse('2026-11-25T09:00:00.000Z');
const HOUR = 60 * 60_000;

function at(milliseconds: number): string {
  return new Date(START + milliseconds).toISOString();
}

function aPace(): Pace {
  return newPace({ name: 'ann', topicArn: null });
}

/** What is to be told, in the order of time, with what became of each. */
function tellAll(messages: readonly { readonly after: number; readonly urgent: boolean }[], most: number) {
  let pace = aPace();
  let now = 0;
  return messages.map(({ after, urgent }, place) => {
    now += after;
    const taken = takeTurn(pace, { id: `notice ${place}`, urgent }, at(now), most);
    if (taken !== null) pace = taken;
    return { now, urgent, told: taken !== null };
  });
}

const messages = fc.array(fc.record({ after: fc.integer({ min: 0, max: HOUR / 3 }), urgent: fc.boolean() }), {
  maxLength: 60,
});

describe('the pace', () => {
  it('lets nobody have more than the limit in any sixty minutes, whenever they begin', () => {
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 12 }), (all, most) => {
        const told = tellAll(all, most).filter((one) => one.told);
        for (const { now } of told) {
          expect(told.filter((other) => other.now >= now && other.now < now + HOUR).length).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  it('refuses what goes first only where all of the hour is taken', () => {
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 12 }), (all, most) => {
        const outcomes = tellAll(all, most);
        for (const [place, { now, urgent, told }] of outcomes.entries()) {
          const before = outcomes.slice(0, place).filter((one) => one.told && one.now > now - HOUR);
          if (urgent) expect(told).toBe(before.length < most);
        }
      }),
    );
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [10, 7],
    [100, 75],
  ])('of %d an hour, gives what can wait %d', (most, chatter) => {
    const all = Array.from({ length: most + 1 }, () => ({ after: 1, urgent: false }));
    expect(tellAll(all, most).filter(({ told }) => told)).toHaveLength(chatter);
  });

  it('gives a turn that it gave before to the same notice, and has room again after just an hour', () => {
    const taken = takeTurn(aPace(), { id: 'a', urgent: false }, at(0), 1)!;

    expect(takeTurn(taken, { id: 'a', urgent: false }, at(HOUR - 1), 1)?.turns).toHaveLength(1);
    expect(takeTurn(taken, { id: 'b', urgent: false }, at(HOUR - 1), 1)).toBeNull();
    expect(takeTurn(taken, { id: 'b', urgent: false }, at(HOUR), 1)?.turns).toEqual([
      { id: expect.any(String), at: at(HOUR) },
    ]);
  });
});

describe('the box', () => {
  const claim = { claimedUntil: at(5000), mostAnHour: 10, calendar: null };

  it('counts what is put into it, and knows between which keys it lies', () => {
    const one = hold(aPace(), [{ sk: 'm', urgent: false }]);
    const two = hold(one, [
      { sk: 'z', urgent: true },
      { sk: 'b', urgent: false },
    ]);

    expect(one.box).toEqual({ number: 1, count: 1, urgent: false, first: 'm', last: 'm' });
    expect(two.box).toEqual({ number: 1, count: 3, urgent: true, first: 'b', last: 'z' });
  });

  it('is closed by the first who comes, for a turn; what comes after lies in the next one', () => {
    const held = hold(aPace(), [{ sk: 'a', urgent: false }]);
    const { pace, closed } = claimBox(held, { ...claim, at: at(0) })!;

    expect(closed).toEqual({ ...held.box, at: at(0), claimedUntil: at(5000), calendar: null });
    expect(pace.turns).toHaveLength(1);
    expect(pace.box).toEqual({ number: 2, count: 0, urgent: false, first: '', last: '' });
    expect(claimBox(pace, { ...claim, at: at(4999) })).toBeNull();
    expect(hold(pace, [{ sk: 'b', urgent: false }]).closed).toEqual(closed);
  });

  it('goes to the next who comes where the one who claimed it is not heard of: the same box, as of the same instant', () => {
    const first = claimBox(hold(aPace(), [{ sk: 'a', urgent: false }]), { ...claim, at: at(0) })!;
    const more = hold(first.pace, [{ sk: 'b', urgent: false }]);
    const second = claimBox(more, { ...claim, at: at(5000), claimedUntil: at(10_000) })!;

    expect(second.closed).toEqual({ ...first.closed, claimedUntil: at(10_000) });
    // Tried again, it has its turn.
    expect(second.pace.turns).toHaveLength(1);
    expect(second.pace.box).toEqual(more.box);
  });

  it('is let go of when it went out, and waits on where it did not; another is nobody else to let go of', () => {
    const { pace, closed } = claimBox(hold(aPace(), [{ sk: 'a', urgent: false }]), { ...claim, at: at(0) })!;

    expect(letGo(pace, closed, true).closed).toBeNull();
    expect(letGo(pace, closed, false).closed).toEqual({ ...closed, claimedUntil: null });
    expect(letGo(pace, { number: 7 }, true)).toBe(pace);
  });

  it('waits where there is nothing in it, or no room for it', () => {
    const full = takeTurn(aPace(), { id: 'a', urgent: false }, at(0), 1)!;

    expect(claimBox(aPace(), { ...claim, at: at(0) })).toBeNull();
    expect(claimBox(hold(full, [{ sk: 'a', urgent: true }]), { ...claim, at: at(1), mostAnHour: 1 })).toBeNull();
    expect(claimBox(hold(full, [{ sk: 'a', urgent: true }]), { ...claim, at: at(HOUR), mostAnHour: 1 })).not.toBeNull();
  });

  it('has what is kept for what goes first only where something in it does, or it is of a day', () => {
    const turns = ['a', 'b', 'c'].reduce((pace, id) => takeTurn(pace, { id, urgent: false }, at(0), 4)!, aPace());
    const among = { ...claim, at: at(1), mostAnHour: 4 };
    const plain = hold(turns, [{ sk: 'a', urgent: false }]);

    expect(claimBox(plain, among)).toBeNull();
    expect(claimBox(hold(plain, [{ sk: 'b', urgent: true }]), among)).not.toBeNull();
    expect(claimBox(plain, { ...among, calendar: at(0) })).not.toBeNull();
  });

  it('of a day is not owed again by what lies in it, and ordinary ones leave the day as it was', () => {
    const day = { ...claim, at: at(1), calendar: at(0) };
    const { pace, closed } = claimBox(aPace(), day)!;
    const gone = hold(letGo(pace, closed, true), [{ sk: 'a', urgent: false }]);
    expect(claimBox(gone, { ...day, at: at(2) })).toBeNull();

    const ordinary = claimBox(gone, { ...claim, at: at(3) })!;
    expect(letGo(ordinary.pace, ordinary.closed, true).through).toBe(at(0));
  });

  it('of a day goes out with nothing in it, once', () => {
    const day = { ...claim, calendar: at(0) };
    const { pace, closed } = claimBox(aPace(), { ...day, at: at(1) })!;
    const gone = letGo(pace, closed, true);

    expect(closed).toMatchObject({ count: 0, calendar: at(0) });
    expect(gone.through).toBe(at(0));
    expect(claimBox(gone, { ...day, at: at(2) })).toBeNull();
    expect(claimBox(letGo(pace, closed, false), { ...day, at: at(2) })?.closed.number).toBe(closed.number);
    expect(claimBox(gone, { ...claim, at: at(3), calendar: at(2) })?.closed).toMatchObject({
      number: 2,
      calendar: at(2),
    });
  });
});
