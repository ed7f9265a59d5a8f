/** Finds a version of the appetite that counts, or that once did, with its text. */
import { adoptedSource, type Adoption } from '../../core/appetite/adoption.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { type Digest, hexOf } from '../../core/image/digest.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { readEvidence } from '../judge-image/read-document.ts';
import { everyRow } from '../operations/every-row.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { adoptionInForce } from './in-force.ts';
import { readAdoptions } from './read-adoptions.ts';

interface Finding {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly appetite: JudgedEvidence['appetite'];
}

export interface FoundVersion {
  readonly hash: Digest;
  readonly source: string;
  readonly text: string;
  /** The last by which it was put in force; null where it came with the home. */
  readonly adoption: Adoption | null;
}

/**
 * @param version - a digest, or six of its first hexadecimal digits and more; null: what is in force
 * @throws CavendishError `not-found` where no version is called so, `bad-input` where several are
 */
export async function findVersion(version: string | null, finding: Finding): Promise<FoundVersion> {
  const { register, evidence, appetite } = finding;
  if (version === null) {
    const { hash, source } = appetite;
    return { hash, source, text: await textOf(hash, evidence), adoption: await adoptionInForce(register) };
  }
  const begins = version.toLowerCase().replace(/^sha256:/u, '');
  const adoptions = await everyRow((page) => readAdoptions(page, register));
  const hashes = new Set([appetite.hash, ...adoptions.flatMap(({ hash, before }) => [hash, before])]);
  const found = [...hashes].filter((hash) => hexOf(hash).startsWith(begins));
  const [hash, ...more] = found;
  if (hash === undefined || begins.length < 6) {
    throw new CavendishError('not-found', `no version of the appetite is called "${version}"`, {
      next: 'Which there were: cavendish appetite history',
    });
  }
  if (more.length > 0) {
    throw new CavendishError('bad-input', `several versions of the appetite begin with "${version}"`, {
      next: 'Give more of its digits.',
    });
  }
  const adoption = adoptions.find((one) => one.hash === hash) ?? null;
  const source = adoption === null ? 'what came with the home' : adoptedSource(adoption);
  return { hash, source, text: await textOf(hash, evidence), adoption };
}

async function textOf(hash: Digest, evidence: EvidenceStore): Promise<string> {
  return new TextDecoder().decode(await readEvidence(evidence, hash, 'the appetite'));
}
