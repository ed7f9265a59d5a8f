/**
 * The inventory of an image: the one that is held, or a new scan.
 *
 * An image that can't be read is an answer (unknown, with the cause); a registry that is away or a
 * disk that is full is not, and is thrown for the caller to try again.
 */
import { z } from 'zod';

import { canonicalBytes } from '../../core/canonical/canonical.ts';
import { type ErrorCode, isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import type { Scan } from '../../core/register/judged-evidence.ts';
import { inventoryKey } from '../../core/register/keys.ts';
import type { Gap, GapKind } from '../../core/sbom/gap.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { scanImage, SCANNER_VERSION } from '../../scanner/scan-image.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { OpenImage, UnreadableImage } from '../ports/image-source.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { layerCache } from './layer-cache.ts';
import { readDocument } from './read-document.ts';

interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

export const storedInventory = z.object({ inventory: digestSchema });

export async function inventoryOf(
  image: OpenImage | UnreadableImage,
  { register, evidence }: Stores,
  signal?: AbortSignal,
): Promise<Scan> {
  if ('error' in image) return unreadable(image.error);
  const held = await heldInventory(image.digest, { register, evidence });
  if (held !== null) return held;
  const key = inventoryKey(image.digest, SCANNER_VERSION);
  try {
    const cache = layerCache(register, evidence);
    const inventory = await scanImage(image, { cache, ...(signal && { signal }) });
    const hash = await evidence.put(canonicalBytes(inventory));
    await putOnce(register, key, hash);
    return { inventory, hash };
  } catch (error) {
    return unreadable(error);
  }
}

/** What this scanner found in the image; null where it never read it whole. */
export async function heldInventory(image: Digest, { register, evidence }: Stores): Promise<Scan | null> {
  const stored = await register.get(inventoryKey(image, SCANNER_VERSION));
  if (stored === null) return null;
  const { inventory: hash } = storedInventory.parse(stored.body);
  return { inventory: await readDocument<Inventory>(evidence, hash, 'SBOM'), hash };
}

async function putOnce(register: RegisterStore, key: { pk: string; sk: string }, inventory: string): Promise<void> {
  try {
    await register.commit({ puts: [{ item: { ...key, body: { inventory } }, when: 'absent' }] });
  } catch (error) {
    // Another process scanned the same image meanwhile: the same bytes, the same inventory.
    if (!isCavendishError(error, 'conflict')) throw error;
  }
}

/** What an error of reading says about the image itself; other errors are not the image's. */
const GAP_OF: Partial<Record<ErrorCode, GapKind>> = {
  'bad-input': 'unreadable-image',
  'integrity-failed': 'unreadable-image',
  unsupported: 'unreadable-image',
  'not-found': 'unreadable-image',
  'limit-exceeded': 'limit-exceeded',
};

function unreadable(error: unknown): Scan {
  const kind = isCavendishError(error) ? GAP_OF[error.code] : undefined;
  if (kind === undefined || !Error.isError(error)) throw error;
  const gap: Gap = { kind, subject: 'image', message: error.message };
  return { inventory: null, gaps: [gap] };
}
