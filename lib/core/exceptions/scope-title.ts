/** What an exception is about, in a few words: `CVE-2026-1234 and 2 more in shop`. */
import { shortDigest } from '../image/digest.ts';
import type { Scope, ScopedImages } from './scope.ts';

export function scopeTitle({
  vulnerabilities,
  packages,
  images,
}: Pick<Scope, 'vulnerabilities' | 'packages' | 'images'>): string {
  const [first = '', ...rest] = [...vulnerabilities, ...packages];
  return `${first}${rest.length > 0 ? ` and ${String(rest.length)} more` : ''} in ${nameOf(images)}`;
}

function nameOf(images: ScopedImages): string {
  if ('asset' in images) return images.asset;
  if ('repository' in images) return images.repository;
  return 'digest' in images ? shortDigest(images.digest) : images.name;
}
