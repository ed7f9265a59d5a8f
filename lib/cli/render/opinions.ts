/** What other scanners say beside a verdict. */
import { type Finding, SEVERITIES } from '../../core/matching/finding.ts';
import type { OtherFinding } from '../../core/opinions/merge-opinions.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { distinctCount } from '../../core/scoring/counts.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { ComparedOpinion } from '../../pipeline/second-opinion/compare-opinion.ts';
import type { Colours } from './colours.ts';

const MOST_NAMES = 10;

/** `1 critical, 2 high`, or that nothing was found. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  const said = SEVERITIES.flatMap((severity) => {
    const count = counts[severity] ?? 0;
    return count === 0 ? [] : [`${String(count)} ${severity}`];
  });
  return said.length === 0 ? 'nothing found' : said.join(', ');
}

/** `Vulnerabilities: 3 only others found`, in the verdict: the worst of them, and who stands alone with how many. */
export function opinionLines({ opinions = [], onlyOthers = [] }: Assessment, colours: Colours): readonly string[] {
  return [
    ...opinions.map(({ scanner, at, both, onlyTheirs, onlyOurs }) => {
      const compared = `${String(both)} found by both, ${String(onlyTheirs)} only by it, ${String(onlyOurs)} only by Cavendish`;
      return `  ${plainLine(scanner)}  of ${at.slice(0, 10)}: ${compared}`;
    }),
    ...worst(onlyOthers).map((finding) => `  ${colours.doubt('?')} ${otherText(finding, colours)}`),
    ...(onlyOthers.length > MOST_NAMES
      ? [`    … and ${counted(onlyOthers.length - MOST_NAMES, 'more finding')} that only others have`]
      : []),
  ];
}

function worst(onlyOthers: readonly OtherFinding[]): readonly OtherFinding[] {
  const rank = ({ severity }: OtherFinding): number => SEVERITIES.indexOf(severity);
  return [...onlyOthers].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_NAMES);
}

function otherText(
  { vulnerability, severity, package: found, foundBy, inInventory }: OtherFinding,
  colours: Colours,
): string {
  const where = plainLine([found.name, found.version ?? []].flat().join(' '));
  const why = inInventory ? '' : '; Cavendish sees no such package';
  return `${plainLine(vulnerability)} ${colours.severity(severity, severity)} in ${where}: only ${plainLine(foundBy.join(', '))}${why}`;
}

/** `2 of 5 found by others too`; nothing where nobody else has looked. */
export function agreementText({ findings, opinions = [] }: Assessment): string {
  if (opinions.length === 0) return '';
  const shared = findings.filter(({ alsoFoundBy = [] }) => alsoFoundBy.length > 0);
  return `; ${String(distinctCount(shared))} found by others too`;
}

/** Who found it beside us. */
export function foundByText({ alsoFoundBy = [] }: Finding): string {
  return alsoFoundBy.length === 0 ? 'only cavendish' : plainLine(alsoFoundBy.join(', '));
}

/** Opinions as they are held now, whole: for `show`. */
export function heldOpinionLines({
  scanner,
  state,
  said,
  completedAt,
  counts,
  both,
  onlyTheirs,
  onlyOurs,
  imported,
}: ComparedOpinion) {
  if (state === 'none') return [`  ${scanner}  no opinion, which is not "clean": ${plainLine(said)}`];
  const origin =
    imported === null
      ? ''
      : `  (imported ${imported.at.slice(0, 10)} by ${imported.by.person ?? imported.by.principal}; ${imported.compared})`;
  const forced = imported?.forced ?? null;
  return [
    `  ${scanner}  of ${completedAt?.slice(0, 16) ?? '?'}Z: ${countsText(counts)}${origin}`,
    ...(forced === null ? [] : [`    it is about another image, and taken all the same: ${forced}`]),
    `    ${counted(both.length, 'vulnerability', 'vulnerabilities')} found by both`,
    `    only by ${scanner}: ${named(onlyTheirs)}`,
    `    only by Cavendish: ${named(onlyOurs)}`,
  ].map(plainLine);
}

function named(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const rest = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}
