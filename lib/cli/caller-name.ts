/** Who a person at a terminal says that they are: `--as`, else the environment, else the machine's user. */
import { userInfo } from 'node:os';
import { InvalidArgumentError } from 'commander';

/** Names a laptop's principals are made of: one word or a few, without controls. */
export function readCallerName(text: string): string {
  const name = text.trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,99}$/u.test(name)) {
    throw new InvalidArgumentError('It is the name of a person or an account, as in ada.');
  }
  return name;
}

/** The principal of who calls on a laptop: `laptop:NAME`. Anybody can give any name there. */
export function laptopPrincipal(as: string | undefined): string {
  return `laptop:${as ?? machineUser()}`;
}

function machineUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the machine's list, as in containers.
    return 'nobody';
  }
}
