/** The keys of what is known of the past of images and assets, as far as criteria ask for it. */
import type { Digest } from '../image/digest.ts';
import type { Stage } from '../image/stage.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Since when an image was go for a stage, wherever it stood: `{ at, assessment }` of the first such verdict. */
export function passedKey(image: Digest, stage: Stage): Key {
  return { pk: `IMAGE#${image}`, sk: `PASSED#${stage}` };
}

/** The external validations of an asset, in the order in which they were recorded. */
export function validationsPartition(asset: string): string {
  return `VALIDATIONS#${asset}`;
}

export function validationKey(asset: string, at: string, id: Digest): Key {
  return { pk: validationsPartition(asset), sk: `${at}#${id}` };
}
