import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  type ImageScanFinding,
} from '@aws-sdk/client-ecr';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { ecrCredentials } from '../../../../lib/adapters/aws/ecr/credentials.ts';
import { ecrListing } from '../../../../lib/adapters/aws/ecr/listing.ts';
import { ecrHost, ecrRegistries, type EcrRegistry } from '../../../../lib/adapters/aws/ecr/registries.ts';
import { ecrScans } from '../../../../lib/adapters/aws/ecr/scan-findings.ts';
import { aDigest } from '../../../support/assessments.ts';

const OWN: EcrRegistry = { account: '111111111111', region: 'eu-west-1' };
const OTHER: EcrRegistry = {
  account: '222222222222',
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::222222222222:role/pull',
};
const PLACEMENT = { ...OWN, registry: 'ecr', repository: 'team/app', digest: aDigest('image') };
const ENVIRONMENT = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' };

const ecr = mockClient(ECRClient);
const sts = mockClient(STSClient);
const registries = ecrRegistries([OWN, OTHER], {
  environment: ENVIRONMENT,
  sts: new STSClient({ region: 'eu-west-1' }),
});

beforeEach(() => {
  ecr.reset();
  sts.reset();
});
afterEach(() => {
  ecr.reset();
});

function failure(name: string): Error {
  return Object.assign(new Error(`said by ECR: ${name}`), { name });
}

async function all<T>(things: AsyncIterable<T>): Promise<readonly T[]> {
  return await Array.fromAsync(things);
}

