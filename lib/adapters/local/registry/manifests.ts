/** Manifests: HEAD, GET and PUT of `/v2/NAME/manifests/REFERENCE`. */
import { createHash } from 'node:crypto';

import { isCavendishError } from '../../../core/errors/error.ts';
import { type Digest, hexOf } from '../../../core/image/digest.ts';
import {
  type ImageIndex,
  type ImageManifest,
  MAX_MANIFEST_BYTES,
  parseManifest,
} from '../../../core/image/manifest.ts';
import type { Clock } from '../../../pipeline/ports/clock.ts';
import type { Answer, Call, Handler } from './answer.ts';
import type { BlobStore } from './blob-store.ts';
import { readBody } from './body.ts';
import type { Catalogue } from './catalogue.ts';
import { Refusal } from './errors.ts';
import { missingParts } from './held.ts';
import { type Reference, referenceOf, repositoryOf } from './names.ts';
import { storing } from './storing.ts';

interface Parts {
  readonly blobs: BlobStore;
  readonly catalogue: Catalogue;
  readonly now: Clock;
  /** Called once a push is recorded. */
  readonly onPush: () => void;
}

/** How many missing parts an answer names. */
const NAMED = 10;

export function manifestHandlers({ blobs, catalogue, now, onPush }: Parts): { get: Handler; put: Handler } {
  /** Accept is not heeded: a manifest is given as it was pushed. */
  async function get(call: Call): Promise<Answer> {
    const repository = repositoryOf(call);
    const reference = referenceOf(call);
    const digest = reference.kind === 'digest' ? reference.digest : await catalogue.tagged(repository, reference.tag);
    const held = digest === null ? null : await catalogue.manifest(repository, digest);
    if (held === null) {
      throw new Refusal('MANIFEST_UNKNOWN', `${named(repository, reference)} is not in this registry`);
    }
    return {
      status: 200,
      headers: {
        'content-type': held.mediaType,
        'content-length': held.size,
        'docker-content-digest': held.digest,
      },
      body: await blobs.read(held.digest),
    };
  }

  async function put(call: Call): Promise<Answer> {
    const repository = repositoryOf(call);
    const reference = referenceOf(call);
    const bytes = await readBody(call, MAX_MANIFEST_BYTES, 'a manifest');
    const digest = verified(bytes, reference);
    const manifest = parse(bytes, call.headers['content-type']);
    await expectWhole(repository, manifest);

    await keep(bytes, digest);
    const tag = reference.kind === 'tag' ? reference.tag : null;
    const { mediaType } = manifest;
    const lists = manifest.kind === 'index' ? manifest.manifests.map((entry) => entry.digest) : [];
    await catalogue.record({ repository, tag, digest, mediaType, size: bytes.byteLength, lists }, now());
    onPush();
    return {
      status: 201,
      headers: { location: `/v2/${repository}/manifests/${digest}`, 'docker-content-digest': digest },
    };
  }

  async function expectWhole(repository: string, manifest: ImageManifest | ImageIndex): Promise<void> {
    const missing = await missingParts(repository, manifest, blobs, catalogue);
    if (missing.length === 0) return;
    const some = missing.slice(0, NAMED);
    throw new Refusal('MANIFEST_BLOB_UNKNOWN', `${missing.length} parts of it were not pushed: ${some.join(', ')}`, {
      detail: { missing: some },
    });
  }

  async function keep(bytes: Uint8Array, digest: Digest): Promise<void> {
    const draft = await blobs.draft();
    try {
      await storing(draft.path, () => draft.handle.writeFile(bytes));
      await draft.keep(digest);
    } finally {
      await draft.drop();
    }
  }

  return { get, put };
}

function verified(bytes: Uint8Array, reference: Reference): Digest {
  if (reference.kind === 'tag') return `sha256:${hash('sha256', bytes)}`;
  const { digest } = reference;
  if (hash(digest.slice(0, digest.indexOf(':')), bytes) !== hexOf(digest)) {
    throw new Refusal('DIGEST_INVALID', `what was sent (${bytes.byteLength} bytes) is not ${digest}`);
  }
  return digest;
}

function hash(algorithm: string, bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

function parse(bytes: Uint8Array, contentType: string | undefined): ImageManifest | ImageIndex {
  try {
    return parseManifest(bytes, contentType);
  } catch (error) {
    if (!isCavendishError(error)) throw error;
    throw new Refusal('MANIFEST_INVALID', error.next === undefined ? error.message : `${error.message}. ${error.next}`);
  }
}

function named(repository: string, reference: Reference): string {
  return reference.kind === 'tag' ? `${repository}:${reference.tag}` : `${repository}@${reference.digest}`;
}
