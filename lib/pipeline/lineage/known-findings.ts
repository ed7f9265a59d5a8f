/**
 * The findings of images whose SBOM is held, on the intelligence of now: to compare builds with one
 * another. Nothing is decided, and nothing recorded.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Digest } from '../../core/image/digest.ts';
import { type Lineage, NO_LINEAGE } from '../../core/lineage/lineage.ts';
import type { Finding } from '../../core/matching/finding.ts';
import { findingsOf } from '../../core/register/findings-of.ts';
import { inventoryKey } from '../../core/register/keys.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { SCANNER_VERSION } from '../../scanner/scan-image.ts';
import { gather } from '../judge-image/gather.ts';
import { storedInventory } from '../judge-image/inventory-of.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export interface Knowing {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly intelligence: Intelligence;
}

/**
 * @param at - ISO 8601
 * @returns null where its SBOM is not held, or is altered
 */
export async function knownFindings(
  image: Digest,
  at: string,
  knowing: Knowing,
  lineage: Lineage = NO_LINEAGE,
): Promise<readonly Finding[] | null> {
  const inventory = await knownInventory(image, knowing);
  if (inventory === null) return null;
  return findingsOf(inventory, await gather(inventory, at, knowing), lineage).findings;
}

export async function knownInventory(
  image: Digest,
  { register, evidence }: Pick<Knowing, 'register' | 'evidence'>,
): Promise<Inventory | null> {
  const stored = await register.get(inventoryKey(image, SCANNER_VERSION));
  if (stored === null) return null;
  try {
    return await readDocument<Inventory>(evidence, storedInventory.parse(stored.body).inventory, 'SBOM');
  } catch (error) {
    if (isCavendishError(error, 'not-found') || isCavendishError(error, 'integrity-failed')) return null;
    throw error;
  }
}

/** Intelligence that reads each bucket once: builds of one base share most of theirs. */
export function readOnce(intelligence: Intelligence): Intelligence {
  let feeds: ReturnType<Intelligence['feeds']> | null = null;
  const buckets = new Map<string, ReturnType<Intelligence['bucket']>>();
  return {
    feeds: () => (feeds ??= intelligence.feeds()),
    bucket(feed, key) {
      const name = `${feed.hash} ${key}`;
      const before = buckets.get(name);
      if (before !== undefined) return before;
      const reading = intelligence.bucket(feed, key);
      buckets.set(name, reading);
      return reading;
    },
  };
}
