/** The upload half of the API: POST, PATCH, PUT, GET and DELETE of `/v2/NAME/blobs/uploads/`. */
import { isDigest } from '../../../core/image/digest.ts';
import type { Answer, Call, Handler } from './answer.ts';
import type { BlobStore } from './blob-store.ts';
import { blobAt } from './blobs.ts';
import { Refusal } from './errors.ts';
import { digestIn, repositoryOf } from './names.ts';
import { sentRange } from './ranges.ts';
import type { Sessions, Upload } from './sessions.ts';

export interface UploadHandlers {
  readonly start: Handler;
  readonly append: Handler;
  readonly finish: Handler;
  readonly status: Handler;
  readonly cancel: Handler;
}

export function uploadHandlers(sessions: Sessions, blobs: BlobStore): UploadHandlers {
  function find(call: Call): Upload {
    return sessions.find(repositoryOf(call), call.params['upload'] ?? '');
  }

  /** With `mount` it asks for a blob that may be held already; with `digest` it sends all in one. */
  async function start(call: Call): Promise<Answer> {
    const repository = repositoryOf(call);
    const mount = call.query.get('mount');
    if (mount !== null && isDigest(mount) && (await blobs.size(mount)) !== null) return created(repository, mount);

    const wanted = call.query.get('digest');
    const digest = wanted === null ? null : digestIn(wanted);
    const upload = await sessions.start(repository);
    if (digest === null) return progress(202, upload);

    try {
      await sessions.append(upload, call.body);
    } catch (error) {
      // Nobody was told of this upload, so nobody can end it.
      await sessions.cancel(upload).catch(ended);
      throw error;
    }
    await sessions.finish(upload, digest);
    return created(repository, digest);
  }

  async function append(call: Call): Promise<Answer> {
    const upload = find(call);
    await appendInOrder(upload, call);
    return progress(202, upload);
  }

  async function finish(call: Call): Promise<Answer> {
    const upload = find(call);
    const digest = digestIn(call.query.get('digest'));
    await appendInOrder(upload, call);
    await sessions.finish(upload, digest);
    return created(upload.repository, digest);
  }

  async function appendInOrder(upload: Upload, call: Call): Promise<void> {
    const range = sentRange(call.headers['content-range']);
    if (range !== null) expectNext(upload, range.start, range.end, call.headers['content-length']);
    await sessions.append(upload, call.body);
  }

  return {
    start,
    append,
    finish,
    status: (call) => progress(204, find(call)),
    cancel: async (call) => {
      await sessions.cancel(find(call));
      return { status: 204 };
    },
  };
}

function expectNext(upload: Upload, start: number, end: number, length: string | undefined): void {
  if (start !== upload.size) {
    throw new Refusal('BLOB_UPLOAD_INVALID', `the chunk begins at ${start}; ${upload.size} bytes have arrived`, {
      status: 416,
      headers: whereabouts(upload),
    });
  }
  if (length !== undefined && Number(length) !== end - start + 1) {
    throw new Refusal('SIZE_INVALID', `the chunk has ${length} bytes; its content range is ${start}-${end}`, {
      headers: whereabouts(upload),
    });
  }
}

function progress(status: number, upload: Upload): Answer {
  return { status, headers: whereabouts(upload) };
}

function whereabouts({ id, repository, size }: Upload): Record<string, string> {
  return {
    location: `/v2/${repository}/blobs/uploads/${id}`,
    // Clients take this for the last byte that arrived; "0-0" stands for none as well.
    range: `0-${Math.max(size - 1, 0)}`,
    'docker-upload-uuid': id,
  };
}

function created(repository: string, digest: string): Answer {
  return {
    status: 201,
    headers: { location: blobAt(repository, digest), 'docker-content-digest': digest },
  };
}

/** An upload that ended by itself, on a full disk, needs no cancelling. */
function ended(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'BLOB_UPLOAD_UNKNOWN')) throw error;
}
