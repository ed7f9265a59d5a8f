/** What EventBridge puts around every event ("AWS service event metadata", EventBridge User Guide). */
import { z } from 'zod';

import { CavendishError } from '../../../core/errors/error.ts';

const envelope = z.object({
  id: z.string().min(1).max(200),
  'detail-type': z.string(),
  source: z.string(),
  account: z.string().regex(/^\d{12}$/u, 'not an account number'),
  region: z.string().regex(/^[a-z0-9-]{1,40}$/u, 'not a Region'),
  time: z.string().transform((text, context) => {
    const instant = new Date(text);
    if (!Number.isNaN(instant.getTime())) return instant.toISOString();
    context.addIssue({ code: 'custom', message: 'not a date and time' });
    return z.NEVER;
  }),
  detail: z.looseObject({}),
});

export type Envelope = Readonly<z.output<typeof envelope>>;

/** @throws CavendishError `bad-input` that names the member */
export function readEnvelope(event: unknown): Envelope {
  return readPart(event, envelope, 'the event');
}

/** @throws CavendishError `bad-input` that names the member */
export function readPart<T>(value: unknown, schema: z.ZodType<T>, what: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new CavendishError('bad-input', `${what} is not what it should be${where}: ${issue?.message ?? 'unreadable'}`);
}