describe('the host of a registry', () => {
  it.each([
    ['eu-west-1', '111111111111.dkr.ecr.eu-west-1.amazonaws.com'],
    ['cn-north-1', '111111111111.dkr.ecr.cn-north-1.amazonaws.com.cn'],
  ])('in %s is %s', (region, host) => {
    expect(ecrHost({ ...OWN, region })).toBe(host);
  });

  it('of a registry that is not watched has no client', () => {
    expect(() => registries.client({ account: '333333333333', region: 'eu-west-1' })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });
});

describe('signing in to ECR', () => {
  let now = new Date('2026-11-24T00:00:00Z');
  const token = (text: string, expiresAt?: Date) => ({
    authorizationData: [{ authorizationToken: Buffer.from(text).toString('base64'), ...(expiresAt && { expiresAt }) }],
  });
  const credentials = (endpoint?: string) => ecrCredentials({ registries, endpoint, now: () => now });

  it('keeps a token until shortly before it ends', async () => {
    ecr.on(GetAuthorizationTokenCommand).resolves(token('AWS:secret', new Date('2026-11-24T12:00:00Z')));
    const ask = credentials();

    expect(await ask(ecrHost(OWN))).toEqual({ username: 'AWS', password: 'secret' });
    now = new Date('2026-11-24T11:44:00Z');
    await ask(ecrHost(OWN));
    expect(ecr.commandCalls(GetAuthorizationTokenCommand)).toHaveLength(1);
    now = new Date('2026-11-24T11:46:00Z');
    await ask(ecrHost(OWN));
    expect(ecr.commandCalls(GetAuthorizationTokenCommand)).toHaveLength(2);
  });

  it('gives none to a host that is not of the registries, and the first to the endpoint of tests', async () => {
    ecr.on(GetAuthorizationTokenCommand).resolves(token('AWS:secret'));

    expect(await credentials()('evil.example')).toBeNull();
    expect(await credentials()('127.0.0.1:5000')).toBeNull();
    expect(await credentials('127.0.0.1:5000')('127.0.0.1:5000')).toMatchObject({ username: 'AWS' });
  });

  it.each([['nothing'], ['no colon']])('says so where ECR gives no token (%s)', async (text) => {
    ecr.on(GetAuthorizationTokenCommand).resolves(text === 'nothing' ? {} : token('colonless'));

    await expect(credentials()(ecrHost(OWN))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([
    ['ThrottlingException', /no room/u],
    ['AccessDeniedException', /refuses this caller .*ecr:GetAuthorizationToken/u],
  ])('is away on %s', async (name, says) => {
    ecr.on(GetAuthorizationTokenCommand).rejects(failure(name));

    await expect(credentials()(ecrHost(OWN))).rejects.toMatchObject({ code: 'unavailable', message: says });
  });

  it('assumes the role of another account, as the SDK asks for it', async () => {
    sts.on(AssumeRoleCommand).resolves({
      Credentials: { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c', Expiration: new Date(0) },
    });
    const given = await registries.client(OTHER).config.credentials();

    expect(given).toMatchObject({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
    expect(sts.commandCalls(AssumeRoleCommand)[0]?.args[0].input).toMatchObject({ RoleArn: OTHER.roleArn });
    sts.on(AssumeRoleCommand).resolves({});
    await expect(
      ecrRegistries([OTHER], { environment: ENVIRONMENT, sts: new STSClient({ region: 'x' }) })
        .client(OTHER)
        .config.credentials(),
    ).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('what ECR lists', () => {
  const listing = ecrListing(registries, (name) => name !== 'private');

  it('are the repositories that are watched, of every registry, page by page', async () => {
    ecr
      .on(DescribeRepositoriesCommand)
      .resolves({ repositories: [{ repositoryName: 'b' }] })
      .on(DescribeRepositoriesCommand, { registryId: OWN.account })
      .resolves({ repositories: [{ repositoryName: 'a' }, { repositoryName: 'private' }], nextToken: 'more' })
      .on(DescribeRepositoriesCommand, { registryId: OWN.account, nextToken: 'more' })
      .resolves({ repositories: [{ repositoryName: 'c' }, {}] });

    expect((await all(listing.repositories())).map(({ account, repository }) => `${account} ${repository}`)).toEqual([
      '111111111111 a',
      '111111111111 c',
      '222222222222 b',
    ]);
  });

  it('are images with tags, age, type and whether they can be pulled', async () => {
    ecr.on(DescribeImagesCommand).resolves({
      imageDetails: [
        { imageDigest: PLACEMENT.digest, imageTags: ['1'], imagePushedAt: new Date('2026-11-24T00:00:00Z') },
        { imageDigest: aDigest('cold'), imageStatus: 'ARCHIVED', imageManifestMediaType: 'm' },
        { imageDigest: 'sha256:EXAMPLE' },
        {},
      ],
    });

    expect(await all(listing.images(PLACEMENT))).toEqual([
      ...[
        {
          digest: PLACEMENT.digest,
          tags: ['1'],
          pushedAt: '2026-11-24T00:00:00.000Z',
          mediaType: null,
          archived: false,
        },
      ],
      ...[{ digest: aDigest('cold'), tags: [], pushedAt: '1970-01-01T00:00:00.000Z', mediaType: 'm', archived: true }],
    ]);
    expect(ecr.commandCalls(DescribeImagesCommand)[0]?.args[0].input.filter).toEqual({ imageStatus: 'ANY' });
  });

  it.each(['ImageNotFoundException', 'RepositoryNotFoundException'])(
    'is nothing on %s, which is an answer',
    async (name) => {
      ecr.on(DescribeImagesCommand).rejects(failure(name));

      expect(await listing.find(PLACEMENT)).toBeNull();
      expect(await all(listing.images(PLACEMENT))).toEqual([]);
    },
  );

  it.each(['ServerException', 'ThrottlingException', 'TimeoutError', 'AccessDeniedException'])(
    'is never "nothing" on %s',
    async (name) => {
      ecr.on(DescribeImagesCommand).rejects(failure(name));

      await expect(listing.find(PLACEMENT)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(all(listing.images(PLACEMENT))).rejects.toMatchObject({ code: 'unavailable' });
    },
  );
});

/** Traps of the service, by their numbers in Cavendish's notes on AWS (docs/events-in.md). */
describe('the findings of basic scanning', () => {
  const scans = ecrScans(registries);
  const real = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../fixtures/aws/describe-image-scan-findings-basic.json'), 'utf8'),
  );
  const findings: ImageScanFinding[] = real.imageScanFindings.findings;
  const completed = { imageScanCompletedAt: new Date('2026-11-24T00:00:00Z') };

  it('are read from every page, also where a page is empty and not the last (trap 4)', async () => {
    ecr
      .on(DescribeImageScanFindingsCommand)
      .resolvesOnce({ imageScanFindings: { findings: findings.slice(0, 10) }, nextToken: '1' })
      .resolvesOnce({ imageScanFindings: { findings: [] }, nextToken: '2' })
      .resolvesOnce({
        imageScanFindings: { findings: findings.slice(10), ...completed },
        imageScanStatus: { status: 'COMPLETE' },
      });

    const scan = await scans.read(PLACEMENT);

    expect(scan).toMatchObject({ state: 'complete', said: 'COMPLETE', completedAt: '2026-11-24T00:00:00.000Z' });
    expect(scan.findings).toHaveLength(29);
    expect(scan.findings[0]).toEqual({
      ...{ vulnerability: 'RHSA-2020:3908', severity: 'medium' },
      ...{ package: expect.stringMatching(/^\w/u), version: expect.stringMatching(/^\d/u) },
    });
  });

  it.each([
    ['COMPLETE with an empty list before there is a result (trap 1)', { status: 'COMPLETE' }, {}],
    ['ACTIVE with an empty list (trap 1)', { status: 'ACTIVE' }, completed],
    ['a scan that is under way', { status: 'IN_PROGRESS' }, {}],
    ['findings that were closed as the scan lapsed (trap 2)', { status: 'SCAN_ELIGIBILITY_EXPIRED' }, completed],
    ['an operating system that is not supported (trap 8)', { status: 'UNSUPPORTED_IMAGE', description: 'old' }, {}],
    ['a scan that failed', { status: 'FAILED', description: 'UnsupportedImageError' }, {}],
    ['no status at all', undefined, completed],
  ])('are not "clean" on %s', async (_what, imageScanStatus, rest) => {
    ecr.on(DescribeImageScanFindingsCommand).resolves({
      ...(imageScanStatus && { imageScanStatus: imageScanStatus as { status: 'COMPLETE' } }),
      imageScanFindings: { findings: [], ...rest },
    });

    expect(await scans.read(PLACEMENT)).toMatchObject({ state: 'none', completedAt: null, findings: [] });
  });

  it.each(['ScanNotFoundException', 'ImageNotFoundException'])('are not "clean" on %s (trap 2)', async (name) => {
    ecr.on(DescribeImageScanFindingsCommand).rejects(failure(name));

    expect(await scans.read(PLACEMENT)).toMatchObject({ state: 'none', said: `${name}: said by ECR: ${name}` });
  });

  it('are not taken for basic ones by their status (trap 3)', async () => {
    ecr.on(DescribeImageScanFindingsCommand).resolves({
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { enhancedFindings: [{ findingArn: 'arn' }], ...completed },
    });

    expect(await scans.read(PLACEMENT)).toMatchObject({ state: 'none', said: expect.stringContaining('enhanced') });
  });

  it('have a severity and a name even where ECR gives none (trap 8)', async () => {
    ecr.on(DescribeImageScanFindingsCommand).resolves({
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: { findings: [{}, { name: 'CVE-1', severity: 'UNDEFINED' }], ...completed },
    });

    expect((await scans.read(PLACEMENT)).findings.map(({ severity }) => severity)).toEqual(['undefined', 'undefined']);
  });

  it('that never end are no answer', async () => {
    ecr.on(DescribeImageScanFindingsCommand).resolves({ imageScanFindings: { findings: [] }, nextToken: 'again' });

    await expect(scans.read(PLACEMENT)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it.each(['ServerException', 'ThrottlingException'])('are asked for again on %s', async (name) => {
    ecr.on(DescribeImageScanFindingsCommand).rejects(failure(name));

    await expect(scans.read(PLACEMENT)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
