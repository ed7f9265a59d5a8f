/** Ladders of exceptions in force that nobody has looked at yet: what was to bring them was lost, or is older than they. */
import { z } from 'zod';

import { EXCEPTION_ENDS_PARTITION } from '../../core/register/exception-keys.ts';
import type { LadderName } from '../../core/reminders/dated.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

const endBody = z.object({ exception: z.string() });

/**
 * @param known - ladders that are looked at anyhow
 * @returns also those of which nothing comes due: an exception without a review has no ladder for it
 */
export async function missingLadders(
  known: readonly LadderName[],
  now: Date,
  register: RegisterStore,
): Promise<readonly LadderName[]> {
  const ends = await readAll(register, { pk: EXCEPTION_ENDS_PARTITION, between: [now.toISOString(), '~'] });
  const there = new Set(known.map(({ kind, subject }) => `${kind}#${subject}`));
  return ends
    .map(({ body }) => endBody.parse(body).exception)
    .flatMap((subject) => (['expiry', 'review'] as const).map((kind) => ({ kind, subject })))
    .filter(({ kind, subject }) => !there.has(`${kind}#${subject}`));
}
