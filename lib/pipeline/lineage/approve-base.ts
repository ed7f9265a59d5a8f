/**
 * Approves a base for stages until an instant, or takes that back. Every change stays, with who made
 * it and why; the image and its clones are judged again.
 */
import { z } from 'zod';

import { contentId } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { type Digest, shortDigest } from '../../core/image/digest.ts';
import { approvalSchema } from '../../core/lineage/approval.ts';
import {
  BASE_CHANGE_PREFIX,
  baseApprovalKey,
  baseChangeKey,
  baseKey,
  factsKey,
} from '../../core/register/index-keys.ts';
import { planEntry } from '../judge-again/plan-entry.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { remindersEntry } from '../reminders/reminders-entry.ts';

const baseChange = z.object({
  approval: approvalSchema.nullable(),
  by: z.string(),
  why: z.string().nullable(),
  /** ISO 8601. */
  at: z.string(),
});

/** Of an approval: null where it was taken back. */
export type BaseChange = Readonly<z.infer<typeof baseChange>>;

/**
 * @throws CavendishError `bad-input` where the approval is over before it begins, or there is none to
 *   take back; `not-found` where the image was never scanned here
 */
export async function changeApproval(image: Digest, change: BaseChange, register: RegisterStore): Promise<void> {
  const { approval, at } = change;
  if (approval !== null && approval.until <= at) {
    throw new CavendishError('bad-input', `the approval would have ended before it began: ${approval.until}`, {
      next: 'Name a later --until.',
    });
  }
  await untilNoConflict(() => tryToChange(image, change, register));
}

async function tryToChange(image: Digest, change: BaseChange, register: RegisterStore): Promise<void> {
  const [facts, stored, listed] = await Promise.all([
    register.get(factsKey(image)),
    register.get(baseApprovalKey(image)),
    register.get(baseKey(image)),
  ]);
  if (facts === null) {
    throw new CavendishError('not-found', `${shortDigest(image)} was never scanned here`, {
      next: 'Push it, or add it as a base: cavendish base add REFERENCE --name NAME',
    });
  }
  if (change.approval === null && (stored?.body['approval'] ?? null) === null) {
    throw new CavendishError('bad-input', `${shortDigest(image)} is not approved: there is nothing to take back`);
  }
  const approval: Put = {
    item: { ...baseApprovalKey(image), body: { ...change } },
    when: stored === null ? 'absent' : { version: stored.version },
  };
  await register.commit({
    puts: [approval, ...(listed === null ? [{ item: { ...baseKey(image), body: {} }, when: 'absent' as const }] : [])],
    history: [{ ...baseChangeKey(image, change.at, contentId(change)), body: { ...change } }],
    outbox: [planEntry({ kind: 'approval', at: change.at, image }), remindersEntry('approval', image, change)],
  });
}

/** The approval as it is, with who gave it and when; null where nobody ever said anything. */
export async function readBaseApproval(image: Digest, register: RegisterStore): Promise<BaseChange | null> {
  const stored = await register.get(baseApprovalKey(image));
  return stored === null ? null : baseChange.parse(stored.body);
}

/** Every change of a base's approval, the newest first. */
export async function approvalChanges(image: Digest, register: RegisterStore): Promise<readonly BaseChange[]> {
  const { pk } = baseApprovalKey(image);
  const items = await readAll(register, { pk, beginsWith: BASE_CHANGE_PREFIX, order: 'descending' });
  return items.map(({ body }) => baseChange.parse(body));
}
