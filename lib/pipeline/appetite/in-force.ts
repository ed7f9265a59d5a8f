/**
 * Which appetite a home judges by: the version that was adopted last; before any was, what comes with the home (the
 * file in its folder, what its stack deployed, or the default). docs/decisions/0011 says why.
 *
 * Asked anew for each piece of work, so that an adoption counts from the next one on without a restart. That costs
 * one read; the text is read and parsed once a version.
 */
import { adoptedSource, type Adoption, readAdoption } from '../../core/appetite/adoption.ts';
import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { IN_FORCE_KEY } from '../../core/register/appetite-keys.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { readEvidence } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';

type JudgedAppetite = JudgedEvidence['appetite'];

interface Reading {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  /** What comes with the home; asked only where nothing was adopted. */
  readonly fallback: () => Promise<JudgedAppetite>;
}

interface TextReading extends Omit<Reading, 'fallback'> {
  readonly fallback: () => Promise<{ readonly text: string; readonly source: string }>;
}

export interface TextInForce {
  readonly text: string;
  readonly source: string;
  /** Null where what comes with the home counts. */
  readonly adoption: Adoption | null;
}

/** @returns to be called for each piece of work; it throws `not-found`, `integrity-failed` where the adopted text is gone */
export function appetiteReader({ register, evidence, fallback }: Reading): () => Promise<JudgedAppetite> {
  let last: JudgedAppetite | null = null;
  return async () => {
    const adopted = await adoptionInForce(register);
    if (adopted === null) return await fallback();
    if (last?.hash !== adopted.hash || last.source !== adoptedSource(adopted)) {
      last = await readAdopted(adopted, evidence);
    }
    return last;
  };
}

/** The text that counts, whoever asks, and what it is called; with its adoption, where it was adopted. */
export async function textInForce({ register, evidence, fallback }: TextReading): Promise<TextInForce> {
  const adoption = await adoptionInForce(register);
  if (adoption === null) return { ...(await fallback()), adoption };
  return { text: await adoptedText(adoption, evidence), source: adoptedSource(adoption), adoption };
}

/** Null where none was ever adopted. */
export async function adoptionInForce(register: RegisterStore): Promise<Adoption | null> {
  const stored = await register.get(IN_FORCE_KEY);
  return stored === null ? null : readAdoption(stored);
}

async function readAdopted(adopted: Adoption, evidence: EvidenceStore): Promise<JudgedAppetite> {
  const source = adoptedSource(adopted);
  return { hash: adopted.hash, source, value: parseAppetite(await adoptedText(adopted, evidence), source) };
}

async function adoptedText({ hash }: Adoption, evidence: EvidenceStore): Promise<string> {
  return new TextDecoder().decode(await readEvidence(evidence, hash, 'the appetite that was adopted,'));
}
