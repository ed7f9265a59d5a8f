/** Scans an image where it stands, and remembers it: its family and its packages are found from then on. */
import type { Scan } from '../../core/register/judged-evidence.ts';
import { inventoryOf } from '../judge-image/inventory-of.ts';
import type { JudgeDependencies } from '../judge-image/judge-image.ts';
import type { JudgeRequest } from '../judge-image/judge-scan.ts';
import { rememberImage } from '../lineage/remember-image.ts';
import type { OpenImage, UnreadableImage } from '../ports/image-source.ts';

/** An image that can't be read is not remembered: nothing vouches for the layers that it claims. */
export async function scanPlaced(
  { digest, reference, at }: Pick<JudgeRequest, 'digest' | 'reference' | 'at'>,
  image: OpenImage | UnreadableImage,
  dependencies: Pick<JudgeDependencies, 'register' | 'evidence' | 'signal' | 'onStep'>,
): Promise<Scan> {
  const { register, signal, onStep } = dependencies;
  onStep?.({ step: 'scan', image: digest, reference });
  const scan = await inventoryOf(image, dependencies, signal);
  if (scan.inventory !== null && !('error' in image)) await rememberImage(image, scan.inventory, at, register);
  return scan;
}
