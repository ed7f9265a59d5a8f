/** A report of Grype in JSON (`grype -o json`). https://github.com/anchore/grype */
import { z } from 'zod';

import { instantOf, list, nullable, readAs } from '../../../core/advisories/reading.ts';
import { isDigest } from '../../../core/image/digest.ts';
import { namedBy } from '../../../core/opinions/named.ts';
import type { OpinionFinding } from '../../../core/opinions/opinion.ts';
import { packageTypeOf } from '../package-types.ts';
import { asideOf, digestsIn, id, maybe, name, refused, type Reported, SAYS_NO_IMAGE, severityIn } from '../report.ts';

const report = z.looseObject({
  matches: z.array(z.unknown()),
  ignoredMatches: list(z.unknown()),
  source: nullable(z.looseObject({ type: maybe, target: z.unknown().optional() })),
  descriptor: z.looseObject({ name: maybe, version: maybe, timestamp: maybe }),
});

const target = z.looseObject({
  imageID: maybe,
  manifestDigest: maybe,
  repoDigests: list(z.string()),
  layers: list(z.looseObject({ digest: name })),
});

const match = z.looseObject({
  vulnerability: z.looseObject({
    id,
    severity: maybe,
    fix: nullable(z.looseObject({ versions: list(name) })),
  }),
  relatedVulnerabilities: list(z.looseObject({ id: name })),
  artifact: z.looseObject({
    name,
    version: maybe,
    type: maybe,
    purl: maybe,
    locations: list(z.looseObject({ path: maybe })),
  }),
});

/** What is scanned for an image, or for its bill of materials. */
const SOURCES: readonly (string | null)[] = [null, 'image', 'sbom-file'];

/** @throws CavendishError `bad-input` that names the place */
export function readGrype(raw: unknown, origin: string): Reported {
  const { matches, ignoredMatches, source, descriptor } = readAs(report, raw, origin);
  const { version, timestamp } = descriptor;
  const kind = source?.type ?? null;
  if (!SOURCES.includes(kind))
    throw refused(origin, `it is of a ${String(kind)}, and not of an image`, 'Scan the image: grype IMAGE -o json');
  return {
    scanner: { name: 'grype', version },
    at: timestamp === null ? null : instantOf(timestamp),
    image: kind === 'image' ? imageIn(source?.target, origin) : SAYS_NO_IMAGE,
    findings: matches.flatMap((one, index) => findingsIn(one, `${origin}: matches.${String(index)}`)),
    aside: asideOf(ignoredMatches.length, 'finding that it ignored', 'findings that it ignored'),
  };
}

function imageIn(raw: unknown, origin: string): Reported['image'] {
  const { imageID, manifestDigest, repoDigests, layers } = readAs(target, raw, `${origin}: source.target`);
  const diffIds = layers.map(({ digest }) => digest).filter(isDigest);
  return {
    // Of an image that comes from a daemon Grype makes up the manifest; only a registry's digest is one to go by.
    digests: digestsIn(
      repoDigests.length === 0 && diffIds.length === 0 ? [manifestDigest] : [...repoDigests, manifestDigest],
    ),
    layers: diffIds.length === layers.length ? diffIds : [],
    configuration: imageID !== null && isDigest(imageID) ? imageID : null,
  };
}

function findingsIn(raw: unknown, where: string): readonly OpinionFinding[] {
  const { vulnerability, relatedVulnerabilities, artifact } = readAs(match, raw, where);
  const severity = severityIn(vulnerability.severity, where);
  const related = relatedVulnerabilities.map((one) => one.id);
  return namedBy(vulnerability.id, related).map((named) => ({
    ...named,
    package: {
      type: packageTypeOf(artifact.type),
      name: artifact.name,
      version: artifact.version,
      purl: artifact.purl,
      path: artifact.locations[0]?.path ?? null,
    },
    severity,
    fixedIn: vulnerability.fix?.versions[0] ?? null,
  }));
}
