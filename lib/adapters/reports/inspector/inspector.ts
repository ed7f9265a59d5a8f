/**
 * Findings of Amazon Inspector about one image, as `aws inspector2 list-findings` answers them (Inspector API Reference,
 * Finding); ECR gives the same out as its enhanced findings.
 */
import { z } from 'zod';

import { list, nullable, readAs } from '../../../core/advisories/reading.ts';
import { type Digest, isDigest } from '../../../core/image/digest.ts';
import { namedBy } from '../../../core/opinions/named.ts';
import type { OpinionFinding, OpinionPackage } from '../../../core/opinions/opinion.ts';
import { packageTypeOf } from '../package-types.ts';
import {
  asideOf,
  id,
  instantOfAws,
  maybe,
  name,
  refused,
  type Reported,
  SAYS_NO_IMAGE,
  severityIn,
} from '../report.ts';

const report = z.looseObject({ findings: z.array(z.unknown()), nextToken: maybe });

const finding = z.looseObject({
  type: name,
  status: maybe,
  severity: maybe,
  lastObservedAt: z.union([z.string(), z.number()]).nullish(),
  resources: z
    .array(
      z.looseObject({
        type: name,
        details: nullable(
          z.looseObject({
            awsEcrContainerImage: nullable(z.looseObject({ imageHash: z.string().refine(isDigest, 'is no digest') })),
          }),
        ),
      }),
    )
    .min(1),
  packageVulnerabilityDetails: z.unknown().optional(),
});
type Finding = z.output<typeof finding>;

const details = z.looseObject({
  vulnerabilityId: id,
  relatedVulnerabilities: list(z.string()),
  vulnerablePackages: z
    .array(
      z.looseObject({
        name,
        version: maybe,
        epoch: nullable(z.number()),
        release: maybe,
        packageManager: maybe,
        filePath: maybe,
        fixedInVersion: maybe,
      }),
    )
    .min(1, 'names no package'),
});
type Vulnerable = z.output<typeof details>['vulnerablePackages'][number];

const ONE_IMAGE =
  'Ask for those of the image: aws inspector2 list-findings --filter-criteria \'{"ecrImageHash":[{"comparison":"EQUALS","value":"sha256:…"}]}\'';

const SAYS_SO = 'Ask ECR, which says when the scan was done: aws ecr describe-image-scan-findings';

/** @throws CavendishError `bad-input` that names the place */
export function readInspector(raw: unknown, source: string): Reported {
  const { findings, nextToken } = readAs(report, raw, source);
  if (nextToken !== null)
    throw refused(source, 'it is one page of several (nextToken)', 'Have the pages put together: the AWS CLI does.');
  if (findings.length === 0) {
    throw refused(source, 'it lists no findings, and does not say that anybody looked for them', SAYS_SO);
  }
  return inspectorFindings(findings, `${source}: findings.`);
}

/** @param place - before the number of a finding, for messages */
export function inspectorFindings(raw: readonly unknown[], place: string): Reported {
  const read = raw.map((one, index) => ({
    ...readAs(finding, one, `${place}${String(index)}`),
    where: `${place}${String(index)}`,
  }));
  const about = read.filter(({ type }) => type === 'PACKAGE_VULNERABILITY');
  const active = about.filter(({ status }) => status === null || status === 'ACTIVE');
  const digests = [...new Set(read.map(imageOf))];
  if (digests.length > 1)
    throw refused(place.slice(0, -1), `they are about ${String(digests.length)} images`, ONE_IMAGE);
  return {
    scanner: { name: 'inspector', version: null },
    at:
      read
        .flatMap(({ lastObservedAt }) => instantOfAws(lastObservedAt ?? '') ?? [])
        .sort()
        .at(-1) ?? null,
    image: { ...SAYS_NO_IMAGE, digests },
    findings: active.flatMap(findingsIn),
    aside: [
      ...asideOf(
        read.length - about.length,
        'finding about something else than packages',
        'findings about something else than packages',
      ),
      ...asideOf(
        about.length - active.length,
        'finding that is closed or suppressed',
        'findings that are closed or suppressed',
      ),
    ],
  };
}

function imageOf({ resources, where }: Finding & { readonly where: string }): Digest {
  const [resource, another] = resources;
  const digest = resource?.details?.awsEcrContainerImage?.imageHash;
  if (digest === undefined || another !== undefined) {
    throw refused(
      where,
      `it is of ${resources.map(({ type }) => type).join(', ')}, and not of one image in ECR`,
      ONE_IMAGE,
    );
  }
  return digest;
}

function findingsIn(found: Finding & { readonly where: string }): readonly OpinionFinding[] {
  const { where } = found;
  const severity = severityIn(found.severity, where);
  const said = readAs(details, found.packageVulnerabilityDetails, `${where}.packageVulnerabilityDetails`);
  return said.vulnerablePackages.flatMap((vulnerable) =>
    namedBy(said.vulnerabilityId, said.relatedVulnerabilities).map((named) => ({
      ...named,
      package: packageOf(vulnerable),
      severity,
      // Inspector writes so where there is none.
      fixedIn:
        vulnerable.fixedInVersion === 'NotAvailable' ? null : (vulnerable.fixedInVersion?.replace(/^0:/u, '') ?? null),
    })),
  );
}

function packageOf({ name: called, version, epoch, release, packageManager, filePath }: Vulnerable): OpinionPackage {
  const whole = version === null || release === null ? version : `${version}-${release}`;
  const known = whole !== null && (epoch ?? 0) > 0 ? `${String(epoch)}:${whole}` : whole;
  return { type: packageTypeOf(packageManager), name: called, version: known, purl: null, path: filePath };
}
