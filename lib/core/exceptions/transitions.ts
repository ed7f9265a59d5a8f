/**
 * What may be done to an exception, and what it is afterwards. The state only moves forward, and whoever
 * asked for an exception never decides that it holds.
 */
import { ulidOf } from '../canonical/ulid.ts';
import { CavendishError } from '../errors/error.ts';
import type { Digest } from '../image/digest.ts';
import type { Draft, Ending, Exception, ExceptionState, Who } from './exception.ts';

/** @param at - ISO 8601 in UTC, with milliseconds */
export function requested(
  terms: Draft,
  { requester, at, renews }: { readonly requester: Who; readonly at: string; readonly renews: string | null },
): Exception {
  return {
    id: `EX-${ulidOf(at, { terms, requester, renews })}`,
    terms,
    requester,
    requestedAt: at,
    state: 'requested',
    ...{
      approver: null,
      decidedAt: null,
      grant: null,
      renews,
      review: terms.review,
      withdrawnControls: [],
      ended: null,
    },
  };
}

/** @throws CavendishError `bad-input` where it is no longer a request, `forbidden` where the requester decides */
export function granted(
  exception: Exception,
  { approver, at, grant }: { readonly approver: Who; readonly at: string; readonly grant: Digest },
): Exception {
  expectState(exception, 'requested', 'approved');
  expectAnother(approver, exception);
  return { ...exception, state: 'granted', approver, decidedAt: at, grant };
}

/** @throws CavendishError `bad-input` where it is no longer a request, `forbidden` where the requester decides */
export function refused(
  exception: Exception,
  { approver, at }: { readonly approver: Who; readonly at: string },
): Exception {
  expectState(exception, 'requested', 'refused');
  expectAnother(approver, exception);
  return { ...exception, state: 'refused', approver, decidedAt: at };
}

/** @throws CavendishError `bad-input` where it is no longer a request, `forbidden` where another withdraws */
export function withdrawn(exception: Exception, who: Who, at: string): Exception {
  expectState(exception, 'requested', 'withdrawn');
  if (!isSamePerson(who, exception.requester)) {
    throw new CavendishError('forbidden', `${exception.id} was asked for by somebody else`, {
      next: `Who may approve it can refuse it: cavendish exception refuse ${exception.id} --why REASON`,
    });
  }
  return { ...exception, state: 'withdrawn', decidedAt: at };
}

/** @throws CavendishError `bad-input` where it is not granted, or ended before */
export function ended(
  exception: Exception,
  how: Ending,
  { at, why }: { readonly at: string; readonly why: string },
): Exception {
  expectState(exception, 'granted', 'ended');
  return { ...exception, state: 'ended', ended: { at, how, why } };
}

function expectAnother(who: Who, { id, requester }: Exception): void {
  if (!isSamePerson(who, requester)) return;
  throw new CavendishError('forbidden', `${id} was asked for by the same person: whoever asks does not decide`, {
    next: `Have another approver decide, or take it back: cavendish exception withdraw ${id} --why REASON`,
  });
}

/** True where the two are one person: the same principal, or principals of the same person. */
function isSamePerson(one: Who, other: Who): boolean {
  return one.principal === other.principal || (one.person !== null && one.person === other.person);
}

function expectState({ id, state, ended: end }: Exception, expected: ExceptionState, done: string): void {
  if (state === expected) return;
  const is = end === null ? state : `${state} (${end.how})`;
  throw new CavendishError('bad-input', `${id} is ${is}: it can't be ${done}`, {
    next: `See what happened to it: cavendish exception show ${id}`,
  });
}
