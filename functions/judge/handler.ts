/** Judges images: work `decide-placement` in, a verdict recorded, the notice that it owes left as work. */

import { decidePlacement, giveUpDecision } from '../../lib/pipeline/decide-placement/decide-placement.ts';
import type { DecideDependencies } from '../../lib/pipeline/judge-image/judge-scan.ts';
import { DECIDE_PLACEMENT } from '../../lib/pipeline/work/work-types.ts';
import type { WorkParts } from '../shared/follow-up.ts';
import { tellJudged } from '../shared/judged.ts';
import type { SqsHandler } from '../shared/messages.ts';
import { workHandler } from '../shared/run-work.ts';

interface Dependencies extends WorkParts {
  /** @throws CavendishError `bad-input` where the appetite is not right: nothing is judged before it is */
  readonly judging: () => Promise<DecideDependencies>;
}

export function createHandler(dependencies: Dependencies): SqsHandler {
  return workHandler(dependencies, async (logger) => {
    const judging = await dependencies.judging();
    return {
      [DECIDE_PLACEMENT]: {
        run: async (work) => {
          tellJudged(await decidePlacement(work, judging), logger, dependencies.count);
        },
        giveUp: async (work, cause) => {
          tellJudged(await giveUpDecision(work, cause, judging), logger, dependencies.count);
        },
      },
    };
  });
}
