/** Patterns of two assets between which nothing decides: they say as much, and name the same repositories. */
import { orderOf } from '../versions/version.ts';
import { overlap, weightOf } from './repository-pattern.ts';

interface Owned {
  /** Which asset it belongs to. */
  readonly asset: number;
  readonly pattern: string;
}

/** Pairs of which the second is ambiguous beside the first; each pattern is the second of one pair at most. */
export function ambiguousPatterns<T extends Owned>(patterns: readonly T[]): readonly (readonly [T, T])[] {
  return [...Map.groupBy(patterns, ({ pattern }) => weightOf(pattern)).values()].flatMap(ambiguousOfOneWeight);
}

/**
 * Two patterns can only meet where what stands before the first `*` of one begins that of the other.
 * In order of those beginnings, the ones that begin the next are a stack: no pair is looked at in vain.
 */
function ambiguousOfOneWeight<T extends Owned>(patterns: readonly T[]): readonly (readonly [T, T])[] {
  const inOrder = patterns
    .map((owned) => ({ owned, start: owned.pattern.split('*', 1).join() }))
    .sort((a, b) => orderOf(a.start, b.start));
  const pairs: (readonly [T, T])[] = [];
  const stack: typeof inOrder = [];
  for (const one of inOrder) {
    while (!one.start.startsWith(stack.at(-1)?.start ?? '')) stack.pop();
    const before = stack.find(
      ({ owned }) => owned.asset !== one.owned.asset && overlap(owned.pattern, one.owned.pattern),
    );
    if (before !== undefined) pairs.push([before.owned, one.owned]);
    stack.push(one);
  }
  return pairs;
}
