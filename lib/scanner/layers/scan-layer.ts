/**
 * Scans one layer, on its own: what lies under it does not matter here.
 */
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import { shortDigest } from '../../core/image/digest.ts';
import type { ImageLayer, OpenImage } from '../../core/image/open-image.ts';
import type { Limits } from '../limits.ts';
import { collectLayer, type LayerContent } from './layer-content.ts';
import { meter } from './meter.ts';
import { stopping, unlessAborted } from './stopping.ts';
import { readTar } from './tar.ts';
import { assertReadable, asStored, unpack } from './unpack.ts';

type ReadLayer = OpenImage['readLayer'];
type Lists = ReturnType<LayerContent['lists']>;

/**
 * Reads, unpacks and verifies a layer, and collects what it holds.
 *
 * @throws CavendishError `integrity-failed`, `limit-exceeded`, `unsupported`, `bad-input`, and what
 *   `readLayer` throws; the message names the layer
 */
export async function scanLayer(
  layer: ImageLayer,
  readLayer: ReadLayer,
  limits: Limits,
  signal: AbortSignal,
): Promise<Lists> {
  try {
    assertReadable(layer);
    const content = await unlessAborted(collect(new Set()), signal);
    // A hard link to a file that nobody wanted until then: read again, and hold that file.
    return (content.missing.size === 0 ? content : await unlessAborted(collect(content.missing), signal)).lists();
  } catch (error) {
    signal.throwIfAborted();
    throw named(layer, await explained(error));
  }

  async function collect(hold: ReadonlySet<string>): Promise<LayerContent> {
    const content = collectLayer(limits, hold);
    await readTar(unpack(stopping(await readLayer(layer, signal), signal), layer, limits), content.visit);
    return content;
  }

  /** Bytes that can't be unpacked are first held to their digest: damage on the way is another error. */
  async function explained(error: unknown): Promise<unknown> {
    const readable = isPackingError(error) ? packingError(error) : error;
    if (!isCavendishError(readable, 'bad-input') && !isPackingError(error)) return readable;
    try {
      await drain(meter(stopping(await readLayer(layer, signal), signal), asStored(layer)));
      return readable;
    } catch (damage) {
      return damage;
    }
  }
}

async function drain(bytes: AsyncGenerator<Uint8Array>): Promise<void> {
  let next = await bytes.next();
  while (next.done !== true) next = await bytes.next();
}

/** An error of node:zlib: `Z_DATA_ERROR`, `ZSTD_error_…`. */
function isPackingError(error: unknown): error is NodeJS.ErrnoException {
  return Error.isError(error) && 'code' in error && /^(?:Z|ZSTD)_/u.test(String(error.code));
}

function packingError(cause: NodeJS.ErrnoException): CavendishError {
  return cause.code === 'Z_BUF_ERROR'
    ? new CavendishError('integrity-failed', 'the compressed layer is truncated', { cause })
    : new CavendishError('bad-input', `the layer can not be unpacked: ${cause.message}`, { cause });
}

function named({ digest }: ImageLayer, error: unknown): unknown {
  if (!isCavendishError(error)) return error;
  const { code, message, next } = error;
  return new CavendishError(code, `layer ${shortDigest(digest)}: ${message}`, {
    ...(next !== undefined && { next }),
    cause: error,
  });
}
