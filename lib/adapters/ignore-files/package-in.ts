import { CavendishError } from '../../core/errors/error.ts';
import { nameIn, readPurl } from '../../core/sbom/purl.ts';

/**
 * The name of the package that a package URL names.
 *
 * @throws CavendishError `bad-input` where it is none
 */
export function packageIn(purl: string): string {
  try {
    return nameIn(readPurl(purl));
  } catch (cause) {
    throw new CavendishError('bad-input', `"${purl}" is no package URL`, { cause });
  }
}
