/**
 * Where an image stands.
 *
 * One image may have many placements; a verdict belongs to a placement and a stage. The registry
 * is named by what it is, never by an address that changes (the port of a laptop's registry).
 */
import type { Digest } from './digest.ts';

export interface Placement {
  readonly account: string;
  readonly region: string;
  readonly registry: string;
  readonly repository: string;
  readonly digest: Digest;
}

/** One line that names a placement, and its key: `account/region/registry/repository@digest`. */
export function placementName(placement: Placement): string {
  const { account, region, registry, repository, digest } = placement;
  return `${account}/${region}/${registry}/${repository}@${digest}`;
}
