/** What is wrong in an appetite file, each mistake with its place and the nearest right word. */
import type { Document, LineCounter } from 'yaml';
import { z } from 'zod';

import { appetiteSchema } from './appetite-schema.ts';
import { didYouMean } from './nearest.ts';
import { positionOf, positionOfKey, type Path, type Position } from './positions.ts';

export interface Mistake extends Position {
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** The mistakes that the schema finds: an unknown key is one for each key, at the key. */
export function schemaMistakes(issues: readonly Issue[], document: Document, lines: LineCounter): readonly Mistake[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const hint = didYouMean(key, knownKeys(path));
        return {
          ...positionOfKey(document, lines, path, key),
          message: joined(`unknown key "${key}"${place(path)}`, hint),
        };
      });
    }
    return [{ ...positionOf(document, lines, path), message: messageOf(issue, path, document) }];
  });
}

function messageOf(issue: Issue, path: Path, document: Document): string {
  const value: unknown = document.getIn(path);
  if (value === undefined && issue.code !== 'custom')
    return `"${String(path.at(-1) ?? '')}" is missing${place(path.slice(0, -1))}`;
  if (issue.code === 'invalid_value') {
    const right = issue.values.map(String);
    const hint = typeof value === 'string' ? didYouMean(value, right) : '';
    return joined(`${shown(value)} is not possible${place(path)}; it is one of ${right.join(', ')}`, hint);
  }
  if (issue.code === 'invalid_type') return `${shown(value)} is not right${place(path)}; it is a ${issue.expected}`;
  return `${issue.message}${place(path)}`;
}

/** The keys that the schema knows at a path. */
function knownKeys(path: Path): readonly string[] {
  let schema: z.core.$ZodType = appetiteSchema;
  for (const part of path) {
    const next = inner(bare(schema), part);
    if (next === null) return [];
    schema = next;
  }
  const found = bare(schema);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function inner(schema: z.core.$ZodType, part: string | number): z.core.$ZodType | null {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, z.core.$ZodType>)[part] ?? null;
  return null;
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;
}

function place(path: Path): string {
  return path.length === 0 ? '' : ` in ${path.join('.')}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? 'nothing');
}

function joined(message: string, hint: string): string {
  return hint === '' ? message : `${message}; ${hint}`;
}
