/** Announces verdicts: a batch of work `announce-verdict` in, notices out, many for one reader as one round-up. */
import type { Work } from '../../lib/pipeline/ports/work-queue.ts';
import type { WorkParts } from '../shared/follow-up.ts';
import type { SqsHandler } from '../shared/messages.ts';
import { type Failures, workBatchHandler } from '../shared/run-batch.ts';
import type { Count } from '../shared/tools.ts';

interface Dependencies extends WorkParts {
  readonly announce: (works: readonly Work[], count: Count) => Promise<Failures>;
  /** @throws CavendishError where something is missing without which nothing can be announced */
  readonly ready: () => Promise<unknown>;
}

export function createHandler({ announce, ready, ...parts }: Dependencies): SqsHandler {
  return workBatchHandler(parts, async (works) => await announce(works, parts.count), ready);
}
