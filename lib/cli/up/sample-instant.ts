/** The sample is judged as of its own date; whatever else is pushed, as of now. */
import type { Placement } from '../../core/image/placement.ts';
import { SAMPLE } from '../sample/sample.ts';

export function isSample({ repository, digest }: Placement): boolean {
  return repository === SAMPLE.repository && digest === SAMPLE.digest;
}

export function sampleInstant(placement: Placement): string | null {
  return isSample(placement) ? new Date(SAMPLE.date).toISOString() : null;
}
