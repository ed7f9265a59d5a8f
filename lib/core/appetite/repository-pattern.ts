/**
 * Patterns of repository names: `*` stands for any characters within a part of the name, `**` for
 * any number of whole parts, none included.
 *
 * Both levels are one question, whether two sequences in which something stands for anything can be
 * the same, answered in the product of their lengths: no pattern makes it slow.
 */

/** True where the pattern names the repository. */
export function namesRepository(pattern: string, repository: string): boolean {
  return overlap(pattern, repository);
}

/** True where some repository is named by both patterns. */
export function overlap(a: string, b: string): boolean {
  if (!endsAgree(a, b)) return false;
  const [partsA, partsB] = [a.split('/'), b.split('/')];
  if (!beginningsAgree(partsA, partsB)) return false;
  return meet(partsA, partsB, '**', (partA, partB) =>
    meet(partA.split(''), partB.split(''), '*', (one, other) => one === other),
  );
}

/** Most pairs are told apart by what stands before their first `*`, or after their last. */
function endsAgree(a: string, b: string): boolean {
  const [startA = '', startB = ''] = [a, b].map((pattern) => pattern.split('*', 1).join());
  const [endA, endB] = [a.slice(a.lastIndexOf('*') + 1), b.slice(b.lastIndexOf('*') + 1)];
  const starts = startA.startsWith(startB) || startB.startsWith(startA);
  return starts && (endA.endsWith(endB) || endB.endsWith(endA));
}

/** And most of the rest by their parts, up to the first `**`. */
function beginningsAgree(a: readonly string[], b: readonly string[]): boolean {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (part === '**' || other === '**' || other === undefined) return true;
    if (!endsAgree(part, other)) return false;
  }
  return true;
}

/**
 * How much a pattern says: a plain name most, then the pattern with the more literal characters.
 * The one that says the most names the repository.
 */
export function weightOf(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.POSITIVE_INFINITY;
}

function meet<T>(a: readonly T[], b: readonly T[], any: T, same: (a: T, b: T) => boolean): boolean {
  // from[j]: whether the rest of `a` meets the rest of `b` from j on; built from the ends.
  let from: readonly boolean[] = Array.from({ length: b.length + 1 }, (_, j) => b.slice(j).every((one) => one === any));
  for (const one of [...a].reverse()) {
    const next: boolean[] = new Array<boolean>(b.length + 1).fill(false);
    next[b.length] = one === any && from[b.length] === true;
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const other = b[j];
      if (other === undefined) continue;
      const skips = (one === any && from[j] === true) || (other === any && next[j + 1] === true);
      const takes =
        one === any
          ? next[j + 1] === true
          : other === any
            ? from[j] === true
            : same(one, other) && from[j + 1] === true;
      next[j] = skips || takes;
    }
    from = next;
  }
  return from[0] === true;
}
