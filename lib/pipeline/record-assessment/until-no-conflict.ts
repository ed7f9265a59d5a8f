import { isCavendishError } from '../../core/errors/error.ts';

/** Another writer may come between reading and writing; more than this many in a row is a fault. */
const TRIES = 8;

/** Reads, decides and writes again for as long as another was faster. */
export async function untilNoConflict<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isCavendishError(error, 'conflict') || tried === TRIES) throw error;
    }
  }
}
