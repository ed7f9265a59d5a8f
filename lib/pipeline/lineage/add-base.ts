/**
 * Adds a base that was never pushed here, under the name that people give it: it is scanned, and
 * remembered like one that was pushed, so that its clones find it.
 */
import { CavendishError } from '../../core/errors/error.ts';
import { platformName } from '../../core/image/platform.ts';
import type { ImageFacts } from '../../core/lineage/image-facts.ts';
import { baseKey } from '../../core/register/index-keys.ts';
import { inventoryOf } from '../judge-image/inventory-of.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { OpenImage } from '../ports/image-source.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { rememberImage } from './remember-image.ts';
import { rememberName } from './remember-name.ts';
import { absentOf, putRows } from './rows.ts';

export interface AddedBase {
  readonly facts: ImageFacts;
  /** False where it had the name already. */
  readonly added: boolean;
  readonly packages: number;
}

interface Stores {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

/** @throws CavendishError `bad-input` where the image can not be read */
export async function addBase(
  image: OpenImage,
  name: string,
  at: string,
  stores: Stores,
  signal?: AbortSignal,
): Promise<AddedBase> {
  const { register } = stores;
  const scan = await inventoryOf(image, stores, signal);
  if (scan.inventory === null) {
    throw new CavendishError(
      'bad-input',
      `the image for ${platformName(image.platform)} can't be scanned: ${scan.gaps[0].message}`,
      {
        next: 'What was not read can be the base of another.',
      },
    );
  }
  const facts = await rememberImage(image, scan.inventory, at, register);
  const added = await rememberName(image.digest, { name, shown: name }, register);
  await putRows(await absentOf([baseKey(image.digest)], register), register);
  return { facts, added, packages: scan.inventory.packages.length };
}
