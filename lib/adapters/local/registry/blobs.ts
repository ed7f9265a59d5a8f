/** Reading blobs: HEAD and GET of `/v2/NAME/blobs/DIGEST`, whole or a range. */
import type { Answer, Call } from './answer.ts';
import type { BlobStore } from './blob-store.ts';
import { Refusal } from './errors.ts';
import { digestIn, repositoryOf } from './names.ts';
import { requestedRange } from './ranges.ts';

export function blobHandler(blobs: BlobStore): (call: Call) => Promise<Answer> {
  return async (call) => {
    const repository = repositoryOf(call);
    const digest = digestIn(call.params['digest']);
    const size = await blobs.size(digest);
    if (size === null) throw new Refusal('BLOB_UNKNOWN', `the blob ${digest} is not in ${repository}`);

    const headers = {
      'content-type': 'application/octet-stream',
      'docker-content-digest': digest,
      'accept-ranges': 'bytes',
    };
    const range = call.method === 'HEAD' ? null : requestedRange(call.headers.range, size);
    if (range === null) {
      return {
        status: 200,
        headers: { ...headers, 'content-length': size },
        ...(size > 0 && { body: () => blobs.stream(digest, 0, size - 1) }),
      };
    }
    const { start, end } = range;
    return {
      status: 206,
      headers: { ...headers, 'content-length': end - start + 1, 'content-range': `bytes ${start}-${end}/${size}` },
      body: () => blobs.stream(digest, start, end),
    };
  };
}

export function blobAt(repository: string, digest: string): string {
  return `/v2/${repository}/blobs/${digest}`;
}
