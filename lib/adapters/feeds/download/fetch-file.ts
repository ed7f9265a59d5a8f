/**
 * Fetches a file, as few bytes of it as can be: none where it is unchanged, the rest where a part is there.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { CavendishError } from '../../../core/errors/error.ts';
import type { Fetched, Fetching, Validators, Wanted } from '../../../pipeline/ports/feed-downloads.ts';
import { checksumOf, digestFile } from './checksums.ts';
import { Passing, refused, unreachable } from './fetch-failures.ts';
import { follow, type Following } from './follow.ts';
import type { HttpAnswer } from './http-get.ts';
import { layDown } from './lay-down.ts';
import { type Partial, type PartialFile, partialFile } from './partial.ts';

export interface FetchOptions extends Following {
  readonly folder: string;
  /** @default 500 - milliseconds before the second try; twice as long before each after it */
  readonly pauseMs?: number;
}

const TRIES = 5;
const MOST_PAUSE_MS = 15_000;

export async function fetchFile(wanted: Wanted, fetching: Fetching, options: FetchOptions): Promise<Fetched | null> {
  const { signal } = fetching;
  const file = partialFile(options.folder, wanted.url);
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt(wanted, fetching, file, options);
    } catch (error) {
      if (signal?.aborted === true) throw stopped(wanted.url, error);
      if (!(error instanceof Passing)) throw error;
      if (tried === TRIES) throw error.reason;
      const pause = Math.min(error.afterMs ?? (options.pauseMs ?? 500) * 2 ** (tried - 1), MOST_PAUSE_MS);
      await sleep(pause, undefined, signal === undefined ? undefined : { signal }).catch((cause: unknown) => {
        throw stopped(wanted.url, cause);
      });
    }
  }
}

async function attempt(
  wanted: Wanted,
  fetching: Fetching,
  file: PartialFile,
  options: FetchOptions,
): Promise<Fetched | null> {
  const { url, held } = wanted;
  const partial = await file.read();
  const answer = await follow(new URL(url), headersFor(partial, held), options, fetching.signal).catch(
    (error: unknown) => {
      throw unreachable(error, url);
    },
  );
  if (answer.status === 304) return await unchanged(wanted, file, partial, answer);
  if (answer.status === 416 && partial !== null) {
    answer.close();
    await file.remove();
    throw new Passing(new CavendishError('unavailable', `${url} has no more of what it began to give`), 0);
  }
  if (answer.status !== 200 && answer.status !== 206) throw refused(answer, url);

  const start = answer.status === 206 ? await goOn(answer, partial, file, url) : 0;
  const said = validatorsOf(answer.headers);
  if (start === 0) {
    // The bytes of another version go first: what is noted is true of what lies there at every moment.
    await file.remove();
    await file.write({ url, ...said, whole: false });
  }
  const bytes = await layDown(answer, { path: file.path, start }, wanted, fetching);
  const digest = await digestFile(file.path, checksumOf(answer.headers), url).catch(async (error: unknown) => {
    await file.remove();
    throw error;
  });
  await file.write({ url, ...said, whole: true });
  return { url, file: file.path, bytes, digest, ...said };
}

/** A part is gone on with only where the version is known by a strong validator (RFC 9110, 13.1.5). */
function headersFor(partial: Partial | null, held: Validators | null): Readonly<Record<string, string>> {
  // Bytes as they are stored: their number, and where to go on, are those of what lies on the server.
  const headers = { 'user-agent': 'cavendish', accept: '*/*', 'accept-encoding': 'identity' };
  if (partial !== null && !partial.note.whole) {
    const { etag, lastModified } = partial.note;
    const version = etag !== null && !etag.startsWith('W/') ? etag : lastModified;
    return version === null ? headers : { ...headers, range: `bytes=${partial.bytes}-`, 'if-range': version };
  }
  const known = partial?.note ?? held;
  return {
    ...headers,
    ...(typeof known?.etag === 'string' && { 'if-none-match': known.etag }),
    ...(typeof known?.lastModified === 'string' && { 'if-modified-since': known.lastModified }),
  };
}

/** What was fetched whole and not taken in since is what is published, or what is held is. */
async function unchanged(
  { url, held }: Wanted,
  file: PartialFile,
  partial: Partial | null,
  answer: HttpAnswer,
): Promise<Fetched | null> {
  answer.close();
  if (partial?.note.whole === true) {
    const { etag, lastModified } = partial.note;
    return {
      ...{ url, etag, lastModified, file: file.path, bytes: partial.bytes },
      digest: await digestFile(file.path, null, url),
    };
  }
  if (held !== null && partial === null) return null;
  await file.remove();
  throw new Passing(new CavendishError('unavailable', `${url} is said to be unchanged, though nothing of it is held`));
}

/** @returns how many bytes are there. A server that goes on elsewhere than it was asked to is asked for all of it. */
async function goOn(answer: HttpAnswer, partial: Partial | null, file: PartialFile, url: string): Promise<number> {
  const [, from, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(answer.headers['content-range'] ?? '') ?? [];
  const rest = Number(answer.headers['content-length'] ?? Number.NaN);
  const whole = size === '*' || Number.isNaN(rest) || Number(from) + rest === Number(size);
  if (partial !== null && Number(from) === partial.bytes && whole) return partial.bytes;
  answer.close();
  await file.remove();
  throw new Passing(new CavendishError('unavailable', `${url} goes on elsewhere than it was asked to`), 0);
}

function validatorsOf(headers: IncomingHttpHeaders): Validators {
  return { etag: headers.etag ?? null, lastModified: headers['last-modified'] ?? null };
}

function stopped(url: string, cause: unknown): CavendishError {
  return new CavendishError('unavailable', `the fetch of ${url} was stopped`, {
    next: 'The next refresh goes on where it ended.',
    cause,
  });
}
