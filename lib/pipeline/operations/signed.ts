import { CavendishError } from '../../core/errors/error.ts';
import type { Caller } from '../../core/people/caller.ts';

/**
 * Who a change is recorded for: on AWS the person whom IAM vouches for; on a laptop the name that is given with it,
 * else the caller's.
 *
 * @throws CavendishError `wrong-use` where a name is given that nobody would check
 */
export function signedBy({ enforced, person, principal }: Caller, given: string | null): string {
  const own = person ?? principal;
  if (!enforced) return given ?? own;
  if (given === null || given === own) return own;
  throw new CavendishError('wrong-use', `this is recorded for ${own}: nobody says it here in the name of ${given}`, {
    next: 'Leave out --by.',
  });
}
