/** The appetite of a home, as it is asked for and changed. */
import { z } from 'zod';

import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { digestOf } from '../../core/canonical/canonical.ts';
import { operation } from '../operations/operation.ts';
import { pageSchema } from '../operations/page.ts';
import { adoptAppetite } from './adopt.ts';
import { findVersion } from './find-version.ts';
import { readAdoptions } from './read-adoptions.ts';
import { rehearse } from './rehearse.ts';

/** A file, as somebody holds it. What it says is checked by who reads it. */
const file = {
  text: z.string().max(1_000_000),
  /** What it is called in messages. */
  name: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'it is one line'),
};

const why = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'it is one line');

/** Placements that one answer judges at most: over HTTP it has half a minute. */
const MOST_PLACEMENTS = 50;

export const adoptOperation = operation({
  name: 'appetite/adopt',
  changes: true,
  input: z.strictObject({ ...file, why }),
  run: async (proposal, { register, evidence, caller, at, appetite }) =>
    await adoptAppetite(proposal, { register, evidence, caller, at, appetite }),
});

export const showOperation = operation({
  name: 'appetite/show',
  changes: false,
  /** A digest of a version that was in force, or the beginning of it; null: the one that is. */
  input: z.strictObject({ version: z.string().max(80).nullable() }),
  run: async ({ version }, { register, evidence, appetite }) =>
    await findVersion(version, { register, evidence, appetite }),
});

export const historyOperation = operation({
  name: 'appetite/history',
  changes: false,
  input: z.strictObject(pageSchema),
  run: async (page, { register }) => await readAdoptions(page, register),
});

export const rehearseOperation = operation({
  name: 'appetite/rehearse',
  changes: false,
  input: z.strictObject({ ...file, ...pageSchema, limit: z.int().min(1).max(MOST_PLACEMENTS) }),
  run: async ({ text, name, limit, after }, { register, evidence, appetite }) => {
    const other = { hash: digestOf(new TextEncoder().encode(text)), source: name, value: parseAppetite(text, name) };
    return await rehearse({ other, limit, after }, { register, evidence, appetite });
  },
});
