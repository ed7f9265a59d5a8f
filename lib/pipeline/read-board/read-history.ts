/** The assessments of a placement, the newest first. */
import { z } from 'zod';

import { digestSchema } from '../../core/image/schemas.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from './read-board.ts';

const placed = z.object({ assessment: digestSchema, verdict: z.string() });

export type HistoryEntry = Readonly<z.infer<typeof placed>> & { readonly at: string };

const PREFIX = 'ASSESSMENT#';

export async function readHistory(register: RegisterStore, partition: string): Promise<readonly HistoryEntry[]> {
  const items = await readAll(register, { pk: partition, beginsWith: PREFIX, order: 'descending' });
  return items.map(({ sk, body }) => ({ at: sk.slice(PREFIX.length).split('#', 1)[0] ?? '', ...placed.parse(body) }));
}
