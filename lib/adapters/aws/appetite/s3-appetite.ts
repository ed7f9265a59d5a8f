/** The risk appetite of a home on AWS: the reviewed file, as the stack deployed it to S3. */
import type { Readable } from 'node:stream';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import { CavendishError } from '../../../core/errors/error.ts';
import { readBody } from '../evidence/read-body.ts';
import { askAws } from '../failures.ts';

export interface S3AppetiteOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
}

/** More than parse-appetite.ts reads: what is longer is refused there or here. */
const MOST_BYTES = 4_000_000;

/**
 * @returns the bytes of the file, and what it is called in messages
 * @throws CavendishError `unavailable` where S3 does not give it: there is no default to fall back on
 */
export async function readS3Appetite({
  client,
  bucket,
  key,
}: S3AppetiteOptions): Promise<{ readonly bytes: Uint8Array; readonly source: string }> {
  const source = `s3://${bucket}/${key}`;
  const { Body: body, ContentLength: length } = await askAws('s3:GetObject', () =>
    client.send(new GetObjectCommand({ Bucket: bucket, Key: key })),
  );
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
