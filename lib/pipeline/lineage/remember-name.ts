/** Remembers that an image is a build of a name, so that a newer build of the same name is found. */
import type { Digest } from '../../core/image/digest.ts';
import type { BuildName } from '../../core/lineage/build-name.ts';
import { readFacts } from '../../core/lineage/image-facts.ts';
import { factsKey, imageNameKey, nameKey } from '../../core/register/index-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { putRows } from './rows.ts';

/** An image that was never scanned has no family: its names are not remembered. */
export async function rememberName(image: Digest, { name, shown }: BuildName, register: RegisterStore): Promise<void> {
  const ofImage = imageNameKey(image, name);
  const [known, facts] = await Promise.all([register.get(ofImage), register.get(factsKey(image))]);
  if (known !== null || facts === null) return;
  const { platform, created, firstSeen } = readFacts(facts);
  await putRows(
    [
      { ...nameKey(name, firstSeen, image), body: { image, platform, created } },
      { ...ofImage, body: { name, shown } },
    ],
    register,
  );
}
