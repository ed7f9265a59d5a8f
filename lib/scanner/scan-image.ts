/**
 * From an image to its inventory: layer by layer, each read once and kept by diff ID, joined into
 * what the image holds.
 */
import { isCavendishError } from '../core/errors/error.ts';
import type { ImageLayer, OpenImage } from '../core/image/open-image.ts';
import type { Inventory } from '../core/sbom/inventory.ts';
import { assemble } from './assemble.ts';
import { catalogImage, type CataloguedImage } from './catalogers/catalog-image.ts';
import { applyLayer, newImageState } from './layers/image-state.ts';
import type { LayerCache, LayerResult } from './layers/result.ts';
import { scanLayer } from './layers/scan-layer.ts';
import { DEFAULT_LIMITS, limitExceeded, type Limits } from './limits.ts';
import { followPackages } from './packages-by-layer.ts';

/** Raise it with any change that can change an inventory: what was kept by another version is not used. */
export const SCANNER_VERSION = '2';

/** Stored forms that are remembered of a layer; it is the same layer whoever compressed it. */
const MAX_FORMS = 32;

export interface ScanOptions {
  readonly cache: LayerCache;
  /** @default DEFAULT_LIMITS */
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal;
}

/**
 * Scans an image. The inventory rests on the image's bytes and the scanner's version alone.
 *
 * @throws CavendishError `integrity-failed`, `limit-exceeded`, `unsupported`, `bad-input` where a
 *   layer can't be read (the message names it), what the image's source throws, and the reason of
 *   `signal`
 */
export async function scanImage(image: OpenImage, options: ScanOptions): Promise<Inventory> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const deadline = AbortSignal.timeout(limits.milliseconds);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]);

  const state = newImageState();
  const follow = followPackages();
  let catalogued: CataloguedImage = catalogImage(state);
  let files = 0;
  let kept = 0;

  for (const layer of image.layers) {
    const result = await inTime(() => layerResult(image, layer, options.cache, limits, signal), deadline, limits);
    files += result.files;
    kept += result.kept;
    if (kept > limits.kept) throw limitExceeded(`more than ${limits.kept} characters would be kept of the image`);
    if (!applyLayer(state, result)) continue;
    catalogued = catalogImage(state);
    follow.layer(layer.diffId, catalogued.packages);
  }
  return assemble(image, SCANNER_VERSION, { catalogued, state, files, layerOf: follow.since });
}

/** What is kept of a layer, or what a scan finds, which is kept from then on. */
async function layerResult(
  image: OpenImage,
  layer: ImageLayer,
  cache: LayerCache,
  limits: Limits,
  signal: AbortSignal,
): Promise<LayerResult> {
  signal.throwIfAborted();
  const { digest, diffId } = layer;
  const known = await cache.get(diffId, SCANNER_VERSION);
  // A diff ID is only a claim until the stored bytes were seen to unpack to it.
  if (known?.digests.includes(digest) === true) return known;

  const lists = await scanLayer(layer, (of, stop) => image.readLayer(of, stop), limits, signal);
  const digests = [...(known?.digests ?? []), digest].slice(-MAX_FORMS);
  const result: LayerResult = { schemaVersion: 1, scanner: SCANNER_VERSION, diffId, digests, ...lists };
  await cache.put(result);
  return result;
}

/** The deadline is a bound like others. */
async function inTime<T>(work: () => Promise<T>, deadline: AbortSignal, limits: Limits): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!deadline.aborted || isCavendishError(error)) throw error;
    throw limitExceeded(`the scan took longer than ${limits.milliseconds / 1000} seconds`);
  }
}

export { type LayerCache, type LayerResult, parseLayerResult } from './layers/result.ts';
