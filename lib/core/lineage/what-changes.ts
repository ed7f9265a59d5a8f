/**
 * What changes for a clone that is built again on another build of its base.
 *
 * Both sides are findings on the same intelligence at the same instant: a difference is the images',
 * not the feeds'. A vulnerability in a source package counts once, in however many binaries it is.
 */
import type { Finding } from '../matching/finding.ts';
import { worstFirst } from '../register/worst-first.ts';
import { isInherited } from './brought-by.ts';

export interface Changes {
  /** Gone from the clone with its base; the worst first, one for each vulnerability and source package. */
  readonly removed: readonly Finding[];
  /** New to it with the other build. */
  readonly added: readonly Finding[];
}

/**
 * @param clone - all findings of the clone: what is its own stays, whatever its base becomes
 * @param other - the findings of the other build
 */
export function whatChanges(clone: readonly Finding[], other: readonly Finding[]): Changes {
  const [inherited, own] = [clone.filter(isInherited), clone.filter((finding) => !isInherited(finding))];
  const [there, here, stays] = [keysOf(other), keysOf(clone), keysOf(own)];
  return {
    removed: distinct(inherited.filter((finding) => !there.has(keyOf(finding)) && !stays.has(keyOf(finding)))),
    added: distinct(other.filter((finding) => !here.has(keyOf(finding)))),
  };
}

function keyOf({ vulnerability, package: { type, source } }: Finding): string {
  return JSON.stringify([vulnerability, type, source.name]);
}

function keysOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(keyOf));
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  return worstFirst([...new Map([...worstFirst(findings)].reverse().map((one) => [keyOf(one), one])).values()]);
}
