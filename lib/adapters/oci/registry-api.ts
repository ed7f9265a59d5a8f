/** Reading from a registry: manifests and blobs of one repository, verified or bounded. */
import { digestOf } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { type Digest, isDigest } from '../../core/image/digest.ts';
import type { ImageBlobs, Root } from '../../core/image/find-images.ts';
import { MAX_MANIFEST_BYTES } from '../../core/image/manifest.ts';
import { INDEX_TYPES, MANIFEST_TYPES } from '../../core/image/media-types.ts';
import { refused, type Send } from './authorise.ts';
import { discard, readBody, streamBody } from './body.ts';
import { endpointOf } from './endpoint.ts';
import type { HttpResponse } from './transport.ts';
import { verify } from './verify.ts';

export interface RegistryApi extends ImageBlobs {
  /** @throws CavendishError `not-found`, `integrity-failed`, `limit-exceeded`, `unavailable`, `bad-input` */
  manifest(reference: string, signal?: AbortSignal): Promise<Root>;
  /** A small blob, whole. @throws as `manifest` */
  document(digest: Digest, maxBytes: number, what: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** A blob as it arrives: no more than `size` bytes, and not verified. @throws CavendishError `not-found`, `unavailable` */
  stream(digest: Digest, size: number, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

const ACCEPT = [...MANIFEST_TYPES, ...INDEX_TYPES].join(', ');

export function registryApi(send: Send, registry: string, repository: string): RegistryApi {
  const base = endpointOf(registry);

  async function get(path: string, what: string, signal?: AbortSignal, accept?: string): Promise<HttpResponse> {
    const answer = await send({ registry, repository, actions: 'pull' }, new URL(`/v2/${repository}/${path}`, base), {
      ...(accept !== undefined && { headers: { accept } }),
      ...(signal !== undefined && { signal }),
    });
    if (answer.response.status !== 200) {
      await discard(answer);
      throw failed(answer.response.status, what);
    }
    return answer;
  }

  function failed(status: number, what: string): CavendishError {
    if (status === 404) {
      return new CavendishError('not-found', `${what} is not there`, {
        next: `Check the name and the tag; what was pushed to ${registry} is what it has.`,
      });
    }
    if (status === 401 || status === 403) return refused(registry, repository, `it answered ${status}`);
    return new CavendishError('unavailable', `${registry} answered ${status} when it was asked for ${what}`, {
      next: 'Try again; if it stays so, look at what the registry says of it.',
    });
  }

  async function manifest(reference: string, signal?: AbortSignal): Promise<Root> {
    const name = `${registry}/${repository}${isDigest(reference) ? '@' : ':'}${reference}`;
    const answer = await get(`manifests/${reference}`, name, signal, ACCEPT);
    const mediaType = answer.response.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
    if (mediaType === 'text/html') {
      await discard(answer);
      throw new CavendishError('bad-input', `${registry} answered with a web page where ${name} should be`, {
        next: 'Check that the address is that of a registry.',
      });
    }
    const bytes = await readBody(answer, MAX_MANIFEST_BYTES, `the manifest ${name}`);
    const said = answer.response.headers.get('docker-content-digest');
    const digest = isDigest(reference) ? reference : said !== null && isDigest(said) ? said : digestOf(bytes);
    verify(bytes, digest, `the manifest ${name}`);
    return { digest, bytes, mediaType };
  }

  async function document(digest: Digest, maxBytes: number, what: string, signal?: AbortSignal): Promise<Uint8Array> {
    const bytes = await readBody(await get(`blobs/${digest}`, what, signal), maxBytes, what);
    verify(bytes, digest, what);
    return bytes;
  }

  async function stream(digest: Digest, size: number, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const what = `the layer ${digest} of ${registry}/${repository}`;
    return bounded(streamBody(await get(`blobs/${digest}`, what, signal)), size, what);
  }

  return { manifest, document, stream };
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, size: number, what: string): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of chunks) {
    read += chunk.byteLength;
    if (read > size) {
      throw new CavendishError('integrity-failed', `${what} is longer than the ${size} bytes that its manifest says`);
    }
    yield chunk;
  }
  if (read < size) {
    throw new CavendishError('integrity-failed', `${what} ended after ${read} of ${size} bytes`);
  }
}
