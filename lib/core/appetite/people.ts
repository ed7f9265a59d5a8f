/**
 * The people of the programme: who a principal is, what is theirs, and what they may approve.
 *
 * Decisions are of people. One person may come as several principals; these are one person, and none of
 * them approves what another asked for.
 */
import type { Stage } from '../image/stage.ts';
import type { Appetite, Asset } from './appetite.ts';
import type { Criticality } from './criticality.ts';
import type { ApproverRule } from './exception-policy.ts';
import type { Person } from './person.ts';

/** What an approval is about: one asset in one stage. */
interface Approved {
  readonly stage: Stage;
  readonly criticality: Criticality;
  /** Null where no asset names the repository. */
  readonly asset: string | null;
}

/** Null where nobody comes as this principal. */
export function personOf({ people }: Pick<Appetite, 'people'>, principal: string): Person | null {
  return people.find(({ principals }) => principals.includes(principal)) ?? null;
}

/** Null where nobody has the name. */
export function personNamed({ people }: Pick<Appetite, 'people'>, name: string): Person | null {
  return people.find((person) => person.name === name) ?? null;
}

/** The role approver, and a rule of the appetite that fits where it has any. */
export function mayApprove(
  { exceptions: { approvers } }: Pick<Appetite, 'exceptions'>,
  person: Pick<Person, 'name' | 'roles'>,
  about: Approved,
): boolean {
  if (!person.roles.includes('approver')) return false;
  return approvers.length === 0 || approvers.some((rule) => fits(rule, person, about));
}

function fits(
  { people, stages, criticality, assets }: ApproverRule,
  { name }: Pick<Person, 'name'>,
  about: Approved,
): boolean {
  return (
    (people?.includes(name) ?? true) &&
    (stages?.includes(about.stage) ?? true) &&
    (criticality?.includes(about.criticality) ?? true) &&
    (assets === null || (about.asset !== null && assets.includes(about.asset)))
  );
}

/** Whether an owner, as an asset or `unnamed` says it, is the person: by name, by a team, or by address. */
export function isOwner({ name, email, teams }: Pick<Person, 'name' | 'email' | 'teams'>, owner: string): boolean {
  return owner === name || owner === email || teams.includes(owner);
}

/** The assets that are the person's own. */
export function ownAssets(
  { assets }: Pick<Appetite, 'assets'>,
  person: Pick<Person, 'name' | 'email' | 'teams'>,
): readonly Asset[] {
  return assets.filter(({ owner }) => isOwner(person, owner));
}
