/** The exceptions that cover findings of an assessment, in words. */
import type { Finding } from '../matching/finding.ts';
import { distinctCount } from '../scoring/counts.ts';
import { counted } from '../text/plain.ts';

/**
 * A line an exception, in the order of their ids, with its end, its owner, and what it covers:
 * `EX-… until 2027-01-01 00:00 UTC (owner Olive Owner): 2 vulnerabilities; controls leave 40 % of their risk`.
 */
export function exceptionsIn({ findings }: { readonly findings: readonly Finding[] }): readonly string[] {
  const covered = findings.flatMap((finding) => finding.exceptions.map((by) => ({ finding, by })));
  const byId = Map.groupBy(covered, ({ by: { id } }) => id);
  return [...byId.values()]
    .flatMap((same) => {
      const [first] = same;
      return first === undefined ? [] : [lineOf(first.by, distinctCount(same.map(({ finding }) => finding)))];
    })
    .sort();
}

function lineOf({ id, owner, until, share }: Finding['exceptions'][number], count: number): string {
  const end = `${until.slice(0, 10)} ${until.slice(11, 16)} UTC`;
  const left = share === 1 ? '' : `; controls leave ${String(Math.round(share * 1000) / 10)} % of the risk`;
  return `${id} until ${end} (owner ${owner}): ${counted(count, 'vulnerability', 'vulnerabilities')}${left}`;
}
