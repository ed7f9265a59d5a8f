/** Ladders of exceptions in force that nobody has looked at yet: what was to bring them was lost, or is older than they. */
import type { LadderName } from '../../core/reminders/dated.ts';
import { readEnds } from '../exceptions/read-ends.ts';
import type { RegisterStore } from '../ports/register-store.ts';

/**
 * @param known - ladders that are looked at anyhow
 * @returns also those of which nothing comes due: an exception without a review has no ladder for it
 */
export async function missingLadders(
  known: readonly LadderName[],
  now: Date,
  register: RegisterStore,
): Promise<readonly LadderName[]> {
  const ends = await readEnds([now.toISOString(), '~'], register);
  const there = new Set(known.map(({ kind, subject }) => `${kind}#${subject}`));
  return ends
    .flatMap(({ exception: subject }) => (['expiry', 'review'] as const).map((kind) => ({ kind, subject })))
    .filter(({ kind, subject }) => !there.has(`${kind}#${subject}`));
}
