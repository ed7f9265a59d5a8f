/** Says and counts what a judgement came to. */
import type { Logger } from '@aws-lambda-powertools/logger';

import { placementName } from '../../lib/core/image/placement.ts';
import type { JudgedPlacement } from '../../lib/pipeline/judge-placement/record-judged.ts';
import type { Count } from './tools.ts';

const METRIC = { go: 'imagesGo', 'no-go': 'imagesNoGo', unknown: 'imagesUnknown' } as const;

/** @param judged - null where the image was judged already on the same basis */
export function tellJudged(judged: JudgedPlacement | null, logger: Logger, count: Count): void {
  if (judged === null) {
    count('imagesUnchanged');
    logger.info('the image was judged already on the same basis: the verdict stands');
    return;
  }
  const { assessment, id, tag, announced } = judged;
  const { placement, stage, verdict, score, counts } = assessment;
  count(METRIC[verdict]);
  logger.info('image judged', {
    placement: placement === null ? null : placementName(placement),
    ...{ tag, stage, verdict, score, counts, assessment: id, announced },
  });
}
