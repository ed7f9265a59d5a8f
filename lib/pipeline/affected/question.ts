/** What somebody asks after: a vulnerability, a package, or a base image. */
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import { type Digest, isDigest } from '../../core/image/digest.ts';
import { packagePartition, vulnerabilityPartition } from '../../core/register/index-keys.ts';
import { readFamily } from '../lineage/read-family.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { findPlacement } from '../read-board/find-placement.ts';

export const QUESTION_KINDS = ['vulnerability', 'package', 'base'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export type Question =
  | { readonly kind: 'vulnerability'; readonly name: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'base'; readonly name: string; readonly images: readonly Digest[] };

/** Identifiers of which nobody needs to be told what they are. */
const VULNERABILITY = /^(?:CVE-\d{4}-\d{4,}|GHSA(?:-[\da-z]{4}){3})$/iu;

/**
 * @param kind - null: what it is goes by what is known under that name, a vulnerability first, then a package
 * @throws CavendishError `not-found` where nothing is known under that name
 */
export async function readQuestion(
  what: string,
  kind: QuestionKind | null,
  register: RegisterStore,
): Promise<Question> {
  if (kind === 'vulnerability' || (kind === null && VULNERABILITY.test(what))) {
    return { kind: 'vulnerability', name: canonical(what) };
  }
  if (kind === 'package') return { kind: 'package', name: what };
  if (kind === null && !isDigest(what)) {
    if (await isKnown(vulnerabilityPartition(what), register)) return { kind: 'vulnerability', name: what };
    if (await isKnown(packagePartition(what), register)) return { kind: 'package', name: what };
  }
  const images = await imagesNamed(what, register);
  if (images.length > 0) return { kind: 'base', name: what, images };
  throw new CavendishError('not-found', `nothing that was judged is, has or is built on "${what}"`, {
    next: 'Name a vulnerability (CVE-…), a package, or a base image by name or digest; say which by --as.',
  });
}

/** `cve-2026-1234` as records write it; identifiers of GitHub are in lower case behind their prefix. */
function canonical(name: string): string {
  if (/^cve-/iu.test(name)) return name.toUpperCase();
  return /^ghsa-/iu.test(name) ? `GHSA-${name.slice('GHSA-'.length).toLowerCase()}` : name;
}

async function isKnown(pk: string, register: RegisterStore): Promise<boolean> {
  return (await register.query({ pk, limit: 1 })).items.length > 0;
}

/** Every build of a name: who is built on an older one is affected as well. */
async function imagesNamed(what: string, register: RegisterStore): Promise<readonly Digest[]> {
  if (isDigest(what)) return [what];
  const builds = await readFamily(register).builds(what);
  if (builds.length > 0) return builds.map(({ image }) => image);
  try {
    return [...new Set((await findPlacement(what, register)).map(({ placement }) => placement.digest))];
  } catch (error) {
    if (isCavendishError(error, 'not-found')) return [];
    throw error;
  }
}
