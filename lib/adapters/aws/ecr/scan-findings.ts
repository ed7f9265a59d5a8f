/**
 * The findings of ECR's basic scanning (DescribeImageScanFindings, ECR API Reference), as a second opinion.
 *
 * A status alone proves nothing: `COMPLETE` and `ACTIVE` were seen with an empty list before a result
 * was there (aws-sdk#289, aws-sdk#288). A scan counts as complete where ECR also says when it was.
 */
import {
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsCommandOutput,
  type ImageScanFinding,
} from '@aws-sdk/client-ecr';

import { CavendishError } from '../../../core/errors/error.ts';
import type { RegistryFinding, RegistryScan, RegistryScans } from '../../../pipeline/ports/registry-scan.ts';
import { askAws } from '../failures.ts';
import type { EcrRegistries } from './registries.ts';

const SCANNER = 'ecr-basic';
const PAGE = 1000;
/** More pages than any image has: an answer that never ends is no answer. */
const MOST_PAGES = 500;
/** Answers that say that there is no scan. */
const NO_SCAN = new Set(['ScanNotFoundException', 'ImageNotFoundException', 'RepositoryNotFoundException']);

export function ecrScans(registries: EcrRegistries): RegistryScans {
  return {
    async read({ account, region, repository, digest }) {
      const client = registries.client({ account, region });
      const findings: RegistryFinding[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const command = new DescribeImageScanFindingsCommand({
          registryId: account,
          repositoryName: repository,
          imageId: { imageDigest: digest },
          maxResults: PAGE,
          ...(nextToken !== undefined && { nextToken }),
        });
        let answer: DescribeImageScanFindingsCommandOutput;
        try {
          answer = await askAws('ecr:DescribeImageScanFindings', () => client.send(command));
        } catch (error) {
          if (Error.isError(error) && NO_SCAN.has(error.name)) return none(`${error.name}: ${error.message}`);
          throw error;
        }
        if (!isBasic(answer)) return none('the registry uses enhanced scanning, which is not read yet');
        findings.push(...(answer.imageScanFindings?.findings ?? []).map(findingOf));
        // A page may be short, or empty, and not the last.
        nextToken = answer.nextToken;
        if (nextToken === undefined) return ended(answer, findings);
      }
      throw new CavendishError(
        'limit-exceeded',
        `the findings of ECR for ${digest} have more than ${MOST_PAGES} pages`,
      );
    },
  };
}

/** By what is in it, never by its status: `COMPLETE` was seen with enhanced findings. */
function isBasic({ imageScanFindings }: DescribeImageScanFindingsCommandOutput): boolean {
  return (imageScanFindings?.enhancedFindings ?? []).length === 0;
}

function none(said: string): RegistryScan {
  return { scanner: SCANNER, state: 'none', said, completedAt: null, findings: [] };
}

function ended(
  { imageScanStatus, imageScanFindings }: DescribeImageScanFindingsCommandOutput,
  findings: readonly RegistryFinding[],
): RegistryScan {
  const { status = 'no status', description = '' } = imageScanStatus ?? {};
  const said = description === '' ? status : `${status}: ${description}`;
  const completed = imageScanFindings?.imageScanCompletedAt;
  const isDone = status === 'COMPLETE' && completed !== undefined && !Number.isNaN(completed.getTime());
  if (!isDone) return none(said);
  return { scanner: SCANNER, state: 'complete', said, completedAt: completed.toISOString(), findings };
}

function findingOf({ name, severity, attributes = [] }: ImageScanFinding): RegistryFinding {
  const attribute = (key: string): string | null => attributes.find((one) => one.key === key)?.value ?? null;
  return {
    vulnerability: name ?? 'unnamed',
    severity: (severity ?? 'UNDEFINED').toLowerCase(),
    package: attribute('package_name'),
    version: attribute('package_version'),
  };
}
