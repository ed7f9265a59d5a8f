/**
 * Puts a version of the appetite in force: one commit says who and why, keeps it in history, and leaves the work of
 * judging everything again. The text is evidence, by its hash, as is every version before it.
 */
import { type Adoption, readAdoption } from '../../core/appetite/adoption.ts';
import type { Appetite } from '../../core/appetite/appetite.ts';
import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { adoptionKey, IN_FORCE_KEY } from '../../core/register/appetite-keys.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { replace } from '../record-assessment/current-items.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';

export interface Proposal {
  /** The whole file. */
  readonly text: string;
  /** What the file is called. */
  readonly name: string;
  readonly why: string;
}

interface Adopting {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly caller: Adoption['by'];
  /** ISO 8601. */
  readonly at: string;
  /** By which the home judges until then. */
  readonly appetite: JudgedEvidence['appetite'];
}

export interface Adopted {
  readonly adoption: Adoption;
  /** False where that very text is in force already: nothing was recorded. */
  readonly changed: boolean;
}

/** @throws CavendishError `bad-input` where the file is not right, or names nobody who may adopt the next one */
export async function adoptAppetite({ text, name, why }: Proposal, adopting: Adopting): Promise<Adopted> {
  const { register, evidence, caller, at, appetite } = adopting;
  keepsOperators(parseAppetite(text, name), name);
  const hash = await evidence.put(new TextEncoder().encode(text));
  return await untilNoConflict(async () => {
    const stored = await register.get(IN_FORCE_KEY);
    const current = stored === null ? null : readAdoption(stored);
    if (current?.hash === hash) return { adoption: current, changed: false };
    const before = current?.hash ?? appetite.hash;
    const { principal, person } = caller;
    const adoption: Adoption = { hash, name, at: after(current, at), by: { principal, person }, why, before };
    const body = { ...adoption };
    await register.commit({
      puts: [replace(stored, { ...IN_FORCE_KEY, body })],
      history: [{ ...adoptionKey(adoption.at, hash), body }],
      // What is adopted as it is judged by already changes no verdict.
      outbox: before === hash ? [] : [planEntry({ kind: 'appetite', at: adoption.at, before, after: hash })],
    });
    return { adoption, changed: true };
  });
}

/** Who adopts a file without operators can never adopt another. */
function keepsOperators({ people }: Pick<Appetite, 'people'>, name: string): void {
  if (people.some(({ roles, principals }) => roles.includes('operator') && principals.length > 0)) return;
  throw new CavendishError('bad-input', `${name} names nobody who could adopt the next version`, {
    next: 'Give somebody in people the role operator, with a principal: docs/appetite.md',
  });
}

/** History is in the order of time, whatever the clocks of two people say. */
function after(current: Adoption | null, at: string): string {
  if (current === null || at > current.at) return at;
  return new Date(Date.parse(current.at) + 1).toISOString();
}
