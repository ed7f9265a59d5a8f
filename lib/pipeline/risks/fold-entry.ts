/** The work that a commit leaves which may change risks. */
import { z } from 'zod';

import { contentId } from '../../core/canonical/canonical.ts';
import { type Digest, hexOf } from '../../core/image/digest.ts';
import type { Placement } from '../../core/image/placement.ts';
import { digestSchema, placementSchema } from '../../core/image/schemas.ts';
import type { OutboxEntry } from '../ports/register-store.ts';
import { FOLD_RISKS } from '../work/work-types.ts';

export const foldJob = z.union([
  z.object({ placement: placementSchema, replaced: placementSchema.nullable() }),
  z.object({ digest: digestSchema }),
]);

/**
 * What the verdicts of a placement say may have changed.
 *
 * @param change - what tells this change of it from every other
 * @param replaced - the placement that lost a tag to it
 */
export function foldEntry(placement: Placement, change: unknown, replaced: Placement | null = null): OutboxEntry {
  return entryOf({ placement, replaced }, change);
}

/** Where an image runs may have changed, and with that whether it counts. */
export function foldRunningEntry(digest: Digest, change: unknown): OutboxEntry {
  return entryOf({ digest }, change);
}

function entryOf(body: z.input<typeof foldJob>, change: unknown): OutboxEntry {
  return { id: `${FOLD_RISKS}#${hexOf(contentId([body, change]))}`, type: FOLD_RISKS, body: { ...body } };
}
