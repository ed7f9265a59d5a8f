/** Exceptions beside a verdict: nothing that one covers disappears, and each says until when. */
import type { Finding } from '../../core/matching/finding.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { exceptionsIn } from '../../core/register/exceptions-in.ts';
import { exceptedCount } from '../../core/scoring/counts.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { Colours } from './colours.ts';

/** `; 3 excepted`, where any is. */
export function exceptedText({ findings }: Pick<Assessment, 'findings'>): string {
  const count = exceptedCount(findings);
  return count === 0 ? '' : `; ${String(count)} excepted`;
}

/** Every exception that covers the finding, with its end. */
export function endsOf({ exceptions }: Pick<Finding, 'exceptions'>): string {
  if (exceptions.length === 0) return '-';
  return exceptions.map(({ id, until }) => `${until.slice(0, 10)} ${until.slice(11, 16)}Z by ${id}`).join(', ');
}

/** A line an exception: in force, lapsed, or kept from what the appetite never accepts. */
export function exceptionLines(assessment: Assessment, colours: Colours): readonly string[] {
  const { lapsed, barred } = assessment;
  const byException = Map.groupBy(barred, ({ id, rule }) => `${id} ${rule}`);
  return [
    ...exceptionsIn(assessment).map((line) => `  ${plainLine(line)}`),
    ...lapsed.map(({ id, why }) => `  ${colours.doubt('!')} ${plainLine(`${id} lapsed: ${why}`)}`),
    ...[...byException.values()].flatMap((same) => {
      const [first] = same;
      if (first === undefined) return [];
      const what = counted(
        new Set(same.map(({ vulnerability }) => vulnerability)).size,
        'vulnerability',
        'vulnerabilities',
      );
      return [
        `  ${colours.bad('✗')} ${plainLine(`${first.id} does not cover ${what}: the rule ${first.rule} never accepts it`)}`,
      ];
    }),
  ];
}
