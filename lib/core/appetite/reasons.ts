/** What people read of a criterion that is broken, or that could not be asked: its sentence, and the facts. */
import type { ASTNode } from '@marcbachmann/cel-js';

import { type Finding, SEVERITIES } from '../matching/finding.ts';
import type { Reason } from '../register/assessment.ts';
import type { Gap } from '../sbom/gap.ts';
import { countsOf, distinctCount } from '../scoring/counts.ts';
import { ssvcFigure } from '../scoring/ssvc.ts';
import { counted } from '../text/plain.ts';
import type { Criterion } from './appetite.ts';
import { fieldsIn } from './expression-tree.ts';
import { isCountedFromKev, lateFrom, type Term } from './late-from.ts';
import { DAY, type Subject } from './subject.ts';
import type { ImageValues } from './vocabulary.ts';

/** `Its sentence: 2 vulnerabilities (2 critical) break it, up to 166 days past the 14 days to fix.` */
export function findingReason(
  { id, says, daysToFix, from }: Criterion,
  tree: ASTNode,
  broken: readonly [Finding, ...Finding[]],
  subject: Subject,
): Reason {
  const counts = countsOf(broken);
  const severities = SEVERITIES.filter((severity) => counts[severity] > 0).map(
    (severity) => `${String(counts[severity])} ${severity}`,
  );
  const total = distinctCount(broken);
  const facts = `${vulnerabilities(total)} (${severities.join(', ')}) ${total === 1 ? 'breaks' : 'break'} it`;
  return {
    criterion: id,
    message: `${sentence(says)} ${facts}${daysToFix === null ? '' : lateness(broken, { days: daysToFix, from }, subject)}${guesses(broken, tree)}.`,
    findings: broken.map(({ vulnerability, package: { name, source } }) => ({
      vulnerability,
      package: name,
      source: source.name,
    })),
  };
}

function lateness(broken: readonly Finding[], term: Term, subject: Subject): string {
  const late = broken.reduce((most, finding) => {
    return Math.max(most, (Date.parse(subject.at) - lateFrom(finding, term, subject)) / DAY);
  }, 0);
  const undated = distinctCount(
    broken.filter((finding) => finding.published === null && !isCountedFromKev(finding, term)),
  );
  const ofThem = undated === distinctCount(broken) ? '' : ` of ${String(undated)}`;
  const first =
    undated === 0 ? '' : `; the days${ofThem} count from first sight here, as no record says when it was published`;
  return `, up to ${counted(Math.floor(late), 'day')} past the ${counted(term.days, 'day')} to fix${first}`;
}

const GUESSED = ['finding.ssvc.automatable', 'finding.ssvc.technicalImpact'];

/** What the question rests on that CISA has not said, where it asks for it. */
function guesses(broken: readonly Finding[], tree: ASTNode): string {
  if (!fieldsIn(tree).some((path) => GUESSED.includes(path))) return '';
  const derived = distinctCount(broken.filter((finding) => ssvcFigure(finding).derived));
  const unknown = distinctCount(broken.filter((finding) => finding.cvss === null && !isPublished(finding)));
  return [
    ...(derived === 0 ? [] : [`; SSVC of ${String(derived)} is derived from CVSS`]),
    ...(unknown === 0 ? [] : [`; nobody has said anything of ${String(unknown)}, so the worst is taken for SSVC`]),
  ].join('');
}

function isPublished({ ssvc }: Finding): boolean {
  return (ssvc?.automatable ?? null) !== null && (ssvc?.technicalImpact ?? null) !== null;
}

/** `Its sentence: score.open is 31.2.`: the figures that the expression goes by. */
export function imageReason({ id, says }: Criterion, tree: ASTNode, values: ImageValues): Reason {
  const facts = fieldsIn(tree).map((path) => `${path} is ${shown(valueAt(values, path))}`);
  return {
    criterion: id,
    message: [sentence(says), ...(facts.length === 0 ? [] : [`${facts.join(', ')}.`])].join(' '),
    findings: [],
  };
}

/** @param failed - the findings it could not be asked about; none for an image criterion */
export function failedCriterion({ id }: Criterion, error: Error, failed: readonly Finding[]): Gap {
  const [cause = ''] = error.message.split('\n', 1);
  const [first] = failed;
  const rest = failed.length - 1;
  const about =
    first === undefined
      ? ''
      : ` about ${first.vulnerability} in ${first.package.name}${rest > 0 ? ` and ${counted(rest, 'finding')} more` : ''}`;
  return { kind: 'criterion-failed', subject: id, message: `the criterion ${id} could not be asked${about}: ${cause}` };
}

function valueAt(values: ImageValues, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, part) => (value as Readonly<Record<string, unknown>> | undefined)?.[part], values);
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 10_000) / 10_000);
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function vulnerabilities(count: number): string {
  return counted(count, 'vulnerability', 'vulnerabilities');
}

/** A sentence that ends: with a colon where facts follow it. */
function sentence(says: string): string {
  return `${says.replace(/[.:;!]+$/u, '')}:`;
}
