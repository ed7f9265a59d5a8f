/** What the stack tells a function by its environment. */
import { z } from 'zod';

import { CavendishError } from '../../lib/core/errors/error.ts';
import { ENV } from '../../lib/stacks/functions/names.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws CavendishError `wrong-use` where the stack did not set it */
export function required(environment: Environment, name: keyof typeof ENV): string {
  const value = environment[ENV[name]];
  if (value !== undefined && value !== '') return value;
  throw new CavendishError('wrong-use', `the environment variable ${ENV[name]} is not set`, {
    next: 'The stack sets it: deploy it again.',
  });
}

export function optional(environment: Environment, name: keyof typeof ENV): string | null {
  const value = environment[ENV[name]];
  return value === undefined || value === '' ? null : value;
}

/**
 * A setting that the stack writes as JSON; null where it is left out.
 *
 * @throws CavendishError `wrong-use` where it is not what it should be
 */
export function readSetting<T>(environment: Environment, name: keyof typeof ENV, schema: z.ZodType<T>): T | null {
  const text = optional(environment, name);
  return text === null ? null : parsed(text, name, schema);
}

/** The same of a setting that is never left out. */
export function requiredSetting<T>(environment: Environment, name: keyof typeof ENV, schema: z.ZodType<T>): T {
  return parsed(required(environment, name), name, schema);
}

function parsed<T>(text: string, name: keyof typeof ENV, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new CavendishError('wrong-use', `the environment variable ${ENV[name]} is not what it should be: ${why}`, {
      next: 'The stack sets it: deploy it again.',
      cause: error,
    });
  }
}
