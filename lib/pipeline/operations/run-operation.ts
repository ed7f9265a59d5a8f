/** Runs an operation for somebody: input by schema, then whether they may, then the thing itself. */
import type { ZodType } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import { type Caller, callerName } from '../../core/people/caller.ts';
import { mayCall, type OperationName, PERMISSIONS } from '../../core/people/permissions.ts';
import type { Operation, OperationContext } from './operation.ts';

const MOST_MISTAKES = 10;

/**
 * On a laptop, where names are no proof, everybody reads everything; changes ask the same of a caller everywhere.
 *
 * @param given - what came from outside
 * @throws CavendishError `bad-input` naming each mistake of the input, `forbidden`, and what the operation throws
 */
export async function runOperation<In, Out>(
  operation: Operation<In, Out>,
  given: unknown,
  context: OperationContext,
): Promise<Out> {
  const input = parse(operation.input, given, operation.name);
  if (context.caller.enforced || (operation.changes && operation.openOnLaptop !== true))
    allow(operation.name, context.caller);
  return await operation.run(input, context);
}

/** An operation for those who hold only its name: what is given is parsed, what comes is JSON. */
export interface Callable {
  readonly changes: boolean;
  readonly call: (given: unknown, context: OperationContext) => Promise<unknown>;
}

export function callable<In, Out>(operation: Operation<In, Out>): Callable {
  return { changes: operation.changes, call: (given, context) => runOperation(operation, given, context) };
}

function parse<In>(schema: ZodType<In>, given: unknown, name: string): In {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const { issues } = read.error;
  const mistakes = issues
    .slice(0, MOST_MISTAKES)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  throw new CavendishError('bad-input', `the input of ${name} is not right: ${mistakes.join('; ')}`);
}

function allow(name: OperationName, caller: Caller): void {
  if (mayCall(name, caller.roles)) return;
  const roles = PERMISSIONS[name].join(', ');
  if (caller.person === null) {
    throw new CavendishError(
      'forbidden',
      `${caller.principal} is nobody whom the appetite names, and may only request`,
      {
        next: `Name who that is under "people" in the appetite, with one of these roles: ${roles}.`,
      },
    );
  }
  throw new CavendishError('forbidden', `${callerName(caller)} may not do this (${name})`, {
    next: `It takes one of these roles: ${roles}. The appetite gives ${caller.person}: ${caller.roles.join(', ')}.`,
  });
}
