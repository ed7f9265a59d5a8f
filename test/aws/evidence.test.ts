/** The whole contract of evidence on moto's S3. */
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from '@jest/globals';

import { s3Config } from '../../lib/adapters/aws/clients.ts';
import { s3Evidence } from '../../lib/adapters/aws/evidence/evidence.ts';
import { hexOf } from '../../lib/core/image/digest.ts';
import { evidenceStoreContract } from '../contracts/evidence-store.ts';
import { altered } from '../support/altered-evidence.ts';
import { awsEnvironment } from './parts/environment.ts';
import { type Moto, startMoto } from './parts/moto.ts';

let moto: Moto;
let client: S3Client;
let buckets = 0;

beforeAll(async () => {
  moto = await startMoto();
  client = new S3Client({
    ...s3Config(awsEnvironment(moto.endpoint)),
    endpoint: moto.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}, 120_000);

afterAll(async () => {
  client.destroy();
  await moto.stop();
});

evidenceStoreContract('S3', async () => {
  const Bucket = `evidence-${(buckets += 1)}`;
  await client.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } }),
  );
  return {
    evidence: s3Evidence({ client, bucket: Bucket }),
    close: () => Promise.resolve(),
    async alter(digest, how) {
      const hex = hexOf(digest);
      const Key = `sha256/${hex.slice(0, 2)}/${hex}.zst`;
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const stored = Buffer.from(await Body!.transformToByteArray());
      await client.send(new PutObjectCommand({ Bucket, Key, Body: altered(stored, how) }));
    },
  };
});
