/** A bill of materials from elsewhere, in whichever of the forms that are read: whole, or not at all. */
import { readCycloneDx } from '../../adapters/cyclonedx/read-cyclonedx.ts';
import { readSpdx } from '../../adapters/spdx/read-spdx.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { ListedComponent } from '../../core/sbom/listed-component.ts';
import type { Io } from '../io.ts';
import { readInput } from './read-input.ts';

/** As bytes: some 50,000 packages as Syft writes them. */
const MOST_SBOM = 64 * 1024 * 1024;

const KNOWN = 'Known are CycloneDX (1.2 to 1.7) and SPDX (2.2, 2.3), as JSON.';

/**
 * @param file - `-` for standard input
 * @throws CavendishError `not-found`, `bad-input`, `limit-exceeded`
 */
export async function readSbom(file: string, io: Pick<Io, 'stdin'>): Promise<readonly ListedComponent[]> {
  const bytes = await readInput(file, MOST_SBOM, io);
  const source = file === '-' ? 'standard input' : file;
  const document = parsed(bytes, source);
  if ('bomFormat' in document) return readCycloneDx(document, source);
  if ('spdxVersion' in document) return readSpdx(document, source);
  throw new CavendishError('bad-input', `${source} is no bill of materials that is known`, { next: KNOWN });
}

function parsed(bytes: Uint8Array, source: string): object {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new CavendishError('bad-input', `${source} is no JSON`, { next: KNOWN, cause });
  }
  return typeof document === 'object' && document !== null ? document : {};
}
