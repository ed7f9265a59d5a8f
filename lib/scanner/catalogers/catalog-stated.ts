/**
 * The packages of a language in an image: what the files that a cataloger read state, wherever in the
 * image they are.
 */
import type { Gap } from '../../core/sbom/gap.ts';
import type { PackageType } from '../../core/sbom/inventory.ts';
import { type Catalogued, type Found, NOTHING } from './cataloger.ts';
import type { StatedContent } from './stated.ts';

export function catalogStated(type: PackageType, files: readonly Found<StatedContent>[]): Catalogued {
  return {
    ...NOTHING,
    packages: files.flatMap((found) => {
      if (found.is !== 'read') return [];
      const { path, content } = found;
      return content.packages.map(({ name, version, licences }) => ({
        type,
        name,
        version,
        architecture: null,
        source: { name, version },
        path,
        licences,
      }));
    }),
    gaps: files.flatMap(gapsOf),
  };
}

function gapsOf(found: Found<StatedContent>): readonly Gap[] {
  if (found.is === 'absent') return [];
  const { path } = found;
  const why = found.is === 'blocked' ? found.why : problemOf(found.content);
  if (why === null) return [];
  return [{ kind: 'malformed-database', subject: path, message: `The note of packages ${path} ${why}.` }];
}

function problemOf({ problems: [first, ...more] }: StatedContent): string | null {
  if (first === undefined) return null;
  return `could not be read whole: ${first}${more.length === 0 ? '' : `, and ${more.length} more`}`;
}
