/** What people do to risks: enter, treat, assign, close. Each is one commit with who did it and why; none changes a verdict. */
import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { exceptionKey } from '../../core/register/exception-keys.ts';
import { riskAssetKey } from '../../core/register/risk-keys.ts';
import type { Changed } from '../../core/risks/change.ts';
import { assigned, type Entered, entered, treated } from '../../core/risks/entered.ts';
import type { Actor, Risk, Treatment } from '../../core/risks/risk.ts';
import { closedRisk } from '../../core/risks/transitions.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { changeItem, readRootRisk, readStoredRisk, remindersEntries, riskPut } from './risk-items.ts';

export interface Deciding {
  readonly register: RegisterStore;
  readonly at: string;
  readonly by: Actor;
}

export async function enterRisk(given: Entered, { register, at, by }: Deciding): Promise<Risk> {
  const first = entered(given, { at, by });
  // The same risk entered again at the same instant by the same person is that one.
  if ((await readStoredRisk(first.risk.id, register)) !== null) return first.risk;
  const asset = { ...riskAssetKey(given.asset), body: { asset: given.asset } };
  await register.commit({ puts: [riskPut(first, null)], history: [changeItem(first), asset] });
  return first.risk;
}

export interface Treating extends Omit<Treatment, 'by' | 'at'> {
  readonly id: string;
  /** Null: as they are. */
  readonly controls: readonly string[] | null;
}

/** @throws CavendishError `bad-input` where what the treatment needs is missing, `not-found` */
export async function treatRisk({ id, controls, ...treatment }: Treating, deciding: Deciding): Promise<Risk> {
  const { kind, due, exception } = treatment;
  if ((kind === 'mitigate') !== (due !== null)) {
    throw new CavendishError('bad-input', 'a due date belongs to mitigate, and mitigate needs one', {
      next: 'cavendish risk treat RISK mitigate --due DATE --why TEXT; every other treatment goes without.',
    });
  }
  if ((kind === 'accept') !== (exception !== null)) {
    throw new CavendishError('bad-input', 'an exception belongs to accept, and accept names the one that covers it', {
      next: 'Request one: cavendish exception request; then: cavendish risk treat RISK accept --exception EX-…',
    });
  }
  if (exception !== null && (await deciding.register.get(exceptionKey(exception))) === null) {
    throw new CavendishError('not-found', `the exception ${exception} is not there`);
  }
  return await change(id, deciding, (risk) => treated(risk, treatment, controls, deciding));
}

export async function assignRisk(
  { id, owner, why }: { readonly id: string; readonly owner: string | null; readonly why: string | null },
  deciding: Deciding,
): Promise<Risk> {
  return await change(id, deciding, (risk) => assigned(risk, owner, why, deciding));
}

/** @throws CavendishError `bad-input` where it is a vulnerability: what is found somewhere is not closed by saying so */
export async function closeRisk(
  { id, why, evidence }: { readonly id: string; readonly why: string; readonly evidence: Digest | null },
  deciding: Deciding,
): Promise<Risk> {
  const { at, by } = deciding;
  return await change(id, deciding, (risk) => {
    if (risk.kind === 'vulnerability') {
      throw new CavendishError(
        'bad-input',
        `${risk.id} is closed when no image of ${risk.asset} has it, and by nobody`,
        {
          next: 'Say what is done about it: cavendish risk treat. An acceptance is an exception.',
        },
      );
    }
    const closed = { at, how: 'decided' as const, why, evidence, placement: null, by };
    const next = closedRisk(risk, closed, at);
    if (next === null) throw new CavendishError('bad-input', `${risk.id} is ${risk.state} already`);
    return next;
  });
}

async function change(id: string, { register }: Deciding, next: (risk: Risk) => Changed): Promise<Risk> {
  if ((await readStoredRisk(id, register)) === null) throw noRisk(id);
  return await untilNoConflict(async () => {
    const { risk, version } = await readRootRisk(id, register);
    const after = next(risk);
    const outbox = remindersEntries(risk, after);
    await register.commit({ puts: [riskPut(after, version)], history: [changeItem(after)], outbox });
    return after.risk;
  });
}

export function noRisk(id: string): CavendishError {
  return new CavendishError('not-found', `there is no risk ${id}`, {
    next: 'See which there are: cavendish risk list',
  });
}
