import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { requestedRange, sentRange } from '../../../../lib/adapters/local/registry/ranges.ts';
import { aRegistry, pushBlob, sha256, type TestRegistry } from './support.ts';

const BYTES = randomBytes(2000);
const PATH = `/v2/team/app/blobs/${sha256(BYTES)}`;

let registry: TestRegistry;
beforeEach(async () => {
  registry = await aRegistry();
  await pushBlob(registry, 'team/app', BYTES);
});
afterEach(async () => {
  await registry.close();
  expect(registry.faults).toEqual([]);
});

describe('a blob', () => {
  it('is described without its bytes', async () => {
    const { status, headers, body } = await registry.send('HEAD', PATH);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-length': '2000',
      'content-type': 'application/octet-stream',
      'docker-content-digest': sha256(BYTES),
      'accept-ranges': 'bytes',
    });
    expect(body).toHaveLength(0);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=500-1499', 500, 1499],
    ['bytes=500-', 500, 1999],
    ['bytes=-500', 1500, 1999],
    ['bytes=-5000', 0, 1999],
    ['bytes=1999-9999', 1999, 1999],
  ])('is given in part: %s', async (range, start, end) => {
    const { status, headers, body } = await registry.send('GET', PATH, { headers: { range } });
    expect(status).toBe(206);
    expect(headers['content-range']).toBe(`bytes ${start}-${end}/2000`);
    expect(body.equals(BYTES.subarray(start, end + 1))).toBe(true);
  });

  it.each(['bytes=2000-', 'bytes=500-0', 'bytes=5000-10000', 'bytes=-0', 'bytes=-', 'bytes=a-b'])(
    'has no part %s',
    async (range) => {
      const { status, headers } = await registry.send('GET', PATH, { headers: { range } });
      expect(status).toBe(416);
      expect(headers['content-range']).toBe('bytes */2000');
    },
  );

  it.each(['bytes=0-1,5-6', 'lines=1-2'])('is given whole for %s', async (range) => {
    const { status, body } = await registry.send('GET', PATH, { headers: { range } });
    expect(status).toBe(200);
    expect(body.equals(BYTES)).toBe(true);
  });

  it.each([
    [`/v2/team/app/blobs/${sha256('other')}`, 404, 'BLOB_UNKNOWN'],
    ['/v2/team/app/blobs/sha256:abc', 400, 'DIGEST_INVALID'],
    [`/v2/team/app/blobs/sha256:${'..%2f'.repeat(16)}`, 400, 'DIGEST_INVALID'],
    [`/v2/Team/blobs/${sha256(BYTES)}`, 400, 'NAME_INVALID'],
    [`/v2/..%2f..%2fetc/blobs/${sha256(BYTES)}`, 400, 'NAME_INVALID'],
  ])('%s is answered %i', async (path, status, code) => {
    expect(await registry.send('GET', path)).toMatchObject({ status, code });
  });
});

describe('ranges', () => {
  it('give bytes that are there, whatever is asked', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.option(fc.nat(6000)), fc.option(fc.nat(6000)), (size, first, last) => {
        let range;
        try {
          range = requestedRange(`bytes=${first ?? ''}-${last ?? ''}`, size);
        } catch (error) {
          expect(error).toMatchObject({ status: 416 });
          return;
        }
        expect(range).not.toBeNull();
        const { start = -1, end = -1 } = range ?? {};
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThan(size);
      }),
    );
  });

  it.each([
    ['0-99', { start: 0, end: 99 }],
    ['bytes 0-99/*', { start: 0, end: 99 }],
    ['bytes=5-9', { start: 5, end: 9 }],
  ])('of a chunk are read from %s', (header, range) => {
    expect(sentRange(header)).toEqual(range);
  });
});
