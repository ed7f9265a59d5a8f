/** Who calls, from what IAM says of them. */
import { CavendishError } from '../../lib/core/errors/error.ts';

const ASSUMED =
  /^arn:(?<partition>aws[a-z-]*):sts::(?<account>\d{12}):assumed-role\/(?<role>[\w+=,.@-]{1,64})\/(?<session>[\w+=,.@-]{1,64})$/u;
const USER = /^arn:aws[a-z-]*:iam::\d{12}:user\/[\w+=,.@/-]{1,576}$/u;

/**
 * A role without the name of its session, which whoever assumes it chooses; `…:role/NAME/SESSION` for the roles whose
 * session names somebody else sets, as Identity Center does. A role has no path here: `assumed-role` tells none, and
 * names are unique in an account without it. A user as it is.
 *
 * @param trusted - ARNs of such roles, with a path or without
 * @throws CavendishError `forbidden` for any other: the root user, and federated users, who name themselves
 */
export function principalOf(userArn: string, trusted: readonly string[]): string {
  if (USER.test(userArn)) return userArn;
  const { partition, account, role, session } = ASSUMED.exec(userArn)?.groups ?? {};
  if (role === undefined || session === undefined) {
    throw new CavendishError('forbidden', 'only a role or a user of IAM can be told apart from others here', {
      next: 'Assume a role, and sign the request with its credentials.',
    });
  }
  const arn = `arn:${partition ?? ''}:iam::${account ?? ''}:role/${role}`;
  return trusted.some((one) => withoutPath(one) === arn) ? `${arn}/${session}` : arn;
}

/** `arn:aws:iam::111122223333:role/path/NAME` → `…:role/NAME`. */
function withoutPath(arn: string): string {
  return arn.replace(/:role\/.*\//u, ':role/');
}
