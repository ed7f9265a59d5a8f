import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { readS3Appetite } from '../../../../lib/adapters/aws/appetite/s3-appetite.ts';
import { type FakeS3, startFakeS3 } from '../../../support/fake-s3.ts';

let s3: FakeS3;

beforeEach(async () => {
  s3 = await startFakeS3({ requestSeconds: 0.2 });
});
afterEach(() => s3.close());

const read = () => readS3Appetite({ client: s3.client, bucket: 'assets', key: 'abc.yaml' });

describe('the appetite in S3', () => {
  it('is the file as it was deployed, called by its place', async () => {
    const bytes = Buffer.from('version: 1\n');
    s3.objects.set('/assets/abc.yaml', { bytes, checksum: undefined });

    expect(await read()).toEqual({ bytes, source: 's3://assets/abc.yaml' });
  });

  it('has no default in its place where it is not there', async () => {
    await expect(read()).rejects.toMatchObject({
      code: 'not-found',
      message: 'the appetite s3://assets/abc.yaml is not there',
      next: expect.stringContaining('Deploy'),
    });
  });

  it('is refused where nobody could review it', async () => {
    s3.objects.set('/assets/abc.yaml', { bytes: Buffer.alloc(4_000_001, 'a'), checksum: undefined });

    await expect(read()).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('larger than') });
  });
});
