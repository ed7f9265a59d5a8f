/** Reads what comes due from what is stored of it: exceptions, risks, validations, approvals. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import type { ReminderKind } from '../../core/appetite/reminder-policy.ts';
import { type Exception, exceptionSchema } from '../../core/exceptions/exception.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { exceptionKey, renewedKey } from '../../core/register/exception-keys.ts';
import type { Dated, LadderName } from '../../core/reminders/dated.ts';
import { datedOfApproval, datedOfEvidence, datedOfException, datedOfRisk } from '../../core/reminders/dated-of.ts';
import { changesOf } from '../exceptions/exception-items.ts';
import { readBaseApproval } from '../lineage/approve-base.ts';
import { readFamily } from '../lineage/read-family.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readStoredRisk } from '../risks/risk-items.ts';
import { readValidations } from '../validations/read-validations.ts';

export interface ReadingDated {
  readonly register: RegisterStore;
  readonly appetite: Pick<Appetite, 'assets' | 'reminders' | 'zone'>;
}

type Read = (subject: string, reading: ReadingDated) => Promise<readonly Dated[]>;

const READ: Readonly<Record<ReminderKind, Read>> = {
  expiry: datesOfException,
  review: datesOfException,
  risk: datesOfRisk,
  evidence: datesOfEvidence,
  approval: datesOfApproval,
};

/** @returns null where nothing comes due: it was dealt with, or it is not there */
export async function readDated({ kind, subject }: LadderName, reading: ReadingDated): Promise<Dated | null> {
  const all = await READ[kind](subject, reading);
  return all.find((one) => one.kind === kind) ?? null;
}

async function datesOfException(id: string, { register }: ReadingDated): Promise<readonly Dated[]> {
  const stored = await register.get(exceptionKey(id));
  if (stored === null) return [];
  const exception = exceptionSchema.parse(stored.body);
  // What was renewed after its end is dealt with, too.
  if (exception.ended !== null && (await register.get(renewedKey(id))) !== null) return [];
  return datedOfException(exception, await lastReview(exception, register));
}

/** When its last review was answered; null where it never was. */
async function lastReview({ id, review, terms }: Exception, register: RegisterStore): Promise<string | null> {
  if (review === null || review.at === terms.review?.at) return null;
  return (await changesOf(id, register)).findLast(({ did }) => did === 'reviewed')?.at ?? null;
}

async function datesOfRisk(id: string, { register, appetite }: ReadingDated): Promise<readonly Dated[]> {
  const stored = await readStoredRisk(id, register);
  return stored === null ? [] : datedOfRisk(stored.risk, appetite.zone);
}

async function datesOfEvidence(asset: string, { register, appetite }: ReadingDated): Promise<readonly Dated[]> {
  const { zone, assets, reminders } = appetite;
  const owner = assets.find(({ id }) => id === asset)?.owner ?? null;
  const { afterDays } = reminders.evidence;
  return datedOfEvidence(await readValidations(asset, register), { afterDays, zone, owner });
}

async function datesOfApproval(subject: string, { register, appetite }: ReadingDated): Promise<readonly Dated[]> {
  const image = digestSchema.parse(subject);
  const stored = await readBaseApproval(image, register);
  if (stored === null) return [];
  const [name] = await readFamily(register).names(image);
  const { approval, at, why } = stored;
  return datedOfApproval(image, approval, { since: at, zone: appetite.zone, name: name?.shown ?? null, why });
}
