/**
 * Sees to a verdict whose feeds became other versions while it was on its way into the register.
 *
 * Who changes feeds moves the pointers and then looks for the verdicts that are concerned; who records a
 * verdict writes it and then reads the pointers. Whatever their order, one of the two sees the other.
 */
import type { Digest } from '../../core/image/digest.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { planEntry } from './plan-entry.ts';

interface Overtakeable {
  readonly assessment: Pick<Assessment, 'feeds' | 'at' | 'image'>;
  readonly id: Digest;
}

/** Leaves the work of judging the image again where it rests on feeds that are no longer held. */
export async function leaveOvertaken(
  { assessment: { feeds, at, image }, id }: Overtakeable,
  { register, intelligence }: { readonly register: RegisterStore; readonly intelligence: Intelligence },
): Promise<void> {
  const used = new Set(feeds.map(({ hash }) => hash));
  const held = await intelligence.feeds();
  if (held.length === used.size && held.every(({ hash }) => used.has(hash))) return;
  await register.commit({
    puts: [],
    outbox: [planEntry({ kind: 'overtaken', at, image: image.digest, assessment: id })],
  });
}
