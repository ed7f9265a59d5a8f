/**
 * What the readers of published records have in common: a refusal names the record and the field.
 */
import { z } from 'zod';

import { CavendishError } from '../errors/error.ts';
import { plainLine } from '../text/plain.ts';

/** Reads by schema. @throws CavendishError `bad-input` that names `what` and the first field that is wrong */
export function readAs<T>(schema: z.ZodType<T>, raw: unknown, what: string): T {
  const { data, error } = schema.safeParse(raw);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new CavendishError(
    'bad-input',
    `${what}: ${field === '' ? '' : `"${field}": `}${issue?.message ?? 'is wrong'}`,
  );
}

/** What a record calls itself, for the message of a refusal. */
export function nameOf(kind: string, id: unknown): string {
  return typeof id === 'string' && id !== '' ? `${kind} ${plainLine(id.slice(0, 100))}` : `${kind} without a name`;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/iu;

/** An instant in UTC with milliseconds (`2026-08-16T00:00:00.000Z`); null where the text is none. No zone is UTC. */
export function instantOf(text: string): string | null {
  const [whole = '', day = '', zone] = INSTANT.exec(text) ?? [];
  if (!isDay(day)) return null;
  const time = whole === day ? `${day}T00:00` : whole.slice(0, whole.length - (zone?.length ?? 0));
  const instant = new Date(`${time}${zone === undefined ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/u, '$1:$2')}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

/** True for a day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export const instant = z.string().transform((text, context) => {
  const read = instantOf(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'is not a date and time' });
  return z.NEVER;
});

export const day = z.string().refine(isDay, 'is not a date (YYYY-MM-DD)');

export const cveId = z.string().regex(/^CVE-\d{4}-\d{4,19}$/u, 'is not a CVE identifier');

/** An absent or null member is null. */
export function nullable<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value): z.output<T> | null => value ?? null);
}

/** An absent or null list is empty. */
export function list<T extends z.ZodType>(schema: T) {
  return z
    .array(schema)
    .nullish()
    .transform((value): z.output<T>[] => value ?? []);
}
