import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { fixture, linesOf, reading } from './reading.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const basic = {
  ...(JSON.parse(readFileSync('test/fixtures/aws/describe-image-scan-findings-basic.json', 'utf8')) as object),
  // The published sample has no digest.
  imageId: { imageDigest: DIGEST },
};
const findings = fixture('inspector-many.json')['findings'] as readonly {
  readonly resources: readonly { readonly type: string }[];
}[];
const ofImage = findings.filter(({ resources }) => resources[0]?.type === 'AWS_ECR_CONTAINER_IMAGE');

describe('findings of Inspector', () => {
  it('are read with the whole version, and name the image', () => {
    const read = reading(fixture('inspector-one.json'));

    expect(read).toMatchObject({
      format: 'inspector',
      opinion: { scanner: { name: 'inspector' }, at: '2024-06-14T02:03:53.051Z' },
    });
    expect(read.opinion.image.digests[0]).toMatch(/^sha256:c667ad/u);
    expect(linesOf(read)).toEqual(['CVE-2021-3744 ? linux 4.19.118-2 medium']);
  });

  it('leave aside what is closed', () => {
    expect(reading({ findings: ofImage }).aside).toEqual([expect.stringMatching(/closed or suppressed$/u)]);
  });

  it('are refused where they are of something else, of several images, or one page of several', () => {
    expect(() => reading(fixture('inspector-many.json'))).toThrow('findings.7: it is of AWS_EC2_INSTANCE');
    const two = [...ofImage, ...(fixture('inspector-one.json')['findings'] as readonly unknown[])];
    expect(() => reading({ findings: two })).toThrow('they are about 2 images');
    expect(() => reading({ findings: ofImage, nextToken: 'more' })).toThrow('one page of several');
  });

  it('are refused where there are none: nobody may have looked', () => {
    expect(() => reading({ findings: [] })).toThrow('does not say that anybody looked');
  });
});

describe('findings of ECR', () => {
  it('of its basic scan are read with packages from attributes', () => {
    const read = reading(basic);

    expect(read).toMatchObject({
      format: 'ecr',
      opinion: { scanner: { name: 'ecr-basic' }, at: '2020-10-21T13:51:26.000Z' },
    });
    expect(read.opinion.findings).toHaveLength(29);
    expect(linesOf(read)).toContain('RHSA-2020:3908 ? cpio 2.11-27.el7 medium');
  });

  it('of Inspector are its', () => {
    const scan = { imageScanCompletedAt: 1_700_000_000, enhancedFindings: ofImage };
    const { opinion } = reading({ imageScanStatus: { status: 'ACTIVE' }, imageScanFindings: scan });

    expect(opinion).toMatchObject({ scanner: { name: 'inspector' }, at: '2023-11-14T22:13:20.000Z' });
    expect(opinion.findings.length).toBeGreaterThan(0);
  });

  it('are refused where the scan is not done, or one names no package', () => {
    expect(() => reading({ ...basic, imageScanStatus: { status: 'IN_PROGRESS' } })).toThrow('not done (IN_PROGRESS)');
    expect(() => reading({ ...basic, imageScanFindings: { findings: [] } })).toThrow('not done (COMPLETE');
    const nameless = { imageScanCompletedAt: '2026-11-25', findings: [{ name: 'CVE-2026-0001', severity: 'HIGH' }] };
    expect(() => reading({ ...basic, imageScanFindings: nameless })).toThrow('findings.0: it names no package');
  });
});
