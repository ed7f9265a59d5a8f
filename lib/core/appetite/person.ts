/** A person of the programme, as the appetite names them. */
import type { Role } from '../people/roles.ts';

export interface Person {
  /** Unique, whatever its capitals. */
  readonly name: string;
  /** `arn:aws:iam::…:role/…`, `laptop:…`; each belongs to one person. */
  readonly principals: readonly string[];
  readonly email: string | null;
  readonly teams: readonly string[];
  /** The name of who hears of what this person leaves overdue. */
  readonly next: string | null;
  readonly roles: readonly Role[];
}
