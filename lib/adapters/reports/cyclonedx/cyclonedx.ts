/** Vulnerabilities in CycloneDX, as JSON: 1.4 to 1.7. https://cyclonedx.org/docs/1.6/json/#vulnerabilities */
import { z } from 'zod';

import { instantOf, list, nullable, readAs } from '../../../core/advisories/reading.ts';
import { isDigest } from '../../../core/image/digest.ts';
import { SEVERITIES, type Severity } from '../../../core/matching/finding.ts';
import { namedBy } from '../../../core/opinions/named.ts';
import type { OpinionFinding, OpinionPackage } from '../../../core/opinions/opinion.ts';
import { severityOfScore } from '../../../core/opinions/severities.ts';
import { asideOf, digestsIn, id, maybe, name, refused, type Reported, severityIn } from '../report.ts';
import { type Component, componentOfPurl, componentsIn, propertiesOf } from './components.ts';

const tool = z.looseObject({ name: maybe, version: maybe });

const report = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string().regex(/^1\.[4-7]$/u, 'is none of 1.4 to 1.7'),
  metadata: nullable(
    z.looseObject({
      timestamp: maybe,
      tools: z.union([z.array(tool), z.looseObject({ components: list(tool), services: list(tool) })]).nullish(),
      component: z.unknown().optional(),
    }),
  ),
  components: list(z.unknown()),
  vulnerabilities: list(z.unknown()),
});
type Metadata = z.output<typeof report>['metadata'];

const vulnerability = z.looseObject({
  id,
  references: list(z.looseObject({ id: maybe })),
  ratings: list(z.looseObject({ severity: maybe, score: nullable(z.number()), method: maybe })),
  analysis: nullable(z.looseObject({ state: maybe })),
  affects: z.array(z.looseObject({ ref: name })).min(1, 'names no component'),
});
type Vulnerability = z.output<typeof vulnerability>;

/** States of an analysis (VEX) by which it is none of this image, or no more. */
const SETTLED = new Set<string | null>(['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree']);

/** @throws CavendishError `bad-input` that names the place */
export function readCycloneDxReport(raw: unknown, source: string): Reported {
  const { metadata, components, vulnerabilities } = readAs(report, raw, source);
  if (vulnerabilities.length === 0) {
    throw refused(
      source,
      'it lists no vulnerabilities, and does not say that anybody looked for them',
      "Import the scanner's own JSON, which says so. A bill of materials is matched by: cavendish match --sbom FILE",
    );
  }
  const byRef = componentsIn([...components, ...inSubject(metadata)], source);
  const read = vulnerabilities.map((one, index) => {
    const where = `${source}: vulnerabilities.${String(index)}`;
    return { said: readAs(vulnerability, one, where), where };
  });
  const open = read.filter(({ said }) => !SETTLED.has(said.analysis?.state ?? null));
  return {
    scanner: scannerOf(metadata),
    at: typeof metadata?.timestamp === 'string' ? instantOf(metadata.timestamp) : null,
    image: imageIn(metadata?.component, source),
    findings: open.flatMap(({ said, where }) => findingsIn(said, byRef, where)),
    aside: asideOf(
      read.length - open.length,
      'vulnerability that it calls settled',
      'vulnerabilities that it calls settled',
    ),
  };
}

const subject = z.looseObject({ version: maybe, purl: maybe, components: list(z.unknown()), properties: propertiesOf });

function inSubject(metadata: Metadata): readonly unknown[] {
  const read = subject.safeParse(metadata?.component);
  return read.success ? read.data.components : [];
}

/** The last one that wrote it: tools put themselves behind those whose document they read. */
function scannerOf(metadata: Metadata): Reported['scanner'] {
  const tools = metadata?.tools ?? [];
  const named = ('components' in tools ? [...tools.components, ...tools.services] : tools) as readonly z.output<
    typeof tool
  >[];
  const last = named.findLast((one) => one.name !== null);
  return { name: last?.name ?? null, version: last?.version ?? null };
}

/** As Trivy and Syft say it: by properties, by the version, by a package URL of type `oci`. */
function imageIn(raw: unknown, source: string): Reported['image'] {
  if (raw === undefined || raw === null) return { digests: [], layers: [], configuration: null };
  const { version, purl, properties } = readAs(subject, raw, `${source}: metadata.component`);
  const valuesOf = (wanted: string): readonly string[] =>
    properties.flatMap((one) => (one.name === `aquasecurity:trivy:${wanted}` ? [one.value ?? ''] : []));
  const [configuration] = valuesOf('ImageID').filter(isDigest);
  const [, inPurl] = /^pkg:oci\/[^@?]+@([^?#]+)/u.exec(purl ?? '') ?? [];
  return {
    digests: digestsIn([...valuesOf('RepoDigest'), version, inPurl?.replace(/%3a/iu, ':')]),
    // Trivy sorts its properties: which layer lies on which is not said.
    layers: [],
    configuration: configuration ?? null,
  };
}

function findingsIn(
  said: Vulnerability,
  byRef: ReadonlyMap<string, Component>,
  where: string,
): readonly OpinionFinding[] {
  const severity = worstOf(said, where);
  const related = said.references.flatMap((one) => one.id ?? []);
  return said.affects.flatMap(({ ref }) =>
    namedBy(said.id, related).map((named) => ({
      ...named,
      package: packageOf(ref, byRef, where),
      severity,
      fixedIn: null,
    })),
  );
}

/** Several rate it, each by the standards that they know. */
function worstOf({ ratings }: Vulnerability, where: string): Severity {
  const rated = ratings.map(({ severity, score, method }) => {
    if (severity !== null) return severityIn(severity, where);
    return score !== null && (method ?? '').startsWith('CVSSv') ? severityOfScore(score) : 'unrated';
  });
  return SEVERITIES.find((severity) => rated.includes(severity)) ?? 'unrated';
}

/** A component of the document, or of another one that the reference names (a BOM link ends with its name there). */
function packageOf(ref: string, byRef: ReadonlyMap<string, Component>, where: string): OpinionPackage {
  const local = ref.startsWith('urn:cdx:') ? ref.slice(ref.indexOf('#') + 1) : ref;
  const found = byRef.get(local) ?? componentOfPurl(local);
  if (found === null)
    throw refused(where, `it is about a component that the document does not hold: ${ref.slice(0, 200)}`);
  return { type: null, ...found };
}
