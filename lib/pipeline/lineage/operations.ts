/** Families of images and their bases, as they are asked for and approved. */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { STAGES } from '../../core/image/stage.ts';
import { type Sees, seesEverything, seesOf } from '../../core/people/sees.ts';
import { instantSchema, lineSchema, nameSchema } from '../operations/fields.ts';
import { operation, type OperationContext } from '../operations/operation.ts';
import { signedBy } from '../operations/signed.ts';
import { type BaseChange, changeApproval } from './approve-base.ts';
import { findImages } from './find-images.ts';
import { knownBases } from './known-bases.ts';
import { newestOf } from './lineage-of.ts';
import { readBases } from './read-bases.ts';
import { readFamily } from './read-family.ts';
import { readGraph } from './read-graph.ts';
import { type FamilyTree, type Member, readTree, type Tree } from './read-tree.ts';

export const treeOperation = operation({
  name: 'lineage/tree',
  changes: false,
  input: z.strictObject({ image: nameSchema }),
  run: async ({ image }, context): Promise<readonly FamilyTree[]> => {
    const { register, caller } = context;
    const trees = await Promise.all((await findImages(image, register, 'all')).map((one) => readTree(one, register)));
    if (seesEverything(caller)) return trees;
    const seen = trees.flatMap((tree) => seenOf(tree, seesOf(context)) ?? []);
    if (seen.length > 0) return seen;
    throw new CavendishError('not-found', `nothing of yours is called "${image}", or is built on it`, {
      next: 'See what is there: cavendish images --all',
    });
  },
});

/** Of a family, what the caller owns: images that stand nowhere else are left out. */
function seenOf({ bases, image, complete }: FamilyTree, sees: Sees): FamilyTree | null {
  const tree = seenTree(image, sees);
  return tree === null ? null : { bases: bases.map((base) => seenMember(base, sees)), image: tree, complete };
}

function seenTree({ clones, ...rest }: Tree, sees: Sees): Tree | null {
  const seen = { ...seenMember(rest, sees), clones: clones.flatMap((clone) => seenTree(clone, sees) ?? []) };
  return seen.standing.length === 0 && seen.clones.length === 0 ? null : seen;
}

function seenMember<T extends Member>(member: T, sees: Sees): T {
  return { ...member, standing: member.standing.filter(({ placement }) => sees(placement.repository)) };
}

export const basesOperation = operation({
  name: 'lineage/bases',
  changes: false,
  input: z.strictObject({ base: nameSchema.nullable() }),
  run: async ({ base }, context) => {
    const { register, appetite, at, caller } = context;
    const only = base === null ? undefined : (await findImages(base, register, 'all')).map(({ image }) => image);
    const bases = await readBases({ ...context, appetite: appetite.value, at }, only);
    if (seesEverything(caller)) return bases;
    const sees = seesOf(context);
    return bases.flatMap((one) => {
      const clones = one.clones.filter(({ placement }) => sees(placement.repository));
      const stages = STAGES.filter((stage) => clones.some((clone) => clone.stage === stage));
      return clones.length === 0 ? [] : [{ ...one, clones, stages, owners: [] }];
    });
  },
});

export const graphOperation = operation({
  name: 'lineage/graph',
  changes: false,
  input: z.strictObject({}),
  run: async (_, { register }) => await readGraph(register),
});

export const listBasesOperation = operation({
  name: 'base/list',
  changes: false,
  input: z.strictObject({}),
  run: async (_, { register }) => {
    const family = readFamily(register);
    return await Promise.all(
      (await knownBases(register, family)).map(async (base) => ({
        ...base,
        newest: await newestOf(base.facts, null, family),
      })),
    );
  },
});

const said = { base: nameSchema, by: lineSchema.max(200).nullable(), why: lineSchema.nullable() };

export const approveBaseOperation = operation({
  name: 'base/approve',
  changes: true,
  openOnLaptop: true,
  input: z.strictObject({ ...said, stages: z.array(z.enum(STAGES)).min(1).max(20).readonly(), until: instantSchema }),
  run: async ({ base, stages, until, by: given, why }, context) => {
    const by = signedBy(context.caller, given);
    return await change(
      base,
      { approval: { stages: [...new Set(stages)], until, by }, by, why, at: context.at },
      context,
    );
  },
});

export const revokeBaseOperation = operation({
  name: 'base/revoke',
  changes: true,
  openOnLaptop: true,
  input: z.strictObject(said),
  run: async ({ base, by, why }, context) =>
    await change(base, { approval: null, by: signedBy(context.caller, by), why, at: context.at }, context),
});

/** For the newest builds of that name: each platform one. */
async function change(base: string, made: BaseChange, { register }: Pick<OperationContext, 'register'>) {
  const images = await findImages(base, register, 'newest');
  for (const { image } of images) await changeApproval(image, made, register);
  return images.map(({ image, platform }) => ({ image, platform, ...made }));
}
