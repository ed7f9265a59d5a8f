/** Advises on the base of an assessed image: to which base to move, and what that would change. */
import type { Digest } from '../../core/image/digest.ts';
import type { Advice, Target } from '../../core/lineage/advice.ts';
import { isApproved } from '../../core/lineage/approval.ts';
import { type Base, baseOf, nameOf } from '../../core/lineage/lineage.ts';
import { newestBuild } from '../../core/lineage/newest-build.ts';
import { type Changes, whatChanges } from '../../core/lineage/what-changes.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { type KnownBase, knownBases } from './known-bases.ts';
import { type Knowing, knownFindings, knownInventory, readOnce } from './known-findings.ts';
import { newestOf } from './lineage-of.ts';
import { type Family, readFamily } from './read-family.ts';

/**
 * Advises on many: what they have in common is read once.
 *
 * @param at - ISO 8601: approvals count as of then, whenever an image was judged
 */
export function adviser(
  at: string,
  { register, evidence, intelligence }: Knowing,
): (assessment: Assessment) => Promise<Advice | null> {
  const family = readFamily(register);
  const known = knownOnce(register, family);
  const knowing = { register, evidence, intelligence: readOnce(intelligence) };
  return async (assessment) => {
    const { bases } = assessment.inputs.lineage;
    if (bases.length === 0) return null;
    const approved = (await known()).filter(({ approval }) => isApproved(approval, assessment.stage, at));
    return await adviseOn({ assessment, approved, at, family, knowing });
  };
}

function knownOnce(register: RegisterStore, family: Family): () => Promise<readonly KnownBase[]> {
  let reading: Promise<readonly KnownBase[]> | null = null;
  return () => (reading ??= knownBases(register, family));
}

/**
 * Of its bases the nearest of which there is something to say: an image may be built on the newest build
 * of one that is itself built on an outdated one. Null where every base is the newest and, where bases
 * are approved at all, the nearest approved.
 */
async function adviseOn(asked: Asked): Promise<Advice | null> {
  const { lineage } = asked.assessment.inputs;
  const nearest = baseOf(lineage);
  for (const base of lineage.bases.filter(({ own }) => !own)) {
    const advice = await adviseOnBase(base, base === nearest, asked);
    if (advice !== null) return advice;
  }
  return null;
}

interface Asked {
  readonly assessment: Assessment;
  readonly approved: readonly KnownBase[];
  readonly at: string;
  readonly family: Family;
  readonly knowing: Knowing;
}

/** @param nearest - what an image is built on is to be approved, and not what that is built on */
async function adviseOnBase(judged: Base, nearest: boolean, asked: Asked): Promise<Advice | null> {
  const { assessment, family, knowing } = asked;
  const facts = await family.facts(judged.image);
  if (facts === null) return null;
  const approved = asked.approved.filter((base) => base.facts.platform === facts.platform);
  const newest = await newestOf(facts, assessment.image.digest, family);
  const isOne = approved.some((base) => base.facts.image === judged.image);
  const unapproved = nearest && approved.length > 0 && !isOne;
  if (!unapproved && newest === null) return null;

  const to =
    (await newestApproved(judged, approved, family)) ??
    (unapproved ? await mostAlike(judged, approved, knowing) : null) ??
    (newest === null ? null : { ...newest, approved: false });
  const base = { image: judged.image, name: nameOf(judged) };
  const changes = await changesTo(to, judged, asked);
  return { base, unapproved, outdated: newest !== null, to, changes };
}

/** The newest build of the base's names that is approved; null where there is none, and where the base is that. */
async function newestApproved(base: Base, approved: readonly KnownBase[], family: Family): Promise<Target | null> {
  const builds = (await Promise.all((await family.names(base.image)).map(({ name }) => family.builds(name)))).flat();
  const allowed = approved.filter(({ facts }) => builds.some(({ image }) => image === facts.image));
  const newest = newestBuild(
    allowed.map(({ facts }) => facts),
    allowed[0]?.facts.platform ?? '',
  );
  const found = allowed.find(({ facts }) => facts === newest);
  return found === undefined || found.facts.image === base.image ? null : targetOf(found);
}

/** Of the approved bases the one that shares most source packages with the base; null where none shares any. */
async function mostAlike(base: Base, approved: readonly KnownBase[], knowing: Knowing): Promise<Target | null> {
  const ours = await sourcesOf(base.image, knowing);
  let best: { readonly likeness: number; readonly base: KnownBase } | null = null;
  for (const one of approved) {
    const theirs = await sourcesOf(one.facts.image, knowing);
    const shared = [...ours].filter((name) => theirs.has(name)).length;
    const likeness = shared === 0 ? 0 : shared / (ours.size + theirs.size - shared);
    if (likeness > (best?.likeness ?? 0)) best = { likeness, base: one };
  }
  return best === null ? null : targetOf(best.base);
}

async function sourcesOf(image: Digest, knowing: Knowing): Promise<ReadonlySet<string>> {
  const inventory = await knownInventory(image, knowing);
  return new Set((inventory?.packages ?? []).map(({ ecosystem, source }) => `${ecosystem ?? ''} ${source.name}`));
}

function targetOf({ facts: { image, created }, names }: KnownBase): Target {
  return { image, created, name: names[0] ?? '', approved: true };
}

/** Both sides on the intelligence of now: what differs is the builds'. */
async function changesTo(
  to: Target | null,
  base: Base,
  { assessment: { image, inputs }, at, knowing }: Asked,
): Promise<Changes | null> {
  if (to === null) return null;
  // What nearer bases brought stays, as what is the image's own.
  const bases = inputs.lineage.bases.slice(inputs.lineage.bases.indexOf(base));
  const clone = await knownFindings(image.digest, at, knowing, { ...inputs.lineage, bases });
  const other = await knownFindings(to.image, at, knowing);
  return clone === null || other === null ? null : whatChanges(clone, other);
}
