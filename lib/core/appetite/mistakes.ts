/** What is wrong in the shape of a file that people write, each mistake with its place and the nearest right word. */
import { z } from 'zod';

import { plainLine } from '../text/plain.ts';
import { didYouMean } from './nearest.ts';
import { type Path, type Position, positionOf, positionsOfKeys, type ReadYaml } from './positions.ts';

export interface Mistake extends Position {
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** The mistakes that the schema finds; an unknown key is one for each key, at the key. */
export function schemaMistakes(content: unknown, yaml: ReadYaml, schema: z.ZodType): readonly Mistake[] {
  const { error } = schema.safeParse(content);
  return (error?.issues ?? []).flatMap((issue): readonly Mistake[] => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code !== 'unrecognized_keys') {
      return [{ ...positionOf(yaml, path), message: messageOf(issue, path, valueAt(content, path)) }];
    }
    const places = positionsOfKeys(yaml, path);
    return issue.keys.map((key) => ({
      ...(places.get(key) ?? positionOf(yaml, path)),
      message: `unknown key "${key}"${within(path)}: ${didYouMean(key, keysAt(schema, path))}`,
    }));
  });
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a mapping (key: value)',
};

function messageOf(issue: Issue, path: Path, value: unknown): string {
  if (value === undefined) return `"${String(path.at(-1) ?? 'everything')}" is missing${within(path.slice(0, -1))}`;
  const what = `${path.length === 0 ? 'the file' : path.join('.')} is ${shown(value)}`;
  switch (issue.code) {
    case 'invalid_value':
      return `${what}: ${didYouMean(typeof value === 'string' ? value : '', issue.values.map(String))}`;
    case 'invalid_type':
      return `${what}: it has to be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return typeof value === 'number'
        ? `${what}: it is ${String(issue.minimum)} at least`
        : `${path.join('.')} is empty`;
    case 'too_big':
      return typeof value === 'number'
        ? `${what}: it is ${String(issue.maximum)} at most`
        : `${path.join('.')} is longer than ${String(issue.maximum)}`;
    default:
      return `${what}: ${issue.message}`;
  }
}

/** The keys that the schema knows at a path. */
function keysAt(whole: z.core.$ZodType, path: Path): readonly string[] {
  let schema = whole;
  for (const part of path) schema = inner(bare(schema), part);
  const found = bare(schema);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function inner(schema: z.core.$ZodType, part: string | number): z.core.$ZodType {
  if (schema instanceof z.ZodArray) return schema.element;
  const shape = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.core.$ZodType>) : {};
  return shape[part] ?? z.never();
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly;
  return isWrapped ? bare(schema.unwrap()) : schema;
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined,
    content,
  );
}

function within(path: Path): string {
  return path.length === 0 ? '' : ` in ${path.join('.')}`;
}

const MOST_SHOWN = 60;

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = String(value);
  const short = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return typeof value === 'string' ? JSON.stringify(short) : value === null ? 'empty' : short;
}

const MOST_MISTAKES = 50;

/** One line a mistake, in the order of the file, each once. */
export function mistakeLines(source: string, mistakes: readonly Mistake[]): readonly string[] {
  const inOrder = [...mistakes].sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = inOrder.map(
    ({ line, column, message }) => `  ${source}:${String(line)}:${String(column)}  ${plainLine(message)}`,
  );
  const distinct = [...new Set(lines)];
  const shown = distinct.slice(0, MOST_MISTAKES);
  return distinct.length > shown.length ? [...shown, `  … and ${String(distinct.length - shown.length)} more`] : shown;
}
