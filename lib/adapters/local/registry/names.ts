/** What a path or a query names, read by the specification's grammar or refused with its code. */
import { type Digest, isDigest } from '../../../core/image/digest.ts';
import { isRepository, isTag } from '../../../core/image/reference.ts';
import type { Call } from './answer.ts';
import { Refusal } from './errors.ts';

/** A manifest is asked for by tag or by digest. */
export type Reference =
  { readonly kind: 'tag'; readonly tag: string } | { readonly kind: 'digest'; readonly digest: Digest };

/** @throws Refusal NAME_INVALID */
export function repositoryOf({ params }: Call): string {
  const name = params['name'] ?? '';
  if (!isRepository(name)) throw new Refusal('NAME_INVALID', `"${name}" is not a repository name`);
  return name;
}

/** @throws Refusal DIGEST_INVALID */
export function digestIn(text: string | null | undefined): Digest {
  if (text === null || text === undefined || text === '') throw new Refusal('DIGEST_INVALID', 'the digest is missing');
  if (!isDigest(text)) throw new Refusal('DIGEST_INVALID', `"${text}" is not a sha256 or sha512 digest`);
  return text;
}

/** @throws Refusal DIGEST_INVALID, TAG_INVALID */
export function referenceOf({ params }: Call): Reference {
  const text = params['reference'] ?? '';
  if (text.includes(':')) return { kind: 'digest', digest: digestIn(text) };
  if (!isTag(text)) throw new Refusal('TAG_INVALID', `"${text}" is not a tag`);
  return { kind: 'tag', tag: text };
}
