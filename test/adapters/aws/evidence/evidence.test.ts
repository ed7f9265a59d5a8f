import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { s3Evidence } from '../../../../lib/adapters/aws/evidence/evidence.ts';
import { type Digest, hexOf } from '../../../../lib/core/image/digest.ts';
import type { EvidenceStore } from '../../../../lib/pipeline/ports/evidence-store.ts';
import { evidenceStoreContract } from '../../../contracts/evidence-store.ts';
import { altered } from '../../../support/altered-evidence.ts';
import { errorAnswer, type FakeS3, type Fault, startFakeS3 } from '../../../support/fake-s3.ts';

const BYTES = new TextEncoder().encode('{"packages":["libc6"]}'.repeat(2000));

function pathOf(digest: Digest): string {
  return `/evidence/sha256/${hexOf(digest).slice(0, 2)}/${hexOf(digest)}.zst`;
}

evidenceStoreContract('S3', async () => {
  const s3 = await startFakeS3();
  return {
    evidence: s3Evidence({ client: s3.client, bucket: 'evidence' }),
    close: () => s3.close(),
    async alter(digest, how) {
      const { bytes, checksum } = s3.objects.get(pathOf(digest))!;
      // Whoever writes something else there leaves a checksum of that, or none.
      s3.objects.set(pathOf(digest), {
        bytes: altered(bytes, how),
        checksum: how === 'other content' ? checksum?.toLowerCase() : undefined,
      });
    },
  };
});

describe('evidence in S3', () => {
  let s3: FakeS3;
  let evidence: EvidenceStore;

  beforeEach(async () => {
    s3 = await startFakeS3({ requestSeconds: 0.2 });
    evidence = s3Evidence({ client: s3.client, bucket: 'evidence', bodySeconds: 0.3 });
  });
  afterEach(() => s3.close());

  it('lies compressed under the digest of what it is uncompressed, with its checksum', async () => {
    const digest = await evidence.put(BYTES);
    const [[path, object] = []] = s3.objects;
    expect(path).toBe(pathOf(digest));
    expect(object?.bytes.length).toBeLessThan(BYTES.length / 10);
    expect(object?.checksum).toMatch(/^[\w+/]{43}=$/u);
  });

  it('costs a HEAD and a PUT when it is new, and a HEAD when it is held', async () => {
    const digest = await evidence.put(BYTES);
    await evidence.put(BYTES);
    await evidence.get(digest);
    const path = pathOf(digest);
    expect(s3.requests).toEqual([`HEAD ${path}`, `PUT ${path}`, `HEAD ${path}`, `GET ${path}`]);
  });

  it('does not ask for what can be no evidence', async () => {
    expect(await evidence.get(`sha512:${'a'.repeat(128)}`)).toBeNull();
    expect(s3.requests).toEqual([]);
  });

  it('takes nothing larger than its limit, and unpacks nothing that is', async () => {
    const small = s3Evidence({ client: s3.client, bucket: 'evidence', maxBytes: 1000 });
    await expect(small.put(BYTES)).rejects.toMatchObject({ code: 'limit-exceeded' });
    const digest = await evidence.put(BYTES);
    await expect(small.get(digest)).rejects.toMatchObject({ code: 'limit-exceeded' });
    const tiny = s3Evidence({ client: s3.client, bucket: 'evidence', maxBytes: 20 });
    await expect(tiny.get(digest)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  const answers =
    (status: number, code: string): Fault =>
    (_, response) =>
      errorAnswer(response, status, code);
  const hangs: Fault = () => true;
  const slowly: Fault = ({ method }, response, held) => {
    if (method !== 'GET' || held === undefined) return false;
    response.writeHead(200, { 'content-length': held.bytes.length });
    const drip = setInterval(() => response.write(held.bytes.subarray(0, 1)), 20);
    response.on('close', () => clearInterval(drip));
    return true;
  };
  const stops: Fault = ({ method }, response, held) => {
    if (method !== 'GET' || held === undefined) return false;
    response.writeHead(200, { 'content-length': held.bytes.length });
    response.write(held.bytes.subarray(0, 5));
    return true;
  };
  const cutShort: Fault = ({ method }, response, held) => {
    if (method !== 'GET' || held === undefined) return false;
    response.writeHead(200, { 'content-length': held.bytes.length });
    response.write(held.bytes.subarray(0, 5), () => response.destroy());
    return true;
  };

  it.each<[string, Fault, string, number]>([
    ['slows down', answers(503, 'SlowDown'), 'has no room for more requests', 3],
    ['fails inside', answers(500, 'InternalError'), 'did not answer as it should', 3],
    ['does not answer', hangs, 'did not answer as it should', 3],
    ['refuses the caller', answers(403, 'AccessDenied'), 'refuses this caller', 1],
    ['does not know the caller', answers(403, 'InvalidAccessKeyId'), 'does not know this caller', 1],
    ['has no such bucket', answers(404, 'NoSuchBucket'), 'has no such thing', 1],
    ['has archived it', answers(403, 'InvalidObjectState'), 'has moved it to an archive', 1],
    ['sends a body slowly', slowly, 'it was not there after 0.3 s', 1],
    ['stops in the middle of a body', stops, 'did not answer as it should', 1],
    ['cuts a body short', cutShort, 'did not answer as it should', 1],
  ])('is unavailable where S3 %s, after a few tries', async (_, fault, says, tries) => {
    const digest = await evidence.put(BYTES);
    s3.fail(fault);
    const before = s3.requests.length;
    await expect(evidence.get(digest)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(says),
      next: expect.any(String),
    });
    expect(s3.requests.length - before).toBe(tries);
    s3.fail(null);
    expect(await evidence.get(digest)).toHaveLength(BYTES.length);
  });

  it.each<[string, Fault, string]>([
    ['slows down', answers(503, 'SlowDown'), 's3:PutObject: SlowDown: because'],
    ['refuses the caller', answers(403, 'AccessDenied'), 's3:PutObject: AccessDenied: because'],
    ['does not answer', hangs, 's3:PutObject: TimeoutError'],
  ])('says so where S3 %s when it is stored', async (_, fault, says) => {
    s3.fail((request, response, held) => request.method === 'PUT' && fault(request, response, held));
    await expect(evidence.put(BYTES)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(says),
    });
    expect(s3.objects.size).toBe(0);
  });

  it('says so where S3 does not say whether it is held', async () => {
    s3.fail((request, response) => {
      if (request.method !== 'HEAD') return false;
      response.writeHead(403).end();
      return true;
    });
    await expect(evidence.put(BYTES)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
