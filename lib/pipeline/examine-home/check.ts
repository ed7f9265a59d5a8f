/** One thing that was looked at in a home, and what to do where it is not well. */
import { CavendishError } from '../../core/errors/error.ts';

export interface Look {
  readonly well: boolean;
  /** What was seen, in one line. */
  readonly says: string;
  /** What to do; null where nothing is to be done. */
  readonly next: string | null;
}

export interface Check extends Look {
  /** Stable, for programs: `push-rule`, `queue-scan`, … */
  readonly id: string;
}

export function well(says: string): Look {
  return { well: true, says, next: null };
}

export function ill(says: string, next: string): Look {
  return { well: false, says, next };
}

const LOOK_UP = 'See docs/runbook-aws.md.';

/** Looks; what can't be seen is not well: unknown is never go. */
export async function check(id: string, look: () => Promise<Look>): Promise<Check> {
  try {
    return { id, ...(await look()) };
  } catch (error) {
    if (error instanceof CavendishError) return { id, ...ill(error.message, error.next ?? LOOK_UP) };
    if (!Error.isError(error)) throw error;
    return { id, ...ill(`it could not be looked at: ${error.name}: ${error.message}`, LOOK_UP) };
  }
}
