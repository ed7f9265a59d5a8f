/** Writing to a registry: the push half of the distribution API, for one repository. */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import type { Scope, Send } from './authorise.ts';
import { discard, readBody } from './body.ts';
import { endpointOf } from './endpoint.ts';
import type { HttpRequest, HttpResponse } from './transport.ts';

export interface PushTarget {
  hasBlob(digest: Digest): Promise<boolean>;
  /** Sends a blob; the registry verifies it. @throws CavendishError `unavailable` */
  putBlob(digest: Digest, open: () => ReadableStream<Uint8Array>): Promise<void>;
  /** @param reference - a tag, or the manifest's digest. @throws CavendishError `unavailable` */
  putManifest(reference: string, bytes: Uint8Array, mediaType: string): Promise<void>;
}

const MAX_ERROR_BYTES = 64 * 1024;
const errorAnswer = z.object({ errors: z.array(z.object({ message: z.string().max(2000) })).min(1) });

export function pushTarget(send: Send, registry: string, repository: string): PushTarget {
  const scope: Scope = { registry, repository, actions: 'pull,push' };
  const base = new URL(`/v2/${repository}/`, endpointOf(registry));

  async function ask(url: URL, request: HttpRequest, wanted: number, what: string): Promise<HttpResponse> {
    const answer = await send(scope, url, request);
    if (answer.response.status === wanted) {
      await discard(answer);
      return answer;
    }
    const why = await reasonOf(answer);
    throw new CavendishError('unavailable', `${registry} did not take ${what} of ${repository}: ${why}`, {
      next: 'Look at what the registry says, then push again.',
    });
  }

  return {
    hasBlob: async (digest) => {
      const answer = await send(scope, new URL(`blobs/${digest}`, base), { method: 'HEAD' });
      await discard(answer);
      return answer.response.status === 200;
    },
    putBlob: async (digest, open) => {
      const what = `the blob ${digest}`;
      const started = await ask(new URL('blobs/uploads/', base), { method: 'POST' }, 202, what);
      const type = { 'content-type': 'application/octet-stream' };
      const sent = await ask(next(started, what), { method: 'PATCH', headers: type, body: open() }, 202, what);
      const end = next(sent, what);
      end.searchParams.set('digest', digest);
      await ask(end, { method: 'PUT' }, 201, what);
    },
    putManifest: async (reference, bytes, mediaType) => {
      const request: HttpRequest = {
        method: 'PUT',
        headers: { 'content-type': mediaType },
        body: new Uint8Array(bytes),
      };
      await ask(new URL(`manifests/${reference}`, base), request, 201, `the manifest ${reference}`);
    },
  };
}

/** Where an upload goes on: on the same host, or the credentials would go astray. */
function next({ response, url }: HttpResponse, what: string): URL {
  const location = response.headers.get('location') ?? '';
  const target = URL.canParse(location, url.href) ? new URL(location, url) : null;
  if (location !== '' && target?.origin === url.origin) return target;
  throw new CavendishError('unavailable', `${url.host} does not say where to send ${what}`);
}

/** The registry's own words where it has some. */
async function reasonOf(answer: HttpResponse): Promise<string> {
  const { status } = answer.response;
  const text = Buffer.from(await readBody(answer, MAX_ERROR_BYTES, 'the error')).toString('utf8');
  try {
    return errorAnswer.parse(JSON.parse(text)).errors[0]?.message ?? `it answered ${status}`;
  } catch {
    // Not in the specification's form: the status says as much.
    return `it answered ${status}`;
  }
}
