/**
 * The evidence of a home on AWS: a bucket of objects by content, `sha256/ab/<hex>.zst`.
 *
 * Storing what is held already is the common case (feeds that come again, layers that many images
 * share), so `put` asks first: one HEAD, a twelfth of the price of a PUT and without the bytes. S3
 * answers with the checksum that it keeps of what it holds; only where that is the checksum of what
 * would be stored is the piece held and whole. Anything else (nothing held, an altered piece, another
 * version of zstd) is stored again, which is never wrong: the name is the content.
 *
 * Who may not list the bucket hears "access denied" of what is not there: readers need `s3:ListBucket`.
 */
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

import { CavendishError } from '../../../core/errors/error.ts';
import { type Digest, hexOf } from '../../../core/image/digest.ts';
import type { EvidenceStore } from '../../../pipeline/ports/evidence-store.ts';
import { askAws, explainAws } from '../failures.ts';
import { digestOf, pack, unpack } from './packed.ts';
import { readBody } from './read-body.ts';

export interface S3EvidenceOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** @default 268435456 - bytes, uncompressed, that one piece of evidence may have */
  readonly maxBytes?: number;
  /** @default 60 - seconds until a piece must be read to its end */
  readonly bodySeconds?: number;
}

function keyOf(digest: Digest): string {
  const hex = hexOf(digest);
  return `sha256/${hex.slice(0, 2)}/${hex}.zst`;
}

export function s3Evidence(options: S3EvidenceOptions): EvidenceStore {
  const { client, bucket, maxBytes = 256 * 1024 * 1024, bodySeconds = 60 } = options;

  function tooLarge(what: string, cause?: unknown): CavendishError {
    return new CavendishError('limit-exceeded', `${what} is larger than ${maxBytes} bytes`, { cause });
  }

  function altered(digest: Digest, cause?: unknown): CavendishError {
    const where = `s3://${bucket}/${keyOf(digest)}`;
    return new CavendishError('integrity-failed', `evidence ${digest} is not what was stored (${where})`, {
      next: 'Bring back an older version of that object; what can be made again (feeds, SBOMs) replaces it when it is stored again.',
      cause,
    });
  }

  /** The checksum of what is held, as S3 keeps it; null where nothing is held. */
  async function checksumOf(digest: Digest): Promise<string | null> {
    const request = new HeadObjectCommand({ Bucket: bucket, Key: keyOf(digest), ChecksumMode: 'ENABLED' });
    try {
      return (await client.send(request)).ChecksumSHA256 ?? '';
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw explainAws(error, 's3:GetObject');
    }
  }

  async function read(digest: Digest): Promise<Uint8Array | null> {
    const request = new GetObjectCommand({ Bucket: bucket, Key: keyOf(digest) });
    try {
      const { Body, ContentLength } = await client.send(request);
      const limits = { maxBytes, seconds: bodySeconds };
      const packed = await readBody(Body as Readable, `evidence ${digest}`, ContentLength, limits);
      if (packed === null) throw tooLarge(`evidence ${digest}`);
      return packed;
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw explainAws(error, 's3:GetObject');
    }
  }

  return {
    async put(bytes) {
      if (bytes.length > maxBytes) throw tooLarge('what is to be stored as evidence');
      const digest = digestOf(bytes);
      const packed = await pack(bytes);
      if ((await checksumOf(digest)) === packed.checksum) return digest;
      const request = new PutObjectCommand({
        Bucket: bucket,
        Key: keyOf(digest),
        Body: packed.bytes,
        ContentType: 'application/zstd',
        ChecksumSHA256: packed.checksum,
      });
      await askAws('s3:PutObject', () => client.send(request));
      return digest;
    },
    async get(digest) {
      if (!digest.startsWith('sha256:')) return null;
      const packed = await read(digest);
      if (packed === null) return null;
      const unpacked = await unpack(packed, digest, maxBytes);
      if (unpacked.is === 'whole') return unpacked.bytes;
      throw unpacked.is === 'altered'
        ? altered(digest, unpacked.cause)
        : tooLarge(`evidence ${digest}`, unpacked.cause);
    },
  };
}
