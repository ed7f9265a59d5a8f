/** Opinions beside a verdict, for people: what both found, and what only one did. */
import type { Placement } from '../../core/image/placement.ts';
import { type Comparison, mergeOpinions } from '../../core/opinions/merge-opinions.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { type OpinionItem, readOpinionItems } from './opinion-items.ts';
import { readOpinion } from './opinions-of.ts';

export type ComparedOpinion = OpinionItem & Comparison;

/** Those that are held now: a verdict that was not judged again yet may rest on older ones. */
export async function compareOpinions(
  placement: Placement,
  { findings, inputs }: Pick<Assessment, 'findings' | 'inputs'>,
  { register, evidence }: { readonly register: RegisterStore; readonly evidence: EvidenceStore },
): Promise<readonly ComparedOpinion[]> {
  const items = await readOpinionItems(placement, register);
  if (items.length === 0) return [];
  const { packages, owned = [] } =
    inputs.sbom === null ? { packages: [] } : await readDocument<Inventory>(evidence, inputs.sbom, 'SBOM');
  return await Promise.all(
    items.map(async (item) => {
      const nothing: Comparison = { both: [], onlyTheirs: [], onlyOurs: [] };
      if (item.opinion === null) return { ...item, ...nothing };
      const { opinion } = await readOpinion(item.opinion, evidence);
      const { comparisons } = mergeOpinions({ packages, owned, findings }, [opinion]);
      return { ...item, ...(comparisons.get(opinion.scanner.name) ?? nothing) };
    }),
  );
}
