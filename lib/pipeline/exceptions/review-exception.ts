/** Answers a review: the exception is still needed, and is looked at again by another date. */
import { CavendishError } from '../../core/errors/error.ts';
import type { Exception } from '../../core/exceptions/exception.ts';
import { type End, hasEnded, shownEnd } from '../../core/time/end.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { remindersEntry } from '../reminders/reminders-entry.ts';
import { type Acting, whoOf } from './act.ts';
import { changeCommit, readException } from './exception-items.ts';
import { allowEnding, expectInForce } from './take-back.ts';

interface Review {
  readonly id: string;
  readonly why: string;
  /** Null: there is none before it ends. */
  readonly next: End | null;
}

/** @throws CavendishError `bad-input` where it is not in force or the date is no good, `forbidden`, `not-found` */
export async function reviewException({ id, why, next }: Review, acting: Acting): Promise<Exception> {
  const { caller, at, register } = acting;
  return await untilNoConflict(async () => {
    const { exception, stored } = await readException(id, register);
    expectInForce(exception, at);
    await allowEnding(exception, acting);
    if (next !== null) expectBefore(next, exception, at);
    const reviewed: Exception = { ...exception, review: next };
    const change = changeCommit({ did: 'reviewed', at, by: whoOf(caller), why, exception: reviewed }, stored);
    await register.commit({ ...change, outbox: [remindersEntry('exception', exception.id, { at, next })] });
    return reviewed;
  });
}

function expectBefore(next: End, { id, terms: { expiry } }: Exception, at: string): void {
  if (!hasEnded(next, at) && (expiry === null || next.at <= expiry.at)) return;
  const end = expiry === null ? '' : ` and ${shownEnd(expiry)}, when it ends`;
  throw new CavendishError('bad-input', `the next review of ${id} lies between now${end}, not on ${shownEnd(next)}`, {
    next: `To go on after its end: cavendish exception renew ${id}`,
  });
}
