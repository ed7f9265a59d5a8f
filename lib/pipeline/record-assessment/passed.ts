/** Remembers since when an image was go for a stage: criteria of the next stage may ask for it. */
import { passedKey } from '../../core/register/history-keys.ts';
import { ASKED_STAGES, passedItem } from '../judge-image/read-history.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';
import { type Recording, replace } from './current-items.ts';

/** What has to be put in the commit that records the verdict; nothing where an earlier one was go. */
export async function passedPuts(
  { assessment: { verdict, image, stage, at }, id }: Pick<Recording, 'assessment' | 'id'>,
  register: RegisterStore,
): Promise<readonly Put[]> {
  if (verdict !== 'go' || !ASKED_STAGES.includes(stage)) return [];
  const key = passedKey(image.digest, stage);
  const stored = await register.get(key);
  if (stored !== null && passedItem.parse(stored.body).at <= at) return [];
  return [replace(stored, { ...key, body: { at, assessment: id } })];
}
