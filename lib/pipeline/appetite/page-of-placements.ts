/** Every placement that was ever judged, page by page, in the order of digests. */
import { CavendishError } from '../../core/errors/error.ts';
import type { Placement } from '../../core/image/placement.ts';
import { placementSchema } from '../../core/image/schemas.ts';
import { digestPartition } from '../../core/register/keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';

const PARTITIONS = 256;

interface PlacementsPage {
  readonly placements: readonly Placement[];
  /** `partition:` and where the page ended in it; null at the end. */
  readonly next: string | null;
}

/** @throws CavendishError `bad-input` where `after` is none that a page gave */
export async function pageOfPlacements(
  { limit, after }: { readonly limit: number; readonly after: string | null },
  register: RegisterStore,
): Promise<PlacementsPage> {
  let { partition, within } = placeOf(after);
  const placements: Placement[] = [];
  while (partition < PARTITIONS) {
    const page = await register.query({
      pk: digestPartition(partition.toString(16).padStart(2, '0')),
      limit: limit - placements.length,
      ...(within !== null && { after: within }),
    });
    placements.push(...page.items.map(({ body }) => placementSchema.parse(body['placement'])));
    within = page.next;
    if (within === null) partition += 1;
    if (placements.length >= limit) break;
  }
  return { placements, next: partition < PARTITIONS ? `${String(partition)}:${within ?? ''}` : null };
}

function placeOf(after: string | null): { partition: number; within: string | null } {
  if (after === null) return { partition: 0, within: null };
  const [, partition = '', within = ''] = /^(\d{1,3}):(.*)$/su.exec(after) ?? [];
  if (partition === '') throw new CavendishError('bad-input', `"${after}" is not where a page ended`);
  return { partition: Number(partition), within: within === '' ? null : within };
}
