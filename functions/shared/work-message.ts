/** The message that names work (lib/pipeline/ports/work-messages.ts), as a queue brings it. */
import { z } from 'zod';

import { CavendishError } from '../../lib/core/errors/error.ts';

const workMessage = z.object({ id: z.string().min(1), type: z.string().min(1) });

export type NamedWork = z.infer<typeof workMessage>;

/** @throws CavendishError `bad-input` */
export function readWorkMessage(body: unknown): NamedWork {
  const read = workMessage.safeParse(body);
  if (read.success) return read.data;
  throw new CavendishError('bad-input', `not a message that names work: ${z.prettifyError(read.error)}`);
}
