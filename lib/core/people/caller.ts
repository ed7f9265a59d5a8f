/** Who asks, and what the appetite says of them. */
import type { Appetite } from '../appetite/appetite.ts';
import type { Role } from './roles.ts';

export interface Caller {
  /** On AWS an IAM role or user, by ARN; on a laptop `laptop:NAME`. */
  readonly principal: string;
  /** The person's name; null where the appetite maps the principal to nobody. */
  readonly person: string | null;
  /** None where the principal is nobody's: such a caller may only ask. */
  readonly roles: readonly Role[];
  /** False on a laptop, where anybody can give any name: who called is a record and no proof. */
  readonly enforced: boolean;
}

/** A person, as far as calls go. */
interface Mapped {
  readonly name: string;
  readonly principals: readonly string[];
  readonly roles: readonly Role[];
}

/** @param enforced - whether somebody else than the caller vouches for the principal, as IAM does */
export function callerOf(
  { people = [] }: Pick<Appetite, 'statement'> & { readonly people?: readonly Mapped[] },
  principal: string,
  enforced: boolean,
): Caller {
  const person = people.find(({ principals }) => principals.includes(principal));
  return { principal, person: person?.name ?? null, roles: person?.roles ?? [], enforced };
}

/** How people read of a caller: `Ada Lovelace (laptop:ada)`, or the principal alone. */
export function callerName({ person, principal }: Pick<Caller, 'person' | 'principal'>): string {
  return person === null ? principal : `${person} (${principal})`;
}
