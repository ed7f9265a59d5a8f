/** Findings of ECR, as `aws ecr describe-image-scan-findings` answers them: its basic scan's, or Inspector's. */
import { z } from 'zod';

import { list, nullable, readAs } from '../../../core/advisories/reading.ts';
import { type Digest, isDigest } from '../../../core/image/digest.ts';
import { namedBy } from '../../../core/opinions/named.ts';
import type { OpinionFinding } from '../../../core/opinions/opinion.ts';
import { inspectorFindings } from '../inspector/inspector.ts';
import { id, instantOfAws, maybe, refused, type Reported, SAYS_NO_IMAGE, severityIn } from '../report.ts';

const report = z.looseObject({
  imageId: nullable(z.looseObject({ imageDigest: maybe })),
  imageScanStatus: nullable(z.looseObject({ status: maybe, description: maybe })),
  imageScanFindings: z.looseObject({
    imageScanCompletedAt: z.union([z.string(), z.number()]).nullish(),
    findings: list(z.unknown()),
    enhancedFindings: list(z.unknown()),
  }),
  nextToken: maybe,
});

const finding = z.looseObject({
  name: id,
  severity: maybe,
  attributes: list(z.looseObject({ key: z.string(), value: maybe })),
});

const WITH_ANSWERS = new Set(['COMPLETE', 'ACTIVE']);

/** @throws CavendishError `bad-input` that names the place */
export function readEcr(raw: unknown, source: string): Reported {
  const { imageId, imageScanStatus, imageScanFindings, nextToken } = readAs(report, raw, source);
  const { findings, enhancedFindings, imageScanCompletedAt } = imageScanFindings;
  if (nextToken !== null)
    throw refused(source, 'it is one page of several (nextToken)', 'Have the pages put together: the AWS CLI does.');
  const status = imageScanStatus?.status ?? 'no status';
  const at = instantOfAws(imageScanCompletedAt ?? '');
  // A status alone proves nothing: `COMPLETE` was seen with an empty list before a result was there.
  if (!WITH_ANSWERS.has(status) || at === null) {
    throw refused(
      source,
      `the scan is not done (${[status, imageScanStatus?.description ?? []].flat().join(': ')})`,
      'Ask again when it is.',
    );
  }
  const image = { ...SAYS_NO_IMAGE, digests: digestOf(imageId?.imageDigest ?? null, source) };
  if (enhancedFindings.length > 0) {
    const said = inspectorFindings(enhancedFindings, `${source}: imageScanFindings.enhancedFindings.`);
    return { ...said, at, image: { ...image, digests: [...new Set([...image.digests, ...said.image.digests])] } };
  }
  return {
    scanner: { name: 'ecr-basic', version: null },
    at,
    image,
    findings: findings.flatMap((one, index) =>
      findingsIn(one, `${source}: imageScanFindings.findings.${String(index)}`),
    ),
    aside: [],
  };
}

function digestOf(said: string | null, source: string): readonly Digest[] {
  if (said === null) return [];
  if (isDigest(said)) return [said];
  throw refused(source, '"imageId.imageDigest": is no digest');
}

function findingsIn(raw: unknown, where: string): readonly OpinionFinding[] {
  const { name, severity, attributes } = readAs(finding, raw, where);
  const attribute = (wanted: string): string | null => attributes.find(({ key }) => key === wanted)?.value ?? null;
  const called = attribute('package_name');
  if (called === null) throw refused(where, 'it names no package (the attribute package_name)');
  return namedBy(name, []).map((named) => ({
    ...named,
    package: { type: null, name: called, version: attribute('package_version'), purl: null, path: null },
    severity: severityIn(severity, where),
    fixedIn: null,
  }));
}
