/** When granted exceptions end. What ended before its time is among them: who reads this asks the exception. */
import { z } from 'zod';

import { EXCEPTION_ENDS_PARTITION } from '../../core/register/exception-keys.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';

interface End {
  readonly exception: string;
  /** ISO 8601 */
  readonly at: string;
}

const endBody = z.object({ exception: z.string() });

/** @param between - beginnings of sort keys: an instant, and what lies behind all that is meant */
export async function readEnds(
  between: readonly [from: string, to: string],
  register: RegisterStore,
): Promise<readonly End[]> {
  const rows = await readAll(register, { pk: EXCEPTION_ENDS_PARTITION, between });
  return rows.map(({ sk, body }) => ({ ...endBody.parse(body), at: sk.slice(0, sk.indexOf('#')) }));
}
