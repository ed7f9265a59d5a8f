/**
 * Sees to a verdict whose feeds or appetite became other versions while it was on its way into the register.
 *
 * Who changes them moves the pointers and then looks for the verdicts that are concerned; who records a
 * verdict writes it and then reads the pointers. Whatever their order, one of the two sees the other.
 */
import type { Digest } from '../../core/image/digest.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { adoptionInForce } from '../appetite/in-force.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { planEntry } from './plan-entry.ts';

interface Overtakeable {
  readonly assessment: Pick<Assessment, 'feeds' | 'appetite' | 'at' | 'image'>;
  readonly id: Digest;
}

/** Leaves the work of judging the image again where it rests on feeds, or an appetite, that no longer count. */
export async function leaveOvertaken(
  { assessment: { feeds, appetite, at, image }, id }: Overtakeable,
  { register, intelligence }: { readonly register: RegisterStore; readonly intelligence: Intelligence },
): Promise<void> {
  const used = new Set(feeds.map(({ hash }) => hash));
  const held = await intelligence.feeds();
  const adopted = await adoptionInForce(register);
  const isInForce = adopted === null || adopted.hash === appetite.hash;
  if (isInForce && held.length === used.size && held.every(({ hash }) => used.has(hash))) return;
  await register.commit({
    puts: [],
    outbox: [planEntry({ kind: 'overtaken', at, image: image.digest, assessment: id })],
  });
}
