/**
 * What the files of language packages state: the form that the catalogers of languages share, and
 * its bounds.
 */
import { z } from 'zod';

const statedPackage = z.object({ name: z.string(), version: z.string(), licences: z.array(z.string()) });

export const statedContent = z.object({
  packages: z.array(statedPackage),
  /** What could not be read, at most ten. */
  problems: z.array(z.string()),
});

export type StatedPackage = z.output<typeof statedPackage>;
export type StatedContent = z.output<typeof statedContent>;

/** The JSON of a hostile file can take fifty times its size in memory; no honest one comes near this. */
export const MOST_JSON_BYTES = 4 * 1024 * 1024;
const MOST_PROBLEMS = 10;
const MOST_LICENCES = 16;
/** In UTF-16 units. */
const LONGEST_LICENCE = 200;
const SHOWN = 64;

const NONE: Readonly<Record<string, unknown>> = {};

const VERSION = /^[!-~]{1,255}$/u;

/** One file's packages, or what is wrong with each of them. */
export function statedIn(read: Iterable<StatedPackage | string>): StatedContent {
  const packages: StatedPackage[] = [];
  const problems: string[] = [];
  for (const one of read) {
    if (typeof one !== 'string') packages.push(one);
    else if (problems.length < MOST_PROBLEMS) problems.push(one);
  }
  return { packages, problems };
}

/** A file that states nothing that can be read, and why. */
export function unreadable(problem: string): StatedContent {
  return { packages: [], problems: [problem] };
}

/**
 * A package by what is stated of it, or what is wrong with that.
 *
 * @param form - of the names of the ecosystem
 */
export function stated(
  name: unknown,
  version: unknown,
  licences: readonly unknown[],
  form: RegExp,
): StatedPackage | string {
  if (!isSaid(name)) return 'a package without a name';
  if (typeof name !== 'string' || !form.test(name)) return `a name that is none: ${shown(name)}`;
  if (!isSaid(version)) return `${name} has no version`;
  if (typeof version !== 'string' || !VERSION.test(version))
    return `${name} has a version that is none: ${shown(version)}`;
  return { name, version, licences: licencesOf(licences) };
}

/** Licences in the words of the file, each once: its first line, if it is a whole text. */
function licencesOf(values: readonly unknown[]): string[] {
  const lines = values.slice(0, MOST_LICENCES).flatMap((value) => {
    if (typeof value !== 'string') return [];
    const [line = ''] = value.slice(0, LONGEST_LICENCE).trim().split('\n');
    return line.trim() === '' ? [] : [line.trim()];
  });
  return [...new Set(lines)];
}

/** The members of a JSON object; none of anything else. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  // Not copied: there may be a million of them.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as typeof NONE) : NONE;
}

/** Reads JSON, of which nothing is known then; why not, where it can't be read. */
export function readJson(bytes: Uint8Array): { readonly value: unknown } | { readonly problem: string } {
  if (bytes.byteLength > MOST_JSON_BYTES) return { problem: `it has more than ${MOST_JSON_BYTES} bytes` };
  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    return { problem: 'it is no JSON' };
  }
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** A value in a message: short. */
function shown(value: unknown): string {
  if (typeof value !== 'string') return `it is ${Array.isArray(value) ? 'a list' : `of type ${typeof value}`}`;
  return JSON.stringify(value.slice(0, SHOWN));
}
