/** The risk appetite of a home on AWS: the reviewed file, as the stack deployed it to S3. */
import type { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';

import { CavendishError } from '../../../core/errors/error.ts';
import { readBody } from '../evidence/read-body.ts';
import { explainAws } from '../failures.ts';

export interface S3AppetiteOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
}

/** More than parse-appetite.ts reads: what is longer is refused there or here. */
const MOST_BYTES = 4_000_000;

/**
 * @returns the bytes of the file, and what it is called in messages
 * @throws CavendishError `not-found`, `unavailable`: there is no default to fall back on
 */
export async function readS3Appetite({
  client,
  bucket,
  key,
}: S3AppetiteOptions): Promise<{ readonly bytes: Uint8Array; readonly source: string }> {
  const source = `s3://${bucket}/${key}`;
  const { Body: body, ContentLength: length } = await get({ client, bucket, key }, source);
  const bytes = await readBody(body as Readable, `the appetite ${source}`, length, {
    maxBytes: MOST_BYTES,
    seconds: 30,
  });
  if (bytes === null) {
    throw new CavendishError('bad-input', `the appetite ${source} is larger than ${MOST_BYTES} bytes`, {
      next: 'Deploy a file that people can review.',
    });
  }
  return { bytes, source };
}

async function get({ client, bucket, key }: S3AppetiteOptions, source: string) {
  try {
    return await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    if (!(error instanceof NoSuchKey)) throw explainAws(error, 's3:GetObject');
    throw new CavendishError('not-found', `the appetite ${source} is not there`, {
      next: 'Deploy the stack again: it brings the file.',
      cause: error,
    });
  }
}
