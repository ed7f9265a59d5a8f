/**
 * Who is affected: the verdicts that a vulnerability, a package or a base has a part in, what runs first.
 *
 * The order is known before an assessment is read, so a page costs what is on it, whatever comes after.
 */
import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { Current } from '../../core/register/current.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import type { Sighting } from '../../core/sightings/sighting.ts';
import { readAssessment } from '../judge-image/read-assessment.ts';
import { readDocument, readEvidence } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { type Candidate, candidatesFor } from './candidates.ts';
import { type Part, partIn } from './part-in.ts';
import type { Question } from './question.ts';

export interface Affected extends Part {
  readonly current: Current;
  readonly running: readonly Sighting[];
  /** Of the asset, or of what no asset names. */
  readonly owner: string;
}

export interface AffectedPage {
  readonly rows: readonly Affected[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

interface Asked {
  /** Rows at most. */
  readonly limit: number;
  /** What `next` said; null: from the beginning. */
  readonly after: string | null;
  /** Told as it goes: how many verdicts were looked at, of how many that may be looked at. */
  readonly onLook?: (looked: number, of: number) => void;
}

interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

/** Assessments in hand at the same time. */
const AT_ONCE = 8;

export async function affectedBy(question: Question, asked: Asked, stores: Stores): Promise<AffectedPage> {
  const { limit, after, onLook } = asked;
  const all = await candidatesFor(question, stores.register);
  const left = all.filter(({ key }) => after === null || key > after);
  const reading = reader(stores.evidence);
  const rows: Affected[] = [];
  for (let start = 0; start < left.length; start += AT_ONCE) {
    const some = left.slice(start, start + AT_ONCE);
    const looked = await Promise.all(some.map((candidate) => look(question, candidate, reading)));
    for (const [at, row] of looked.entries()) {
      if (row === null) continue;
      rows.push(row);
      const isLast = start + at + 1 === left.length;
      if (rows.length === limit) return { rows, next: isLast ? null : (some[at]?.key ?? null) };
    }
    onLook?.(Math.min(start + AT_ONCE, left.length), left.length);
  }
  return { rows, next: null };
}

type Reading = ReturnType<typeof reader>;

async function look(question: Question, candidate: Candidate, reading: Reading): Promise<Affected | null> {
  const { current, running } = candidate;
  const assessment = await reading.assessment(current.assessment);
  const { sbom } = assessment.inputs;
  const inventory = question.kind === 'package' && sbom !== null ? await reading.inventory(sbom) : null;
  const part = partIn(question, assessment, inventory);
  return part === null ? null : { ...part, current, running, owner: await reading.owner(assessment) };
}

/** Appetites are few, and the same for most. */
function reader(evidence: EvidenceStore) {
  const owners = new Map<Digest, Promise<string>>();
  async function unnamedOwner({ appetite: { hash, source } }: Assessment): Promise<string> {
    const text = new TextDecoder().decode(await readEvidence(evidence, hash, 'appetite'));
    return parseAppetite(text, source).unnamed.owner;
  }
  return {
    assessment: (id: Digest) => readAssessment(evidence, id),
    inventory: (hash: Digest) => readDocument<Inventory>(evidence, hash, 'SBOM'),
    async owner(assessment: Assessment): Promise<string> {
      if (assessment.asset !== null) return assessment.asset.owner;
      const { hash } = assessment.appetite;
      const known = owners.get(hash) ?? unnamedOwner(assessment);
      owners.set(hash, known);
      return await known;
    },
  };
}
