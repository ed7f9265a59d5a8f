/**
 * A report of Trivy in JSON: schema 2, and the list of results that Trivy wrote before 0.20.
 * https://trivy.dev/latest/docs/configuration/reporting/#json
 */
import { z } from 'zod';

import { instantOf, list, nullable, readAs } from '../../../core/advisories/reading.ts';
import { digestSchema } from '../../../core/image/schemas.ts';
import { namedBy } from '../../../core/opinions/named.ts';
import type { OpinionFinding } from '../../../core/opinions/opinion.ts';
import { packageTypeOf } from '../package-types.ts';
import { asideOf, digestsIn, id, maybe, name, refused, type Reported, SAYS_NO_IMAGE, severityIn } from '../report.ts';

const many = list(z.unknown());

const report = z.looseObject({
  SchemaVersion: z.literal(2),
  Trivy: nullable(z.looseObject({ Version: maybe })),
  CreatedAt: maybe,
  ArtifactType: maybe,
  Metadata: nullable(
    z.looseObject({
      ImageID: nullable(digestSchema),
      DiffIDs: list(digestSchema),
      RepoDigests: list(z.string()),
    }),
  ),
  Results: many,
});

const result = z.looseObject({
  Target: maybe,
  Class: maybe,
  Type: maybe,
  Vulnerabilities: many,
  Misconfigurations: many,
  Secrets: many,
  Licenses: many,
  ExperimentalModifiedFindings: many,
});
type Result = z.output<typeof result>;

const vulnerability = z.looseObject({
  VulnerabilityID: id,
  VendorIDs: list(z.string()),
  PkgName: name,
  PkgPath: maybe,
  PkgIdentifier: nullable(z.looseObject({ PURL: maybe })),
  InstalledVersion: maybe,
  FixedVersion: maybe,
  Severity: maybe,
});

/** What is scanned for an image, or for its bill of materials. */
const ARTIFACTS: readonly (string | null)[] = [null, 'container_image', 'cyclonedx', 'spdx'];
const OF_PACKAGES = new Set(['os-pkgs', 'lang-pkgs']);

/** @throws CavendishError `bad-input` that names the place */
export function readTrivy(raw: unknown, source: string): Reported {
  if (Array.isArray(raw))
    return { ...readResults(raw, '', source), scanner: scannerOf(null), at: null, image: SAYS_NO_IMAGE };
  const { Trivy, CreatedAt, ArtifactType, Metadata, Results } = readAs(report, raw, source);
  if (!ARTIFACTS.includes(ArtifactType)) {
    throw refused(
      source,
      `it is of a ${String(ArtifactType)}, and not of an image`,
      'Scan the image: trivy image --format json',
    );
  }
  return {
    ...readResults(Results, 'Results.', source),
    scanner: scannerOf(Trivy?.Version ?? null),
    at: CreatedAt === null ? null : instantOf(CreatedAt),
    image: {
      digests: digestsIn(Metadata?.RepoDigests ?? []),
      layers: Metadata?.DiffIDs ?? [],
      configuration: Metadata?.ImageID ?? null,
    },
  };
}

function scannerOf(version: string | null): Reported['scanner'] {
  return { name: 'trivy', version };
}

function readResults(raw: readonly unknown[], place: string, source: string): Pick<Reported, 'findings' | 'aside'> {
  const results = raw.map((one, index) => readAs(result, one, `${source}: ${place}${String(index)}`));
  if (!results.some(isOfPackages)) {
    throw refused(
      source,
      'no result of it is about packages: nobody looked for vulnerabilities in them',
      SCAN_FOR_THEM,
    );
  }
  const findings = results.flatMap((one, index) =>
    one.Vulnerabilities.flatMap((found, at) =>
      findingsIn(found, one, `${source}: ${place}${String(index)}.Vulnerabilities.${String(at)}`),
    ),
  );
  const countOf = (kind: 'Misconfigurations' | 'Secrets' | 'Licenses' | 'ExperimentalModifiedFindings'): number =>
    results.reduce((sum, one) => sum + one[kind].length, 0);
  const aside = [
    ...asideOf(countOf('Misconfigurations'), 'misconfiguration'),
    ...asideOf(countOf('Secrets'), 'secret'),
    ...asideOf(countOf('Licenses'), 'licence'),
    ...asideOf(countOf('ExperimentalModifiedFindings'), 'finding that it suppressed', 'findings that it suppressed'),
  ];
  return { findings, aside };
}

const SCAN_FOR_THEM = 'Scan with the scanner for vulnerabilities: trivy image --scanners vuln --format json';

/** Older versions name no class. */
function isOfPackages({ Class, Type, Vulnerabilities }: Result): boolean {
  return Class === null ? Type !== null || Vulnerabilities.length > 0 : OF_PACKAGES.has(Class);
}

function findingsIn(raw: unknown, { Type }: Result, where: string): readonly OpinionFinding[] {
  const found = readAs(vulnerability, raw, where);
  const severity = severityIn(found.Severity, where);
  const purl = found.PkgIdentifier?.PURL ?? null;
  return namedBy(found.VulnerabilityID, []).map((named) => ({
    ...named,
    package: {
      type: packageTypeOf(Type),
      name: found.PkgName,
      version: found.InstalledVersion,
      purl,
      path: found.PkgPath,
    },
    severity,
    fixedIn: found.FixedVersion,
  }));
}
