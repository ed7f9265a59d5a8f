/** Another scanner's opinion of an image, as it is taken in. */
import { z } from 'zod';

import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { type Placement, placementName } from '../../core/image/placement.ts';
import { datedOpinion, reportedOpinion } from '../../core/opinions/opinion.ts';
import { seesOf } from '../../core/people/sees.ts';
import type { Current } from '../../core/register/current.ts';
import { plainLine } from '../../core/text/plain.ts';
import { lineSchema, nameSchema } from '../operations/fields.ts';
import { operation, type OperationContext } from '../operations/operation.ts';
import { findSeen } from '../read-board/show.ts';
import { type FoundImage, imageMeant } from './image-meant.ts';
import { keepOpinion, opinionCounts, type OpinionItem } from './opinion-items.ts';

/** What became of a report where the image stands. */
export interface TakenReport {
  readonly placement: Placement;
  /** `older`: a newer opinion of the scanner is held; `known`: this very one is. */
  readonly outcome: 'kept' | 'known' | 'older';
}

export interface ImportedReport {
  readonly scanner: string;
  /** ISO 8601: when the scanner looked, or when the report came where it does not say. */
  readonly at: string;
  /** Of the opinion, which is kept as evidence. */
  readonly opinion: Digest;
  /** Distinct vulnerabilities by severity; none are left out. */
  readonly counts: Readonly<Record<string, number>>;
  /** How it was made sure that the report is about the image. */
  readonly compared: string;
  /** Why it was taken though it is about another one; null where it is not. */
  readonly forced: string | null;
  readonly placements: readonly TakenReport[];
}

export const importOperation = operation({
  name: 'import',
  changes: true,
  openOnLaptop: true,
  input: z.strictObject({
    image: nameSchema,
    opinion: reportedOpinion,
    /** Why it is taken though it is about another image; null: then it is refused. */
    force: lineSchema.nullable(),
  }),
  run: async ({ image, opinion: given, force }, context): Promise<ImportedReport> => {
    const { register, evidence, at, caller } = context;
    const found = await imagesCalled(image, context);
    const meant = await imageMeant({ name: image, said: given.image, found, force }, register);
    const opinion = datedOpinion(given, at);
    const hash = await evidence.put(canonicalBytes(opinion));
    const { name: scanner, version } = opinion.scanner;
    const counts = opinionCounts(opinion.findings);
    const item: OpinionItem = {
      ...{
        scanner,
        version,
        state: 'complete',
        said: 'an imported report',
        completedAt: opinion.at,
        opinion: hash,
        counts,
      },
      imported: {
        ...{ at, compared: meant.compared, forced: meant.forced },
        by: { principal: caller.principal, person: caller.person },
      },
    };
    const placements: TakenReport[] = [];
    for (const placement of meant.image.placements) {
      placements.push({ placement, outcome: await keepOpinion(placement, item, at, register) });
    }
    return {
      scanner,
      at: opinion.at,
      opinion: hash,
      counts,
      compared: meant.compared,
      forced: meant.forced,
      placements,
    };
  },
});

/** @throws CavendishError `not-found`, `bad-input` where a digest begins those of several */
async function imagesCalled(name: string, context: OperationContext): Promise<readonly FoundImage[]> {
  let found: readonly Current[];
  try {
    found = await findSeen(name, context.register, seesOf(context));
  } catch (error) {
    if (!isCavendishError(error, 'not-found')) throw error;
    throw new CavendishError('not-found', `no image that was judged here is called "${plainLine(name)}"`, {
      next: 'An opinion is kept beside our own: push the image first. What is there: cavendish images --all',
      cause: error,
    });
  }
  return [...Map.groupBy(found, ({ placement }) => placement.digest)].map(([digest, currents]) => ({
    digest,
    // A placement has a verdict a stage.
    placements: [...new Map(currents.map(({ placement }) => [placementName(placement), placement])).values()],
  }));
}
