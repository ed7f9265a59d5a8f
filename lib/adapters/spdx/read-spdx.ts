/**
 * The packages of an SPDX document in JSON, 2.2 and 2.3: by their external references of type `purl`.
 *
 * Where a package URL does not say the source package, Trivy's `sourceInfo` does.
 */
import { z } from 'zod';

import { list, nullable, readAs } from '../../core/advisories/reading.ts';
import { componentName, type ListedComponent } from '../../core/sbom/listed-component.ts';

const text = z.string().max(4096);

const spdxPackage = z.looseObject({
  name: text.min(1),
  versionInfo: nullable(text),
  sourceInfo: nullable(z.string()),
  externalRefs: list(z.looseObject({ referenceType: z.string(), referenceLocator: z.string() })),
});

const document = z.looseObject({
  spdxVersion: z.enum(['SPDX-2.2', 'SPDX-2.3'], 'is neither SPDX-2.2 nor SPDX-2.3'),
  packages: list(spdxPackage),
});

const BUILT_FROM = /^built package from: (?<name>\S+)(?: (?<version>\S+))?$/u;

/**
 * In their order; a package with several package URLs is a component by each.
 *
 * @param source - what the document is called, for messages
 * @throws CavendishError `bad-input` that names the field
 */
export function readSpdx(raw: unknown, source: string): readonly ListedComponent[] {
  return readAs(document, raw, source).packages.flatMap(
    ({ name, versionInfo, sourceInfo, externalRefs }): readonly ListedComponent[] => {
      const purls = externalRefs.flatMap((ref) => (ref.referenceType === 'purl' ? [ref.referenceLocator] : []));
      const { name: built, version } = BUILT_FROM.exec(sourceInfo ?? '')?.groups ?? {};
      const common = {
        name: componentName(name, versionInfo),
        source: built === undefined ? null : { name: built, version: version ?? null },
      };
      return purls.length === 0 ? [{ ...common, purl: null }] : purls.map((purl) => ({ ...common, purl }));
    },
  );
}
