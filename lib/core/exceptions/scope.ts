/**
 * What an exception covers: which vulnerabilities, in which packages, of which images, in which stages.
 *
 * Narrow by construction: something is always named on each side, and no pattern is a mere wildcard.
 */
import { z } from 'zod';

import { repositoryPattern } from '../appetite/appetite-schema.ts';
import { digestSchema, stageSchema } from '../image/schemas.ts';
import { line } from './texts.ts';

/** An identifier as its publisher writes it: people type `cve-2026-1`. */
function asPublished(id: string): string {
  if (/^cve-/iu.test(id)) return id.toUpperCase();
  return /^ghsa-/iu.test(id) ? `GHSA-${id.slice('GHSA-'.length).toLowerCase()}` : id;
}

const vulnerabilityId = z
  .string()
  .trim()
  .regex(/^[a-z0-9][\w.:~+/-]{0,127}$/iu, 'it is no identifier of a vulnerability, such as CVE-2026-1234')
  .transform(asPublished);

const packageName = z
  .string()
  .trim()
  .regex(/^[^\s\p{C}]{1,214}$/u, 'it is no name of a package, such as libssl3');

/** More than wildcards: `**` alone would be everything. */
const narrowPattern = repositoryPattern.refine(
  (pattern) => /[a-z0-9]/u.test(pattern),
  'it names every repository; write at least a part of a name, as in team/**',
);

export const imagesSchema = z.union([
  z.strictObject({ asset: line(64) }),
  z.strictObject({ repository: narrowPattern }),
  z.strictObject({ digest: digestSchema }),
  /** The image and all that is built on it. */
  z.strictObject({ base: digestSchema, name: line(255) }),
]);

export const scopeSchema = z
  .strictObject({
    /** Identifiers or aliases; none: all of the packages. */
    vulnerabilities: z.array(vulnerabilityId).max(200).transform(inOrder),
    /** Binary or source names; none: any package. */
    packages: z.array(packageName).max(100).transform(inOrder),
    images: imagesSchema,
    stages: z.array(stageSchema).min(1).transform(inOrder),
  })
  .refine(
    ({ vulnerabilities, packages }) => vulnerabilities.length + packages.length > 0,
    'it names no vulnerability and no package: name at least one of either',
  )
  .readonly();

export type Scope = z.output<typeof scopeSchema>;
export type ScopedImages = Scope['images'];

/** The order in which people name things counts for nothing, and twice is once. */
function inOrder<T extends string>(names: readonly T[]): readonly T[] {
  return [...new Set(names)].sort();
}
