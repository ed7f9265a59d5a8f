/** What arrived is not what it should be: no fault of the way, and none that another try mends. */
import { isCavendishError } from '../../core/errors/error.ts';

export class Unbelievable extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'Unbelievable';
  }
}

const UNREADABLE = ['bad-input', 'integrity-failed', 'limit-exceeded', 'unsupported'] as const;

/** An error about what arrived, told apart from all others. @param where - what it is about, where its message does not say */
export function unbelievable(error: unknown, where?: string): unknown {
  if (!UNREADABLE.some((code) => isCavendishError(error, code)) || !Error.isError(error)) return error;
  return new Unbelievable(where === undefined ? error.message : `${where}: ${error.message}`, error);
}
