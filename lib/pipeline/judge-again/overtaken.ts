/**
 * Sees to a verdict whose feeds or appetite became other versions while it was on its way into the register,
 * or whose exceptions were granted or ended meanwhile, or of whose image another scanner's opinion came.
 *
 * Who changes them moves the pointers and then looks for the verdicts that are concerned; who records a
 * verdict writes it and then reads the pointers. Whatever their order, one of the two sees the other.
 */
import type { Digest } from '../../core/image/digest.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { adoptionInForce } from '../appetite/in-force.ts';
import { standing } from '../exceptions/in-force.ts';
import type { Intelligence } from '../ports/intelligence.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { opinionDigests } from '../second-opinion/opinions-of.ts';
import { planEntry } from './plan-entry.ts';

interface Overtakeable {
  readonly assessment: Pick<
    Assessment,
    'feeds' | 'appetite' | 'asset' | 'at' | 'image' | 'inputs' | 'placement' | 'stage'
  >;
  readonly id: Digest;
}

/** Leaves the work of judging the image again where it rests on what no longer counts, or not on what does. */
export async function leaveOvertaken(
  { assessment, id }: Overtakeable,
  { register, intelligence }: { readonly register: RegisterStore; readonly intelligence: Intelligence },
): Promise<void> {
  const { feeds, appetite, at, image } = assessment;
  const used = new Set(feeds.map(({ hash }) => hash));
  const held = await intelligence.feeds();
  const adopted = await adoptionInForce(register);
  const isInForce = adopted === null || adopted.hash === appetite.hash;
  const isHeld = held.length === used.size && held.every(({ hash }) => used.has(hash));
  if (isInForce && isHeld && (await restsOnWhatStands(assessment, register))) return;
  await register.commit({
    puts: [],
    outbox: [planEntry({ kind: 'overtaken', at, image: image.digest, assessment: id })],
  });
}

async function restsOnWhatStands(
  { asset, stage, at, image: { digest }, placement, inputs }: Overtakeable['assessment'],
  register: RegisterStore,
): Promise<boolean> {
  const { repository, lineage, exceptions } = inputs;
  const known = await standing({ repository, asset: asset?.id ?? null, digest, stage, lineage }, at, register);
  if (!isSame(known, exceptions)) return false;
  return placement === null || isSame(await opinionDigests(placement, register), inputs.opinions ?? []);
}

function isSame(known: readonly Digest[], used: readonly Digest[]): boolean {
  return known.length === used.length && known.every((hash, index) => hash === used[index]);
}
