/** What other scanners say of a placement, as the register holds it: an item a scanner. */
import { z } from 'zod';

import type { Cause } from '../../core/again/cause.ts';
import type { Placement } from '../../core/image/placement.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import type { OpinionFinding } from '../../core/opinions/opinion.ts';
import { placementPartition, SECOND_OPINION_PREFIX, secondOpinionKey } from '../../core/register/keys.ts';
import { countsOf } from '../../core/scoring/counts.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { replace } from '../record-assessment/current-items.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';

const imported = z.object({
  /** ISO 8601. */
  at: z.string(),
  by: z.object({ principal: z.string(), person: z.string().nullable() }).readonly(),
  /** How it was made sure that the report is about the image. */
  compared: z.string(),
  /** Why it was taken though it is about another one; null where it is not. */
  forced: z.string().nullable(),
});

const opinionItem = z.object({
  scanner: z.string(),
  version: z.string().nullable().default(null),
  /** `none`: the scanner says nothing, which is not "clean". */
  state: z.enum(['complete', 'none']),
  /** In words, where that is from. */
  said: z.string(),
  /** ISO 8601; null where there is no scan. */
  completedAt: z.string().nullable(),
  /** The opinion whole, as evidence; null where it says nothing, and in items of before opinions were compared by package. */
  opinion: digestSchema.nullable().default(null),
  /** Distinct vulnerabilities by severity; none are left out. */
  counts: z.record(z.string(), z.number()),
  /** Null where the home asked the scanner itself. */
  imported: imported.readonly().nullable().default(null),
});

export type OpinionItem = Readonly<z.output<typeof opinionItem>>;

/** In the order of scanners' names. */
export async function readOpinionItems(placement: Placement, register: RegisterStore): Promise<readonly OpinionItem[]> {
  const items = await readAll(register, { pk: placementPartition(placement), beginsWith: SECOND_OPINION_PREFIX });
  return items.map(({ body }): OpinionItem => opinionItem.parse(body));
}

/**
 * Keeps an opinion in the place of an older one of the same scanner, and leaves the work of judging the image by it.
 *
 * @param at - ISO 8601: the instant of the change
 * @returns `older` where a newer one is held, and `known` where this very one is
 */
export async function keepOpinion(
  placement: Placement,
  next: OpinionItem,
  at: string,
  register: RegisterStore,
): Promise<'kept' | 'known' | 'older'> {
  const key = secondOpinionKey(placement, next.scanner);
  return await untilNoConflict(async () => {
    const stored = await register.get(key);
    const before = stored === null ? null : opinionItem.parse(stored.body);
    // A late event, or an old report, does not put an older result or none in the place of a newer one.
    if (before !== null && (before.completedAt ?? '') > (next.completedAt ?? '')) return 'older';
    const isKnown =
      before?.opinion === next.opinion && before.completedAt === next.completedAt && before.said === next.said;
    if (isKnown) return 'known';
    const cause: Cause = { kind: 'opinion', at, image: placement.digest, scanner: next.scanner };
    await register.commit({
      puts: [replace(stored, { ...key, body: { ...next } })],
      // What is no opinion, before and after, changes no verdict.
      ...((before?.opinion ?? null) !== next.opinion && { outbox: [planEntry(cause)] }),
    });
    return 'kept';
  });
}

/** Severities that nobody gives are left out. */
export function opinionCounts(
  findings: readonly Pick<OpinionFinding, 'vulnerability' | 'severity'>[],
): OpinionItem['counts'] {
  return Object.fromEntries(Object.entries(countsOf(findings)).filter(([, count]) => count > 0));
}
