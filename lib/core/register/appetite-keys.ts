/** The keys of which appetite is in force. docs/data-model.md draws them. */
import type { Digest } from '../image/digest.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

export const APPETITE_PARTITION = 'APPETITE';

/** Which version counts; not there before one was adopted. */
export const IN_FORCE_KEY: Key = { pk: APPETITE_PARTITION, sk: 'IN-FORCE' };

export const ADOPTED_PREFIX = 'ADOPTED#';

/** That a version was put in force, in the order of time. */
export function adoptionKey(at: string, hash: Digest): Key {
  return { pk: APPETITE_PARTITION, sk: `${ADOPTED_PREFIX}${at}#${hash}` };
}
