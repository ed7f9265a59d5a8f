/** Which findings of an image the scope of an exception names. */
import type { Digest } from '../image/digest.ts';
import type { Finding } from '../matching/finding.ts';
import { isInPlace, layersOfBase, type Place } from './place.ts';
import type { Scope } from './scope.ts';

export interface CoveredImage extends Place {
  /** The diff IDs of its layers, from the base upwards. */
  readonly layers: readonly Digest[];
}

/**
 * The findings under the scope, whether or not anything speaks against it.
 *
 * An exception for a base follows what the base brought into every clone of it. What a clone adds, or
 * upgrades, is the clone's: nobody accepted that.
 */
export function findingsInScope(scope: Scope, findings: readonly Finding[], image: CoveredImage): readonly Finding[] {
  if (!isInPlace(scope, image)) return [];
  const ofBase = 'base' in scope.images ? layersOfBase(scope.images.base, image) : Number.POSITIVE_INFINITY;
  return findings.filter((finding) => names(scope, finding) && isWithin(ofBase, finding, image.layers));
}

function names({ vulnerabilities, packages }: Pick<Scope, 'vulnerabilities' | 'packages'>, finding: Finding): boolean {
  const { vulnerability, aliases, package: found } = finding;
  // A scope that names neither is refused before; here it would be everything.
  if (vulnerabilities.length === 0 && packages.length === 0) return false;
  const isNamed =
    vulnerabilities.length === 0 || [vulnerability, ...aliases].some((id) => vulnerabilities.includes(id));
  return isNamed && (packages.length === 0 || packages.includes(found.name) || packages.includes(found.source.name));
}

/** Of a layer that is there twice the first counts, and one that is not there is nobody's. */
function isWithin(layersOfBase: number, finding: Finding, layers: readonly Digest[]): boolean {
  if (layersOfBase === Number.POSITIVE_INFINITY) return true;
  const at = layers.indexOf(finding.package.layer);
  return at !== -1 && at < layersOfBase;
}
