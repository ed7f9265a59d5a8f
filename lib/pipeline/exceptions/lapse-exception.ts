/** Ends an exception that a verdict found lapsed: it covers nothing there already, and from now on nothing anywhere. */
import { z } from 'zod';

import { digestSchema } from '../../core/image/schemas.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { Work } from '../ports/work-queue.ts';
import { endIfGranted } from './end-exception.ts';

const job = z.object({ id: z.string(), why: z.string(), assessment: digestSchema });

export async function lapseException(
  { body, at }: Work,
  { register }: { readonly register: RegisterStore },
): Promise<void> {
  const { id, why } = job.parse(body);
  await endIfGranted(id, { how: 'lapsed', at, by: null, why }, register);
}
