/** The components of a CycloneDX document by their references, wherever they are nested. */
import { z } from 'zod';

import { list, nullable, readAs } from '../../../core/advisories/reading.ts';
import { CavendishError } from '../../../core/errors/error.ts';
import { nameIn, readPurl } from '../../../core/sbom/purl.ts';
import { maybe, name } from '../report.ts';

const DEEPEST = 64;

export const propertiesOf = list(z.looseObject({ name: maybe, value: nullable(z.string()) }));

const component = z.looseObject({
  'bom-ref': maybe,
  group: maybe,
  name,
  version: maybe,
  purl: maybe,
  properties: propertiesOf,
  components: list(z.unknown()),
});

export interface Component {
  readonly name: string;
  readonly version: string | null;
  readonly purl: string | null;
  /** The file in the image, where a tool says it; null where not. */
  readonly path: string | null;
}

/** Names of properties: Trivy's, Syft's, ours. */
const PATHS = ['aquasecurity:trivy:FilePath', 'syft:location:0:path', 'cavendish:package:path'];

/** @throws CavendishError `bad-input` that names the component; `limit-exceeded` */
export function componentsIn(roots: readonly unknown[], source: string): ReadonlyMap<string, Component> {
  const found = new Map<string, Component>();
  let level: readonly unknown[] = roots;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > DEEPEST) {
      throw new CavendishError('limit-exceeded', `${source}: components are nested more than ${String(DEEPEST)} deep`);
    }
    const read = level.map((raw, index) =>
      readAs(component, raw, `${source}: components ${String(depth)} deep, ${String(index)}`),
    );
    for (const one of read) {
      const { group, version, purl, properties } = one;
      const path = properties.find((property) => PATHS.includes(property.name ?? ''))?.value ?? null;
      const ref = one['bom-ref'] ?? purl;
      if (ref !== null) found.set(ref, { name: [group ?? [], one.name].flat().join('/'), version, purl, path });
    }
    level = read.flatMap(({ components }) => components);
  }
  return found;
}

/** What a package URL that stands for a component says; null where it is none. */
export function componentOfPurl(text: string): Component | null {
  try {
    const purl = readPurl(text);
    return { name: nameIn(purl), version: purl.version, purl: text, path: null };
  } catch {
    return null;
  }
}
