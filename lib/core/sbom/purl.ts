/**
 * Package URLs (https://github.com/package-url/purl-spec), as scanners write them.
 */
import { PackageURL } from 'packageurl-js';

import type { Distribution, Package } from './inventory.ts';

/**
 * `pkg:deb/debian/perl-base@5.36.0-7%2Bdeb12u3?arch=amd64&distro=debian-12`: the distribution is
 * the namespace, and with its release a qualifier.
 */
export function packageUrl(
  { type, name, version, architecture }: Pick<Package, 'type' | 'name' | 'version' | 'architecture'>,
  distribution: Distribution | null,
): string {
  const qualifiers = {
    ...(architecture !== null && { arch: architecture }),
    ...(distribution !== null && { distro: [distribution.id, distribution.versionId ?? []].flat().join('-') }),
  };
  const written = new PackageURL(type, distribution?.id, name, version, qualifiers, undefined).toString();
  // The library leaves plus signs in versions; the specification encodes them everywhere.
  return written.replaceAll('+', '%2B');
}
