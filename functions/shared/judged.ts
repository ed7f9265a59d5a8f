/** Says and counts what a judgement came to. */
import type { Logger } from '@aws-lambda-powertools/logger';

import { placementName } from '../../lib/core/image/placement.ts';
import type { JudgedPlacement } from '../../lib/pipeline/judge-placement/record-judged.ts';
import type { Count } from './tools.ts';

const METRIC = { go: 'imagesGo', 'no-go': 'imagesNoGo', unknown: 'imagesUnknown' } as const;

/** @param judged - one for each stage; none where the image was judged already on the same basis */
export function tellJudged(judged: readonly JudgedPlacement[], logger: Logger, count: Count): void {
  if (judged.length === 0) {
    count('imagesUnchanged');
    logger.info('the image was judged already on the same basis: the verdict stands');
  }
  for (const { assessment, id, tag, announced } of judged) {
    const { placement, stage, stageFrom, verdict, score, counts } = assessment;
    count(METRIC[verdict]);
    logger.info('image judged', {
      placement: placement === null ? null : placementName(placement),
      ...{ tag, stage, stageFrom, verdict, score, counts, assessment: id, announced },
    });
  }
}
