/** Asks a question of CEL. */
import type { ParseResult } from '@marcbachmann/cel-js';

/** What it answers, or what went wrong. */
export function ask(expression: ParseResult, values: object): boolean | Error {
  try {
    const said: unknown = expression({ ...values });
    return typeof said === 'boolean' ? said : new TypeError('it gives neither true nor false');
  } catch (error) {
    return Error.isError(error) ? error : new Error(String(error));
  }
}
