import { PackageURL } from 'packageurl-js';

import { CavendishError } from '../../core/errors/error.ts';

/**
 * The name of the package that a package URL names.
 *
 * @throws CavendishError `bad-input` where it is none
 */
export function packageIn(purl: string): string {
  try {
    const { type, namespace, name } = PackageURL.fromString(purl);
    // A distribution's namespace is the distribution; elsewhere it is a part of the name (`@scope/name`).
    const isDistribution = ['deb', 'rpm', 'apk'].includes(type);
    return isDistribution ? name : [namespace ?? [], name].flat().join('/');
  } catch (cause) {
    throw new CavendishError('bad-input', `"${purl}" is no package URL`, { cause });
  }
}
