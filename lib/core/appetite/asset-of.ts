/**
 * Which asset a repository is, by the patterns of the appetite: `*` stands for one part of a name,
 * `**` for any number of them. The pattern with the most literal characters wins.
 */
import type { Stage } from '../image/stage.ts';
import type { Appetite, Asset } from './appetite.ts';

export interface Named {
  /** Null where no asset names the repository: the appetite's `unnamed` holds. */
  readonly asset: Asset | null;
  readonly stage: Stage;
}

export function assetOf({ assets, unnamed }: Pick<Appetite, 'assets' | 'unnamed'>, repository: string | null): Named {
  if (repository === null) return { asset: null, stage: unnamed.stage };
  let best: { readonly asset: Asset; readonly weight: number } | null = null;
  for (const asset of assets) {
    for (const pattern of asset.repositories) {
      const weight = weightOf(pattern);
      // Of two that weigh the same the first in the file wins.
      if (matches(pattern, repository) && (best === null || weight > best.weight)) best = { asset, weight };
    }
  }
  return best === null ? { asset: null, stage: unnamed.stage } : { asset: best.asset, stage: best.asset.stage };
}

function weightOf(pattern: string): number {
  return pattern.replaceAll('*', '').length;
}

/** Part by part, without backtracking over more than the parts of a name. */
export function matches(pattern: string, repository: string): boolean {
  return matchParts(pattern.split('/'), repository.split('/'));
}

function matchParts(pattern: readonly string[], parts: readonly string[]): boolean {
  const [first, ...more] = pattern;
  if (first === undefined) return parts.length === 0;
  if (first === '**') return parts.some((_, index) => matchParts(more, parts.slice(index))) || matchParts(more, []);
  const [part, ...rest] = parts;
  return part !== undefined && matchPart(first, part) && matchParts(more, rest);
}

function matchPart(pattern: string, part: string): boolean {
  const [start = '', ...pieces] = pattern.split('*');
  if (pieces.length === 0) return pattern === part;
  const end = pieces.pop() ?? '';
  if (!part.startsWith(start) || !part.endsWith(end) || part.length < start.length + end.length) return false;
  let from = start.length;
  for (const piece of pieces) {
    const found = part.indexOf(piece, from);
    if (found === -1 || found + piece.length > part.length - end.length) return false;
    from = found + piece.length;
  }
  return true;
}
