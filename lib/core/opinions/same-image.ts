/** Whether a report is about the image that it is given for: what can be compared is, and what could not be is said. */
import type { Digest } from '../image/digest.ts';
import type { SaidImage } from './opinion.ts';

export interface KnownImage {
  readonly digest: Digest;
  /** Those of the digests that the report names which are of an index that lists the image. */
  readonly indexes: readonly Digest[];
  /** The diff IDs of its layers from the base upwards; null where they are not known. */
  readonly layers: readonly Digest[] | null;
}

export interface Sameness {
  /** `unsaid`: the report gives nothing that can be compared. */
  readonly outcome: 'same' | 'another' | 'unsaid';
  /** By what, for people. */
  readonly said: string;
}

/**
 * Layers settle it: the same ones under another digest are the same content (registries compress anew, daemons write
 * manifests of their own), and other ones under the digest of an index are another platform's.
 */
export function compareImage({ digests, layers, configuration }: SaidImage, known: KnownImage): Sameness {
  if (layers.length > 0 && known.layers !== null) {
    const isSame = layers.length === known.layers.length && layers.every((layer, at) => layer === known.layers?.[at]);
    return isSame
      ? { outcome: 'same', said: 'it has the layers of the image' }
      : { outcome: 'another', said: `it is about an image of other layers (${String(layers.length)} of them)` };
  }
  if (digests.includes(known.digest)) return { outcome: 'same', said: 'it names the digest of the image' };
  if (known.indexes.length > 0) {
    return {
      outcome: 'same',
      said: 'it names an index that lists the image; which platform it looked at it does not say',
    };
  }
  const [first] = digests;
  if (first !== undefined) return { outcome: 'another', said: `it names another digest: ${first}` };
  const only =
    configuration === null ? '' : `, but for a configuration (${configuration}), which nothing here is known by`;
  return { outcome: 'unsaid', said: `it does not say which image it is about${only}` };
}
