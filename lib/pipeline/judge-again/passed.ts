/** Has an image judged again that was go for a stage for the first time, where the appetite asks for that. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import type { Digest } from '../../core/image/digest.ts';
import { STAGES } from '../../core/image/stage.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { passedKey } from '../../core/register/history-keys.ts';
import { passedItem } from '../judge-image/read-history.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { planEntry } from './plan-entry.ts';

/** To be called behind the record: run twice it leaves the same work. */
export async function leavePassed(
  { assessment: { verdict, image, stage, at }, id }: { readonly assessment: Assessment; readonly id: Digest },
  { stages }: Pick<Appetite, 'stages'>,
  register: RegisterStore,
): Promise<void> {
  const asks = STAGES.some((one) =>
    stages[one].criteria.some(({ expression }) => expression.includes(`passed.${stage}`)),
  );
  if (verdict !== 'go' || !asks) return;
  const item = await register.get(passedKey(image.digest, stage));
  if (item === null || passedItem.parse(item.body).assessment !== id) return;
  await register.commit({ puts: [], outbox: [planEntry({ kind: 'passed', at, image: image.digest })] });
}
