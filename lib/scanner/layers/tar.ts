/**
 * Reads the tar of a layer, entry by entry, as container runtimes read it.
 *
 * tar-stream does the parsing. What two readers could take in two ways is refused here, so that
 * nothing is unpacked that was not scanned: entries after the end of the archive, links that carry
 * data, kinds of entries that are not known.
 */
import { extract } from 'tar-stream';

import { CavendishError } from '../../core/errors/error.ts';
import { endMark, inBlocks, type TarHeader } from './tar-blocks.ts';

export interface TarEntry {
  /** As in the archive. */
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'link' | 'device';
  /** Of a symbolic or a hard link. */
  readonly target: string;
  /** Bytes of content. */
  readonly size: number;
  /** The content has holes, which are not filled in. */
  readonly sparse: boolean;
}

/** Takes the content of an entry, piece by piece. */
export interface Sink {
  write(piece: Uint8Array): void;
  end(): void;
}

/** Told of each entry in order; answers with a sink where it wants the content. */
export type Visit = (entry: TarEntry) => Sink | null;

/**
 * Reads an archive to its end.
 *
 * @throws CavendishError `bad-input` where it is no tar that all readers read alike,
 *   `integrity-failed` where it ends within an entry, and whatever `visit` and its sinks throw
 */
export async function readTar(bytes: AsyncIterable<Uint8Array>, visit: Visit): Promise<void> {
  // A mark of 1: each write is seen through before the next.
  const options = { highWaterMark: 1, allowUnknownFormat: true };
  const archive = extract(options);
  const end = endMark();
  let failure: Error | null = null;
  const fail = (error: unknown): void => {
    failure ??= error instanceof Error ? error : new Error(String(error));
    archive.destroy();
  };
  const check = (): void => {
    if (failure !== null) throw failure;
  };

  archive.on('error', (error) => fail(readable(error)));
  archive.on('entry', (parsed, content, next) => {
    content.on('error', (error) => fail(readable(error)));
    try {
      const header = parsed as TarHeader;
      const entry = entryOf(header);
      end.pass(header, entry.size);
      const sink = visit(entry);
      if (entry.type === 'directory') {
        // A folder has no content, whatever size it says: tar-stream would wait for that content.
        sink?.end();
        next();
        return;
      }
      content.on('data', (piece) => attempt(() => sink?.write(piece as Uint8Array), fail));
      content.on('end', () => {
        attempt(() => sink?.end(), fail);
        next();
      });
    } catch (error) {
      fail(error);
    }
  });

  try {
    for await (const blocks of inBlocks(bytes)) {
      end.feed(blocks);
      if (!archive.write(blocks)) await settled(archive);
      check();
    }
    archive.end(null);
    await settled(archive);
    check();
  } finally {
    archive.destroy();
  }
}

function attempt(action: () => void, fail: (error: unknown) => void): void {
  try {
    action();
  } catch (error) {
    fail(error);
  }
}

/** Waits until the archive has taken what was written, or is at its end. */
function settled(archive: ReturnType<typeof extract>): Promise<void> {
  if (archive.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      archive.off('drain', done).off('finish', done).off('close', done);
      resolve();
    };
    archive.on('drain', done).on('finish', done).on('close', done);
  });
}

const TYPES: Readonly<Record<string, TarEntry['type']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symlink',
  link: 'link',
  fifo: 'device',
  'block-device': 'device',
  'character-device': 'device',
};

function entryOf(header: TarHeader): TarEntry {
  const { size } = header;
  const type = header.type === null ? undefined : TYPES[header.type];
  const pax = paxOf(header);
  const name = pax['GNU.sparse.name'] ?? header.name;
  if (type === undefined) {
    throw new CavendishError(
      'unsupported',
      `the layer holds an entry of a kind that is not read: ${JSON.stringify(name)}`,
    );
  }
  // tar-stream waits for ever for the end of such an entry.
  if (size === null || !Number.isSafeInteger(size)) {
    throw new CavendishError('bad-input', `an entry of the layer has no size: ${JSON.stringify(name)}`);
  }
  if (type !== 'file' && type !== 'directory' && size > 0) {
    throw new CavendishError('bad-input', `an entry of the layer is no file and has content: ${JSON.stringify(name)}`);
  }
  const sparse = Object.keys(pax).some((key) => key.startsWith('GNU.sparse.'));
  return { name, type, target: header.linkname ?? '', size: type === 'file' ? size : 0, sparse };
}

function paxOf({ pax }: TarHeader): Readonly<Record<string, string>> {
  return (pax ?? {}) as Readonly<Record<string, string>>;
}

/** What tar-stream throws, in our words. */
function readable(cause: unknown): unknown {
  if (cause instanceof CavendishError || !Error.isError(cause)) return cause;
  if (cause.message === 'Unexpected end of data') {
    return new CavendishError('integrity-failed', 'the tar of the layer is truncated: it ends within an entry', {
      cause,
    });
  }
  return new CavendishError('bad-input', `the layer is no tar that can be read: ${cause.message}`, { cause });
}
