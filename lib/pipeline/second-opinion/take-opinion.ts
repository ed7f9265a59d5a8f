/**
 * Keeps what the registry's own scanner says of an image, beside the verdict.
 *
 * It is a second opinion for people: what both found, and what only one did. It changes no verdict,
 * since an assessment rests on what its replay can read again.
 */
import { z } from 'zod';

import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { placementPartition, SECOND_OPINION_PREFIX, secondOpinionKey } from '../../core/register/keys.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { RegistryScan, RegistryScans } from '../ports/registry-scan.ts';
import { readAll } from '../read-board/read-board.ts';

const opinionItem = z.object({
  scanner: z.string(),
  state: z.enum(['complete', 'none']),
  said: z.string(),
  completedAt: z.string().nullable(),
  /** The scan whole, as evidence. */
  report: digestSchema,
  /** Distinct vulnerabilities by the scanner's own severities. */
  counts: z.record(z.string(), z.number()),
});

export type Opinion = Readonly<z.infer<typeof opinionItem>>;

export interface Comparison {
  readonly both: number;
  /** Vulnerabilities that only the registry's scanner names, and only Cavendish. */
  readonly onlyTheirs: readonly string[];
  readonly onlyOurs: readonly string[];
}

interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

const TRIES = 8;

/** @returns what was kept, for the log */
export async function takeOpinion(
  placement: Placement,
  { scans, register, evidence }: Stores & { readonly scans: RegistryScans },
): Promise<Readonly<Record<string, unknown>>> {
  const scan = await scans.read(placement);
  const { scanner, state, said, completedAt } = scan;
  const report = await evidence.put(canonicalBytes(scan));
  const opinion: Opinion = { scanner, state, said, completedAt, report, counts: countsOf(scan) };
  await keep(placement, opinion, register);
  return { scanner, state, said, counts: opinion.counts };
}

async function keep(placement: Placement, opinion: Opinion, register: RegisterStore): Promise<void> {
  const key = secondOpinionKey(placement, opinion.scanner);
  for (let tried = 1; ; tried += 1) {
    const stored = await register.get(key);
    const before = stored === null ? null : opinionItem.parse(stored.body);
    // A late event does not put an older result, or none, in the place of a newer one.
    if (before !== null && (before.completedAt ?? '') > (opinion.completedAt ?? '')) return;
    try {
      const when = stored === null ? 'absent' : { version: stored.version };
      await register.commit({ puts: [{ item: { ...key, body: { ...opinion } }, when }] });
      return;
    } catch (error) {
      if (!isCavendishError(error, 'conflict') || tried === TRIES) throw error;
    }
  }
}

/** What other scanners say of a placement. */
export async function readOpinions(placement: Placement, register: RegisterStore): Promise<readonly Opinion[]> {
  const items = await readAll(register, { pk: placementPartition(placement), beginsWith: SECOND_OPINION_PREFIX });
  return items.map(({ body }) => opinionItem.parse(body));
}

/** Holds an opinion against an assessment, by the names of vulnerabilities and their aliases. */
export async function compareOpinion(
  { report }: { readonly report: Digest },
  { findings }: Pick<Assessment, 'findings'>,
  evidence: EvidenceStore,
): Promise<Comparison> {
  const scan = await readDocument<RegistryScan>(evidence, report, 'second opinion');
  const theirs = new Set(scan.findings.map(({ vulnerability }) => vulnerability));
  const ours = new Map(findings.map(({ vulnerability, aliases }) => [vulnerability, [vulnerability, ...aliases]]));
  const known = new Set([...ours.values()].flat());
  const shared = [...ours].filter(([, names]) => names.some((name) => theirs.has(name)));
  const sharedNames = new Set(shared.map(([name]) => name));
  return {
    both: shared.length,
    onlyTheirs: [...theirs].filter((name) => !known.has(name)).sort(),
    onlyOurs: [...ours.keys()].filter((name) => !sharedNames.has(name)).sort(),
  };
}

function countsOf({ findings }: RegistryScan): Opinion['counts'] {
  const severities = new Map(findings.map(({ vulnerability, severity }) => [vulnerability, severity]));
  const counts: Record<string, number> = {};
  for (const severity of [...severities.values()].sort(byName)) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

function byName(a: string, b: string): number {
  return a < b ? -1 : 1;
}
