/**
 * Reads published intelligence from files: OSV, CVE records, KEV, EPSS; plain, gzipped, in zip
 * archives (also in one another) and in folders; each recognised by its content.
 *
 * One record that is malformed fails the whole, by name. What a folder or an archive holds beside
 * (a licence, a readme) is passed over and said, unless its name promises data.
 */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { CavendishError } from '../../core/errors/error.ts';
import type { FeedPart, FeedSource } from '../../pipeline/ports/feed-source.ts';
import { FEED_BOUNDS, type FeedBounds, type Meter, passes, startMeter } from './bounds.ts';
import { csvLines } from './csv-lines.ts';
import { epssParts } from './epss-parts.ts';
import { explainRead, naming } from './failures.ts';
import { jsonParts } from './json-parts.ts';
import { jsonValues } from './json-values.ts';
import { formOf, peek } from './recognise.ts';
import { openScratch } from './scratch.ts';
import { gunzip, layDown, unzip } from './unpack.ts';
import { walk } from './walk.ts';

interface ReadOptions {
  readonly bounds?: FeedBounds;
  /** @default - the system's folder for temporary files */
  readonly temporary?: string;
  /** What people call a path that was given. @default - the path */
  readonly nameOf?: (path: string) => string;
}

/** A file, or a part of one, on its way to being read. */
interface Piece {
  /** For people: the path, and the names in archives. */
  readonly where: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Where it lies as a file of its own; null for a part of an archive. */
  readonly path: string | null;
  /** A person named it: it must be something. */
  readonly named: boolean;
  readonly nesting: number;
}

const PROMISES_DATA = /\.(?:json|jsonl|ndjson|csv|gz|zip)$/iu;
const NEXT = 'Name files of OSV records, CVE records (JSON 5), the KEV catalogue (JSON) or EPSS scores (CSV).';

export function readFeedFiles(paths: readonly string[], options: ReadOptions = {}): FeedSource {
  const { bounds = FEED_BOUNDS, temporary = tmpdir(), nameOf = (path: string) => path } = options;
  return {
    name: paths.map((path) => basename(path)).join(', '),
    openScratch: () => openScratch(temporary),
    async *parts() {
      const meter = startMeter(bounds);
      const room = join(temporary, 'cavendish-unpacked-');
      const folder = await mkdtemp(room).catch((error: unknown) => {
        throw explainRead(error, temporary);
      });
      try {
        for await (const { path, named, read } of walk(paths, meter)) {
          if (!read) yield { kind: 'passed-over', where: path };
          else
            yield* partsOf(
              { where: nameOf(path), bytes: readFile(path, meter), path, named, nesting: 0 },
              folder,
              meter,
            );
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function* readFile(path: string, meter: Meter): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      meter.bytes(chunk.length, path);
      yield chunk;
    }
  } catch (error) {
    throw explainRead(error, path);
  }
}

async function* partsOf(piece: Piece, folder: string, meter: Meter): AsyncIterable<FeedPart> {
  const { where, nesting } = piece;
  if (nesting > meter.bounds.maxNesting) throw passes(where, 'too many archives in one another');
  const { head, whole, close } = await peek(piece.bytes);
  const form = formOf(head);
  switch (form) {
    case 'gzip':
      yield* partsOf({ ...piece, bytes: gunzip(whole, where, meter), path: null, nesting: nesting + 1 }, folder, meter);
      return;
    case 'zip':
      // An archive that lies as a file is read from its end.
      if (piece.path !== null) await close();
      yield* partsOfZip({ ...piece, bytes: whole }, folder, meter);
      return;
    case 'json':
      yield* partsOfJson(whole, where, meter);
      return;
    case 'epss':
      try {
        yield* epssParts(csvLines(whole, meter.bounds), where);
      } catch (error) {
        throw naming(error, where);
      }
      return;
    default:
      if (piece.named || PROMISES_DATA.test(where)) throw unrecognised(where, form);
      yield { kind: 'passed-over', where };
  }
}

async function* partsOfZip(piece: Piece, folder: string, meter: Meter): AsyncIterable<FeedPart> {
  const { where, nesting } = piece;
  const path = piece.path ?? join(folder, String(nesting));
  if (piece.path === null) await layDown(piece.bytes, path);
  try {
    for await (const { name, bytes } of unzip(path, where, meter)) {
      yield* partsOf({ where: name, bytes, path: null, named: false, nesting: nesting + 1 }, folder, meter);
    }
  } finally {
    if (piece.path === null) await rm(path, { force: true });
  }
}

async function* partsOfJson(bytes: AsyncIterable<Uint8Array>, where: string, meter: Meter): AsyncIterable<FeedPart> {
  for await (const value of jsonValues(bytes, where, meter.bounds)) {
    try {
      yield* jsonParts(value, where);
    } catch (error) {
      throw naming(error, where);
    }
  }
}

function unrecognised(where: string, form: 'html' | 'empty' | 'unknown'): CavendishError {
  const what = {
    html: 'it is a web page (HTML), not data: the download went to a page of errors or of a proxy',
    empty: 'it is empty',
    unknown: 'it is neither JSON nor CSV of EPSS, zip nor gzip',
  }[form];
  return new CavendishError('bad-input', `${where}: ${what}`, { next: NEXT });
}
