/**
 * The components of a CycloneDX document in JSON, 1.2 to 1.7, wherever they are nested.
 *
 * What the document is about (`metadata.component`) is no component of it; what lies in that is. Where
 * a package URL does not say the source package, the properties of Trivy and of Cavendish do.
 */
import { z } from 'zod';

import { list, nullable, readAs } from '../../core/advisories/reading.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { componentName, type ListedComponent } from '../../core/sbom/listed-component.ts';

const DEEPEST = 64;

const text = z.string().max(4096);
const nested = list(z.unknown());

const document = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string().regex(/^1\.[2-7]$/u, 'is none of 1.2 to 1.7'),
  metadata: z.looseObject({ component: z.looseObject({ components: nested }).nullish() }).nullish(),
  components: nested,
});

const component = z.looseObject({
  group: nullable(text),
  name: text.min(1),
  version: nullable(text),
  purl: nullable(text),
  properties: list(z.looseObject({ name: nullable(z.string()), value: nullable(z.string()) })),
  components: nested,
});
type Component = z.output<typeof component>;

/** Names of properties: source package, and its version. */
const SOURCES = [
  ['aquasecurity:trivy:SrcName', 'aquasecurity:trivy:SrcVersion'],
  ['cavendish:package:source:name', 'cavendish:package:source:version'],
] as const;

/**
 * In their order, each before what is nested in it.
 *
 * @param source - what the document is called, for messages
 * @throws CavendishError `bad-input` that names the component and the field; `limit-exceeded`
 */
export function readCycloneDx(raw: unknown, source: string): readonly ListedComponent[] {
  const { components, metadata } = readAs(document, raw, source);
  const found: ListedComponent[] = [];
  const open = [...placed(components, 'components', 1), ...placed(inSubject(metadata), 'metadata', 1)].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { depth, where } = next;
    if (depth > DEEPEST) {
      throw new CavendishError('limit-exceeded', `${source}: components are nested more than ${String(DEEPEST)} deep`);
    }
    const read = readAs(component, next.raw, `${source}: ${where}`);
    const name = [read.group ?? [], read.name].flat().join('/');
    found.push({ name: componentName(name, read.version), purl: read.purl, source: sourceOf(read) });
    open.push(...placed(read.components, where, depth + 1).reverse());
  }
  return found;
}

function inSubject(metadata: z.output<typeof document>['metadata']): readonly unknown[] {
  return metadata?.component?.components ?? [];
}

function placed(components: readonly unknown[], where: string, depth: number) {
  return components.map((raw, index) => ({ raw, where: `${where}.${String(index)}`, depth }));
}

function sourceOf({ properties }: Component): ListedComponent['source'] {
  const valueOf = (wanted: string): string | null => properties.find(({ name }) => name === wanted)?.value ?? null;
  for (const [name, version] of SOURCES) {
    const said = valueOf(name);
    if (said !== null && said !== '') return { name: said, version: valueOf(version) };
  }
  return null;
}
