/** The risk register, as it is asked for and changed. */
import { z } from 'zod';

import { line } from '../../core/exceptions/texts.ts';
import { digestSchema, stageSchema } from '../../core/image/schemas.ts';
import { SEVERITIES } from '../../core/matching/finding.ts';
import { RISK_STATES, TREATMENTS } from '../../core/risks/risk.ts';
import { parseEnd } from '../../core/time/end.ts';
import { operation, type OperationContext } from '../operations/operation.ts';
import { pageOf, pageSchema } from '../operations/page.ts';
import { ownerOfAsset } from './asset-owner.ts';
import { assignRisk, closeRisk, type Deciding, enterRisk, noRisk, treatRisk } from './change-risks.ts';
import { listRisks, shownTo } from './list-risks.ts';
import { historyOf, placementsOfRisk } from './read-risks.ts';
import { readStoredRisk } from './risk-items.ts';

const id = z.string().regex(/^RISK-[0-9A-HJKMNP-TV-Z]{26}$/u, 'it is the id of a risk, as in RISK-01K…');
const text = line(500);
const name = line(200);
const figure = z.number().min(0).max(1);
const instant = z.iso.datetime();

const filter = {
  owner: name.nullable(),
  asset: z.string().min(1).max(512).nullable(),
  stage: stageSchema.nullable(),
  state: z.enum(RISK_STATES).nullable(),
  treatment: z.enum(TREATMENTS).nullable(),
  due: instant.nullable(),
};

/** Placements that one answer names. */
const MOST_PLACEMENTS = 1000;

export const riskListOperation = operation({
  name: 'risk/list',
  changes: false,
  input: z.strictObject({ ...filter, at: instant.nullable(), ...pageSchema }),
  run: async ({ at, limit, after, ...asked }, context) =>
    await listRisks(asked, at, { limit, after }, listing(context)),
});

/** Everything that the register held at an instant, in whichever state. */
export const registerExportOperation = operation({
  name: 'register/export',
  changes: false,
  input: z.strictObject({ ...filter, at: instant.nullable(), ...pageSchema }),
  run: riskListOperation.run,
});

export const riskShowOperation = operation({
  name: 'risk/show',
  changes: false,
  input: z.strictObject({ id }),
  run: async (asked, context) => {
    const risk = await shownRisk(asked.id, context);
    const placements = await placementsOfRisk(risk, context.register);
    const shown = [...placements].sort((a, b) => Number(a.cleared !== null) - Number(b.cleared !== null));
    return {
      risk,
      placements: shown.slice(0, MOST_PLACEMENTS),
      morePlacements: Math.max(0, shown.length - MOST_PLACEMENTS),
    };
  },
});

export const riskHistoryOperation = operation({
  name: 'risk/history',
  changes: false,
  input: z.strictObject({ id, ...pageSchema }),
  run: async ({ id: asked, ...page }, context) => {
    const { id: known } = await shownRisk(asked, context);
    const changes = await historyOf(known, context.register);
    const counted = changes.map((change, at) => ({ count: String(at).padStart(8, '0'), change }));
    const { rows, next } = pageOf(counted, ({ count }) => count, page);
    return { rows: rows.map(({ change }) => change), next };
  },
});

export const riskAddOperation = operation({
  name: 'risk/add',
  changes: true,
  input: z.strictObject({
    asset: z.string().min(1).max(512),
    title: line(300),
    owner: name.nullable(),
    stages: z.array(stageSchema).min(1).max(3),
    severity: z.enum(SEVERITIES),
    likelihood: figure.nullable(),
    impact: figure.nullable(),
    controls: z.array(text).max(20),
    why: text.nullable(),
  }),
  run: async (given, context) => {
    const assetOwner = ownerOfAsset(given.asset, context.appetite.value);
    return await enterRisk({ ...given, stages: [...new Set(given.stages)].sort(), assetOwner }, deciding(context));
  },
});

export const riskTreatOperation = operation({
  name: 'risk/treat',
  changes: true,
  input: z.strictObject({
    id,
    kind: z.enum(TREATMENTS),
    /** A day, which ends where the programme is at home, or an instant. */
    due: z.string().max(40).nullable(),
    exception: z.string().min(1).max(64).nullable(),
    controls: z.array(text).max(20).nullable(),
    why: text,
  }),
  run: async ({ due, ...given }, context) => {
    const end = due === null ? null : parseEnd(due, context.appetite.value.zone).at;
    return await treatRisk({ ...given, due: end }, deciding(context));
  },
});

export const riskAssignOperation = operation({
  name: 'risk/assign',
  changes: true,
  /** Owner null: the asset's owner. */
  input: z.strictObject({ id, owner: name.nullable(), why: text.nullable() }),
  run: async (given, context) => await assignRisk(given, deciding(context)),
});

export const riskCloseOperation = operation({
  name: 'risk/close',
  changes: true,
  input: z.strictObject({ id, why: text, evidence: digestSchema.nullable() }),
  run: async (given, context) => await closeRisk(given, deciding(context)),
});

async function shownRisk(id_: string, context: OperationContext) {
  const stored = await readStoredRisk(id_, context.register);
  if (stored === null || !shownTo(listing(context))(stored.risk)) throw noRisk(id_);
  return stored.risk;
}

function listing(context: OperationContext) {
  return { register: context.register, caller: context.caller, appetite: () => context.appetite.value };
}

function deciding({ register, at, caller: { principal, person } }: OperationContext): Deciding {
  return { register, at, by: { principal, person } };
}
