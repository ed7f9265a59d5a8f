/** Takes an exception back: its requester before it is decided, whoever may decide, or its owner, afterwards. */
import { personNamed } from '../../core/appetite/people.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Exception } from '../../core/exceptions/exception.ts';
import { withdrawn } from '../../core/exceptions/transitions.ts';
import { hasEnded, shownEnd } from '../../core/time/end.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { type Acting, allowDecision, scopedAssets, whoOf } from './act.ts';
import { endingCommit } from './end-exception.ts';
import { changeCommit, readException } from './exception-items.ts';

interface TakingBack {
  readonly id: string;
  readonly why: string;
}

/** @throws CavendishError `bad-input` where it is decided, `forbidden` where somebody else asked for it, `not-found` */
export async function withdrawException({ id, why }: TakingBack, { caller, at, register }: Acting): Promise<Exception> {
  return await untilNoConflict(async () => {
    const { exception, stored } = await readException(id, register);
    const next = withdrawn(exception, whoOf(caller), at);
    await register.commit(changeCommit({ did: 'withdrawn', at, by: whoOf(caller), why, exception: next }, stored));
    return next;
  });
}

/** @throws CavendishError `bad-input` where it is not in force, `forbidden`, `not-found` */
export async function revokeException({ id, why }: TakingBack, acting: Acting): Promise<Exception> {
  const { caller, at, register } = acting;
  return await untilNoConflict(async () => {
    const held = await readException(id, register);
    expectInForce(held.exception, at);
    const act = { how: 'revoked', at, by: whoOf(caller), why } as const;
    const { exception, ...commit } = await endingCommit(held, act, register);
    await allowEnding(held.exception, acting);
    await register.commit(commit);
    return exception;
  });
}

/**
 * Whoever carries the risk may stop carrying it; else it takes who may decide.
 *
 * @throws CavendishError `forbidden`
 */
export async function allowEnding(exception: Exception, { caller, register, appetite }: Acting): Promise<void> {
  const { owner } = exception.terms;
  if (caller.person !== null && caller.person === owner && personNamed(appetite.value, owner) !== null) return;
  allowDecision(caller, exception, await scopedAssets(exception.terms, appetite.value, register), appetite.value);
}

/**
 * What is over by its end is over, whether or not the home has noticed: nothing is done to it any more.
 *
 * @throws CavendishError `bad-input`
 */
export function expectInForce({ id, state, terms: { expiry } }: Exception, at: string): void {
  const isOver = expiry !== null && hasEnded(expiry, at);
  if (state === 'granted' && !isOver) return;
  const is = state === 'granted' && expiry !== null ? `over since ${shownEnd(expiry)}` : state;
  throw new CavendishError('bad-input', `${id} is ${is}, and not in force`, {
    next: `See what happened to it: cavendish exception show ${id}`,
  });
}
