/**
 * What ended badly, as one list: letters of the dead-letter queue, and work that was set aside in the
 * outbox. Work that was set aside has a letter as well, as a rule: the two are one.
 */
import { z } from 'zod';

import type { HeldLetter } from '../ports/dead-letter-box.ts';
import type { WorkQueue } from '../ports/work-queue.ts';

export interface DeadLetter {
  /** Of the work, where it is about work; of the message otherwise. */
  readonly id: string;
  readonly source: string;
  readonly cause: string;
  /** When it became one (ISO 8601, UTC); null where only the outbox knows of it. */
  readonly at: string | null;
  /** The type of the work that it is about; null where it is about none. */
  readonly work: string | null;
  /** As it came; null where only the outbox knows of it. */
  readonly body: string | null;
}

export interface Entry extends DeadLetter {
  /** Set aside in the outbox. */
  readonly buried: boolean;
  /** The letters that say so. */
  readonly letters: readonly HeldLetter[];
}

type Buried = Awaited<ReturnType<WorkQueue['state']>>['buried'];

const workMessage = z.object({ id: z.string().min(1), type: z.string().min(1) });

/** The work that a letter names; null where it names none. */
function workOf({ body }: HeldLetter): z.infer<typeof workMessage> | null {
  try {
    return workMessage.safeParse(JSON.parse(body)).data ?? null;
  } catch (error) {
    if (Error.isError(error) && error.name === 'SyntaxError') return null;
    throw error;
  }
}

const DIED = 'its function ended without a word, five times: out of time or memory';

export function entriesOf(letters: readonly HeldLetter[], buried: Buried): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const letter of letters) {
    const work = letter.source === 'events' ? null : workOf(letter);
    const id = work?.id ?? letter.id;
    const before = entries.get(id);
    entries.set(id, {
      id,
      source: letter.source ?? 'unknown',
      cause: letter.cause ?? DIED,
      at: letter.at,
      work: work?.type ?? null,
      body: letter.body,
      buried: false,
      letters: [...(before?.letters ?? []), letter],
    });
  }
  for (const { id, type, cause } of buried) {
    const letter = entries.get(id) ?? { source: 'outbox', at: null, body: null, letters: [] };
    entries.set(id, { ...letter, id, cause, work: type, buried: true });
  }
  return [...entries.values()].sort((a, b) => order(a.at ?? '', b.at ?? '') || order(a.id, b.id));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
