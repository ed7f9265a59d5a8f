/** What of the images a caller gets to see. */
import type { Appetite } from '../appetite/appetite.ts';
import { assetOf } from '../appetite/asset-of.ts';
import { isOwner, personNamed } from '../appetite/people.ts';
import type { Caller } from './caller.ts';
import type { Role } from './roles.ts';

/** They decide on what others own, look over it, or keep it running. */
const SEE_ALL: readonly Role[] = ['approver', 'auditor', 'operator'];

/** By the name of a repository; null for an image that stands nowhere. */
export type Sees = (repository: string | null) => boolean;

/** On a laptop everybody, since names are no proof there. */
export function seesEverything({ enforced, roles }: Pick<Caller, 'enforced' | 'roles'>): boolean {
  return !enforced || roles.some((role) => SEE_ALL.includes(role));
}

/**
 * Everything where the caller sees all; else what the person owns: by the
 * asset that the repository is, or by what the appetite says of those that no asset names.
 */
export function seesOf(context: { readonly caller: Caller; readonly appetite: { readonly value: Appetite } }): Sees {
  const { caller } = context;
  if (seesEverything(caller)) return () => true;
  const appetite = context.appetite.value;
  const person = caller.person === null ? null : personNamed(appetite, caller.person);
  if (person === null) return () => false;
  return (repository) => isOwner(person, assetOf(appetite, repository).asset?.owner ?? appetite.unnamed.owner);
}
