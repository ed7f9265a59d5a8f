/** Our findings with who else found them, and what a verdict says of each opinion. */
import type { Finding } from '../matching/finding.ts';
import type { Inventory } from '../sbom/inventory.ts';
import { orderOf } from '../versions/version.ts';
import { type HeldOpinion, mergeOpinions, type OtherFinding } from './merge-opinions.ts';

/** An opinion as a verdict counts it: in vulnerabilities, one that is in two packages maybe in two of the counts. */
export interface JudgedOpinion {
  readonly scanner: string;
  readonly version: string | null;
  /** ISO 8601: when the scanner looked, or when its report came where that does not say. */
  readonly at: string;
  readonly both: number;
  readonly onlyTheirs: number;
  readonly onlyOurs: number;
}

interface Judged {
  readonly findings: readonly Finding[];
  readonly opinions: readonly JudgedOpinion[];
  readonly onlyOthers: readonly OtherFinding[];
}

/** @param inventory - null where the scan gave none: then all that others found only they found */
export function judgedOpinions(
  findings: readonly Finding[],
  inventory: Pick<Inventory, 'packages' | 'owned'> | null,
  held: readonly HeldOpinion[],
): Judged {
  if (held.length === 0) return { findings, opinions: [], onlyOthers: [] };
  const opinions = held.map(({ opinion }) => opinion).sort((a, b) => orderOf(a.scanner.name, b.scanner.name));
  const { packages, owned = [] } = inventory ?? { packages: [] };
  const { foundBy, onlyOthers, comparisons } = mergeOpinions({ packages, owned, findings }, opinions);
  return {
    findings: findings.map((finding, at) => {
      const names = foundBy[at] ?? [];
      return names.length === 0 ? finding : { ...finding, alsoFoundBy: names };
    }),
    opinions: opinions.map(({ scanner: { name, version }, at }) => {
      const { both, onlyTheirs, onlyOurs } = comparisons.get(name) ?? { both: [], onlyTheirs: [], onlyOurs: [] };
      return {
        ...{ scanner: name, version, at },
        ...{ both: both.length, onlyTheirs: onlyTheirs.length, onlyOurs: onlyOurs.length },
      };
    }),
    onlyOthers,
  };
}
