/**
 * Grants an exception, or refuses it. Grant, rows by which judgements find it, the end of what it renews and the work
 * of judging again are one commit: of two who decide at the same time one does.
 */
import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Exception, Grant, Terms } from '../../core/exceptions/exception.ts';
import { isComplete, lacksOf } from '../../core/exceptions/lacks.ts';
import { granted, refused } from '../../core/exceptions/transitions.ts';
import { isApproved } from '../../core/lineage/approval.ts';
import { renewedKey } from '../../core/register/exception-keys.ts';
import { hasEnded } from '../../core/time/end.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import { readFamily } from '../lineage/read-family.ts';
import type { Commit } from '../ports/register-store.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { remindersEntry } from '../reminders/reminders-entry.ts';
import { type Acting, allowDecision, expectAnotherThanAsked, scopedAssets, whoOf } from './act.ts';
import { coveredBy, factsOf } from './coverage.ts';
import { endingCommit } from './end-exception.ts';
import { changeCommit, readException } from './exception-items.ts';
import { endRow, grantPut } from './grant-items.ts';

interface Decision {
  readonly id: string;
  readonly why: string | null;
}

/**
 * @throws CavendishError `forbidden` where the caller asked for it or may not decide on it, `bad-input` where it is no
 *   longer a request or lacks what the appetite asks of it, `not-found`
 */
export async function approveException({ id, why }: Decision, acting: Acting): Promise<Exception> {
  const { caller, at, register, evidence, appetite } = acting;
  return await untilNoConflict(async () => {
    const { exception, stored } = await readException(id, register);
    const approver = whoOf(caller);
    // Who may not is told so before anything is looked up.
    granted(exception, { approver, at, grant: UNDECIDED });
    expectAnotherThanAsked(caller, exception, appetite.value);
    const terms = await completeTerms(exception, acting);

    const grant: Grant = {
      ...{ schemaVersion: 1, id: exception.id, terms, requester: exception.requester, approver, at },
      ...factsOf(await coveredBy(terms.scope, { register, evidence, appetite: appetite.value })),
      baseApproved: await isBaseApproved(terms, acting),
    };
    const hash = await evidence.put(canonicalBytes(grant));
    const next = granted(exception, { approver, at, grant: hash });
    const change = changeCommit({ did: 'granted', at, by: approver, why, exception: next }, stored);
    const renewed = await supersede(exception, acting);
    await register.commit({
      puts: [...change.puts, grantPut(grant, hash, 1), ...renewed.puts],
      history: [...change.history, endRow(grant), ...renewed.history],
      outbox: [
        ...change.outbox,
        planEntry({ kind: 'exception', at, exception: exception.id, change: 'granted' }),
        remindersEntry('exception', exception.id, { at, how: 'granted' }),
        ...renewed.outbox,
      ],
    });
    return next;
  });
}

/** @throws CavendishError as {@link approveException} does */
export async function refuseException({ id, why }: Decision, acting: Acting): Promise<Exception> {
  const { caller, at, register, appetite } = acting;
  return await untilNoConflict(async () => {
    const { exception, stored } = await readException(id, register);
    const next = refused(exception, { approver: whoOf(caller), at });
    expectAnotherThanAsked(caller, exception, appetite.value);
    allowDecision(caller, exception, await scopedAssets(exception.terms, appetite.value, register), appetite.value);
    await register.commit(changeCommit({ did: 'refused', at, by: whoOf(caller), why, exception: next }, stored));
    return next;
  });
}

/** Stands in where only the rule is asked. */
const UNDECIDED = `sha256:${'0'.repeat(64)}` as const;

async function completeTerms(exception: Exception, { caller, at, register, appetite }: Acting): Promise<Terms> {
  const { terms } = exception;
  const assets = await scopedAssets(terms, appetite.value, register);
  allowDecision(caller, exception, assets, appetite.value);
  const lacks = lacksOf(terms, appetite.value, { at, assets });
  if (lacks.length > 0 || !isComplete(terms)) {
    throw new CavendishError('bad-input', `${exception.id} can't be granted as it is: ${lacks.join('; ')}`, {
      next: `Refuse it (cavendish exception refuse ${exception.id} --why REASON), and have it asked for again.`,
    });
  }
  return terms;
}

async function isBaseApproved({ scope }: Terms, { register, at }: Acting): Promise<boolean> {
  if (!('base' in scope.images)) return false;
  const approval = await readFamily(register).approval(scope.images.base);
  return scope.stages.some((stage) => isApproved(approval, stage, at));
}

const NOTHING: Required<Commit> = { puts: [], history: [], outbox: [] };

/** People are not reminded any more of what was renewed, be it after its end. */
async function firstRenewal(id: string, renewed: string, register: Acting['register']): Promise<Required<Commit>> {
  const key = renewedKey(renewed);
  if ((await register.get(key)) !== null) return NOTHING;
  return {
    puts: [],
    history: [{ ...key, body: { exception: id } }],
    outbox: [remindersEntry('exception', renewed, { renewal: id })],
  };
}

/** What it renews ends in the very instant in which it begins, and not before. */
async function supersede({ id, renews }: Exception, { caller, at, register }: Acting): Promise<Required<Commit>> {
  if (renews === null) return NOTHING;
  const held = await readException(renews, register);
  const { state, terms } = held.exception;
  const dealtWith = await firstRenewal(id, renews, register);
  // What is over by its end has expired, and is not superseded.
  if (state !== 'granted' || (terms.expiry !== null && hasEnded(terms.expiry, at))) return dealtWith;
  const act = { how: 'superseded', at, by: whoOf(caller), why: `renewed by ${id}` } as const;
  const { puts, history, outbox } = await endingCommit(held, act, register);
  return { puts, history: [...history, ...dealtWith.history], outbox };
}
