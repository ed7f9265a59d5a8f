/** The inventory that the verdict of an image rests on, as it is asked for. */
import { z } from 'zod';

import { seesOf } from '../../core/people/sees.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { nameSchema } from '../operations/fields.ts';
import { operation } from '../operations/operation.ts';
import { findSeen } from '../read-board/show.ts';
import { readAssessment } from './read-assessment.ts';
import { readDocument } from './read-document.ts';

/** One for each image that the name stands for. */
interface Held {
  readonly reference: string;
  readonly platform: string;
  /** Null where the scan gave none; then the gaps say why. */
  readonly inventory: Inventory | null;
  readonly gaps: readonly string[];
}

export const sbomOperation = operation({
  name: 'sbom',
  changes: false,
  input: z.strictObject({ image: nameSchema }),
  run: async ({ image }, context): Promise<readonly Held[]> => {
    const found = await findSeen(image, context.register, seesOf(context));
    const byImage = new Map(found.map((current) => [current.placement.digest, current]));
    return await Promise.all(
      [...byImage.values()].map(async ({ assessment, platform }) => {
        const { inputs, image: judged } = await readAssessment(context.evidence, assessment);
        const inventory =
          inputs.sbom === null ? null : await readDocument<Inventory>(context.evidence, inputs.sbom, 'inventory');
        const gaps = inputs.scanGaps.map(({ message }) => message);
        return { reference: judged.reference, platform, inventory, gaps };
      }),
    );
  },
});
