/**
 * Says that a compensating control is no longer there. Where the appetite says so the exception lapses; else it goes
 * on without what the control took off the risk.
 */
import { didYouMean } from '../../core/appetite/nearest.ts';
import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Exception, Grant } from '../../core/exceptions/exception.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import { readDocument } from '../judge-image/read-document.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { type Acting, whoOf } from './act.ts';
import { endingCommit } from './end-exception.ts';
import { changeCommit, type HeldException, readException } from './exception-items.ts';
import { endedPuts, grantPut } from './grant-items.ts';
import { allowEnding, expectInForce } from './take-back.ts';

interface Withdrawing {
  readonly id: string;
  /** Of the control. */
  readonly control: string;
  readonly why: string;
}

/** @throws CavendishError `bad-input` where it is not in force or has no such control, `forbidden`, `not-found` */
export async function withdrawControl(given: Withdrawing, acting: Acting): Promise<Exception> {
  const { caller, at, register, appetite } = acting;
  return await untilNoConflict(async () => {
    const held = await readException(given.id, register);
    expectInForce(held.exception, at);
    expectControl(held.exception, given.control);
    await allowEnding(held.exception, acting);
    if (!appetite.value.exceptions.lapse.control) return await goOnWithout(held, given, acting);
    const why = `its control ${given.control} was withdrawn: ${given.why}`;
    const { exception, ...commit } = await endingCommit(held, { how: 'lapsed', at, by: whoOf(caller), why }, register);
    await register.commit(commit);
    return exception;
  });
}

function expectControl({ id, terms, withdrawnControls }: Exception, control: string): void {
  const standing = terms.controls.map((one) => one.id).filter((one) => !withdrawnControls.includes(one));
  if (standing.includes(control)) return;
  const which = standing.length === 0 ? 'it has none' : didYouMean(control, standing);
  throw new CavendishError('bad-input', `${id} has no control "${control}": ${which}`);
}

async function goOnWithout(
  { exception, stored }: HeldException,
  { control, why }: Withdrawing,
  { caller, at, register, evidence }: Acting,
): Promise<Exception> {
  if (exception.grant === null) throw new TypeError(`${exception.id} is granted without a grant`);
  const before = await readDocument<Grant>(evidence, exception.grant, 'grant of an exception');
  const controls = before.terms.controls.filter(({ id }) => id !== control);
  // It counts from now: what was judged before rests on the grant of then.
  const grant: Grant = { ...before, at, terms: { ...before.terms, controls } };
  const hash = await evidence.put(canonicalBytes(grant));
  const revision = exception.withdrawnControls.length + 1;
  const next: Exception = { ...exception, grant: hash, withdrawnControls: [...exception.withdrawnControls, control] };
  const by = whoOf(caller);
  const { puts, history } = changeCommit({ did: 'control-withdrawn', at, by, why, exception: next }, stored);
  await register.commit({
    puts: [...puts, ...(await endedPuts(before, revision, at, register)), grantPut(grant, hash, revision + 1)],
    history,
    outbox: [planEntry({ kind: 'exception', at, exception: exception.id, change: 'granted' })],
  });
  return next;
}
