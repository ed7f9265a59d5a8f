/** Scans images: work `judge-placement` in, an inventory kept, the decision left as work. */

import { placementName } from '../../lib/core/image/placement.ts';
import type { JudgeDependencies } from '../../lib/pipeline/judge-image/judge-image.ts';
import type { PlacedImages } from '../../lib/pipeline/judge-placement/open-placed.ts';
import { giveUpScan, type ScannedPlacement, scanPlacement } from '../../lib/pipeline/scan-placement/scan-placement.ts';
import { JUDGE_PLACEMENT } from '../../lib/pipeline/work/work-types.ts';
import { beforeDeadline } from '../shared/deadline.ts';
import type { WorkParts } from '../shared/follow-up.ts';
import type { SqsHandler } from '../shared/messages.ts';
import { workHandler } from '../shared/run-work.ts';

interface Dependencies extends WorkParts {
  /** @throws CavendishError `bad-input` where the appetite is not right: nothing is scanned before it is */
  readonly judging: () => Promise<JudgeDependencies & PlacedImages>;
}

export function createHandler(dependencies: Dependencies): SqsHandler {
  return workHandler(dependencies, async (logger, context) => {
    const judging = await dependencies.judging();
    const tell = ({ job, packages, cause }: ScannedPlacement): void => {
      logger.info('image scanned', { placement: placementName(job.placement), tag: job.tag, packages, cause });
    };
    return {
      [JUDGE_PLACEMENT]: {
        run: async (work) => {
          const scanned = await beforeDeadline(
            context,
            async (signal) => await scanPlacement(work, { ...judging, signal }),
          );
          if (scanned !== null) tell(scanned);
          else dependencies.count('imagesUnchanged');
        },
        giveUp: async (work, cause) => {
          tell(await giveUpScan(work, cause, judging.register));
        },
      },
    };
  });
}
