/**
 * Judges one image: scan, gather, assess, keep.
 *
 * The assessment is kept as evidence and can be found and replayed by its identity. Whether it
 * moves the board and tells people is the caller's to say (record-assessment).
 */
import type { OpenImage, UnreadableImage } from '../ports/image-source.ts';
import { inventoryOf } from './inventory-of.ts';
import { type DecideDependencies, type Judged, type JudgeRequest, judgeScan } from './judge-scan.ts';

export type { Judged, JudgeRequest, Step } from './judge-scan.ts';

export interface JudgeDependencies extends DecideDependencies {
  readonly signal?: AbortSignal;
}

export async function judgeImage(
  request: JudgeRequest,
  image: OpenImage | UnreadableImage,
  dependencies: JudgeDependencies,
): Promise<Judged> {
  const { digest, reference } = request;
  dependencies.onStep?.({ step: 'scan', image: digest, reference });
  const scan = await inventoryOf(image, dependencies, dependencies.signal);
  return await judgeScan(request, scan, dependencies);
}
