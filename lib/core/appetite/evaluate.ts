/**
 * Asks the criteria of a stage about an image: what breaks which, and by when what must be fixed.
 *
 * A criterion with days to fix is broken by a finding once that many days have gone since its
 * publication: a new push of an old hole is late on arrival. A criterion that fails at run time is a
 * gap, never a pass.
 */
import type { Finding } from '../matching/finding.ts';
import { SEVERITIES } from '../matching/finding.ts';
import type { Reason } from '../register/assessment.ts';
import type { Gap } from '../sbom/gap.ts';
import { counted } from '../text/plain.ts';
import type { Criterion, StagePolicy } from './appetite.ts';
import { findingEnvironment, imageEnvironment } from './criterion-environment.ts';
import { DAY, datedSince, findingValues, imageValues, type Subject } from './subject.ts';

export interface Evaluated {
  readonly reasons: readonly Reason[];
  readonly gaps: readonly Gap[];
  /** For each finding, in order: the earliest instant at which a criterion counts it late; null where none sets days. */
  readonly due: readonly (string | null)[];
}

export function evaluateCriteria({ criteria }: Pick<StagePolicy, 'criteria'>, subject: Subject): Evaluated {
  const reasons: Reason[] = [];
  const gaps: Gap[] = [];
  const due: (string | null)[] = subject.findings.map(() => null);
  for (const criterion of criteria) {
    const { broken, failure } =
      criterion.asks === 'image' ? askImage(criterion, subject) : askFindings(criterion, subject, due);
    if (broken !== null) reasons.push(broken);
    if (failure !== null) gaps.push(failedCriterion(criterion, failure));
  }
  return { reasons, gaps, due };
}

/** What a criterion says; a failure does not take back what is known to break it. */
interface Answer {
  readonly broken: Reason | null;
  readonly failure: Error | null;
}

function askImage(criterion: Criterion, subject: Subject): Answer {
  const answer = ask(imageEnvironment, criterion, imageValues(subject));
  if (answer instanceof Error) return { broken: null, failure: answer };
  return { broken: answer ? imageReason(criterion, subject) : null, failure: null };
}

function askFindings(criterion: Criterion, subject: Subject, due: (string | null)[]): Answer {
  const image = imageValues(subject);
  let failure: Error | null = null;
  const broken = subject.findings.filter((finding, index) => {
    const answer = ask(findingEnvironment, criterion, { ...image, finding: findingValues(finding, subject) });
    if (answer instanceof Error) failure = answer;
    if (answer !== true) return false;
    if (criterion.daysToFix === null) return true;
    const late = lateFrom(finding, criterion.daysToFix, subject);
    const before = due[index] ?? null;
    if (before === null || late < before) due[index] = late;
    return subject.at >= late;
  });
  return { broken: broken.length === 0 ? null : findingReason(criterion, broken, subject), failure };
}

function ask(environment: typeof imageEnvironment, { expression }: Criterion, values: object): boolean | Error {
  try {
    return environment.evaluate(expression, { ...values }) === true;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function lateFrom(finding: Finding, daysToFix: number, subject: Subject): string {
  // Neither published nor seen before: it is seen now, and its days begin.
  const since = datedSince(finding, subject) ?? Date.parse(subject.at);
  return new Date(since + daysToFix * DAY).toISOString();
}

function findingReason({ id, says, daysToFix }: Criterion, broken: readonly Finding[], subject: Subject): Reason {
  const vulnerabilities = new Map(broken.map((finding) => [finding.vulnerability, finding]));
  const severities = SEVERITIES.flatMap((severity) => {
    const count = [...vulnerabilities.values()].filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${String(count)} ${severity}`];
  });
  const verb = vulnerabilities.size === 1 ? 'breaks' : 'break';
  const facts = `${counted(vulnerabilities.size, 'vulnerability', 'vulnerabilities')} (${severities.join(', ')}) ${verb} it`;
  return {
    criterion: id,
    message: `${says} ${facts}${daysToFix === null ? '' : lateness([...vulnerabilities.values()], daysToFix, subject)}.`,
    findings: broken.map(({ vulnerability, package: found }) => ({
      vulnerability,
      package: found.name,
      source: found.source.name,
    })),
  };
}

function lateness(broken: readonly Finding[], daysToFix: number, subject: Subject): string {
  const days = broken.map((finding) => {
    const since = datedSince(finding, subject) ?? Date.parse(subject.at);
    return Math.floor((Date.parse(subject.at) - since) / DAY) - daysToFix;
  });
  const undated = broken.filter(({ published }) => published === null).length;
  const first = undated === 0 ? '' : `; ${String(undated)} without a publication date, counted from first sight`;
  return `, up to ${counted(Math.max(...days), 'day')} past the ${counted(daysToFix, 'day')} to fix${first}`;
}

function imageReason({ id, says }: Criterion, { score, findings }: Subject): Reason {
  const vulnerabilities = new Set(findings.map(({ vulnerability }) => vulnerability)).size;
  const figure = (value: number | null): string => (value === null ? 'none' : value.toFixed(1));
  const facts = `open score ${figure(score.open)}, residual ${figure(score.residual)}, ${counted(vulnerabilities, 'open vulnerability', 'open vulnerabilities')}`;
  return { criterion: id, message: `${says} The image breaks it: ${facts}.`, findings: [] };
}

function failedCriterion({ id }: Criterion, error: Error): Gap {
  const [cause = ''] = error.message.split('\n', 1);
  return { kind: 'criterion-failed', subject: id, message: `the criterion ${id} could not be evaluated: ${cause}` };
}
