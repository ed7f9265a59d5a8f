/** Ends a granted exception: what it covered is judged again, and it stays in the register for ever. */
import type { Ending, Exception, Who } from '../../core/exceptions/exception.ts';
import { ended } from '../../core/exceptions/transitions.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import type { Commit, RegisterStore } from '../ports/register-store.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { remindersEntry } from '../reminders/reminders-entry.ts';
import { changeCommit, type HeldException, readException } from './exception-items.ts';
import { endedPuts } from './grant-items.ts';

export interface EndingAct {
  readonly how: Ending;
  /** ISO 8601: from then on it does not count. */
  readonly at: string;
  /** Null where nobody did it: time passed, or evidence came. */
  readonly by: Who | null;
  readonly why: string;
}

/** The whole of an ending, to be committed alone or with what takes its place. */
export async function endingCommit(
  { exception, stored }: HeldException,
  { how, at, by, why }: EndingAct,
  register: RegisterStore,
): Promise<Required<Commit> & { readonly exception: Exception }> {
  const next = ended(exception, how, { at, why });
  const { puts, history, outbox } = changeCommit({ did: 'ended', at, by, why, exception: next }, stored);
  const revision = exception.withdrawnControls.length + 1;
  return {
    exception: next,
    puts: [...puts, ...(await endedPuts(exception, revision, at, register))],
    history,
    outbox: [
      ...outbox,
      planEntry({ kind: 'exception', at, exception: exception.id, change: 'ended' }),
      remindersEntry('exception', exception.id, { at, how }),
    ],
  };
}

/**
 * @returns null where it is no longer in force: somebody, or time, was faster
 * @throws CavendishError `not-found`
 */
export async function endIfGranted(id: string, act: EndingAct, register: RegisterStore): Promise<Exception | null> {
  return await untilNoConflict(async () => {
    const held = await readException(id, register);
    if (held.exception.state !== 'granted') return null;
    const { exception, ...commit } = await endingCommit(held, act, register);
    await register.commit(commit);
    return exception;
  });
}
