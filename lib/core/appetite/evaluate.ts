/**
 * Asks the criteria of a stage about an image: what breaks which, and by when what has to be fixed.
 *
 * A criterion with days to fix is broken by a finding once that many days have gone (late-from.ts).
 * One that fails at run time is a gap, never a pass; what is known to break it stands.
 */
import type { ParseResult } from '@marcbachmann/cel-js';

import type { Finding } from '../matching/finding.ts';
import type { Reason } from '../register/assessment.ts';
import type { Gap } from '../sbom/gap.ts';
import type { Criterion, StagePolicy } from './appetite.ts';
import { ask } from './ask.ts';
import { ENVIRONMENTS } from './criterion-environment.ts';
import { lateFrom } from './late-from.ts';
import { failedCriterion, findingReason, imageReason } from './reasons.ts';
import { findingValues, imageValues, type Subject } from './subject.ts';
import type { FindingValues, ImageValues } from './vocabulary.ts';

export interface Evaluated {
  /** In the order of the criteria. */
  readonly reasons: readonly Reason[];
  /** `criterion-failed`, one for each criterion that failed. */
  readonly gaps: readonly Gap[];
  /** For each finding, in order: the earliest instant at which a criterion counts it late; null where none sets days. */
  readonly due: readonly (string | null)[];
}

interface Answer {
  readonly reason: Reason | null;
  readonly gap: Gap | null;
  readonly due: ReadonlyMap<Finding, string>;
}

export function evaluateCriteria({ criteria }: Pick<StagePolicy, 'criteria'>, subject: Subject): Evaluated {
  const image = imageValues(subject);
  const findings = new Map(
    subject.findings.map((finding) => [finding, { ...image, finding: findingValues(finding, subject) }]),
  );
  const answers = criteria.map((criterion) => {
    const expression = ENVIRONMENTS[criterion.asks].parse(criterion.expression);
    return criterion.asks === 'image'
      ? askImage(criterion, expression, image)
      : askFindings(criterion, expression, findings, subject);
  });
  return {
    reasons: answers.flatMap(({ reason }) => reason ?? []),
    gaps: answers.flatMap(({ gap }) => gap ?? []),
    due: subject.findings.map((finding) => answers.flatMap(({ due }) => due.get(finding) ?? []).sort()[0] ?? null),
  };
}

function askImage(criterion: Criterion, expression: ParseResult, image: ImageValues): Answer {
  const said = ask(expression, image);
  const due = new Map<Finding, string>();
  if (typeof said !== 'boolean') return { reason: null, gap: failedCriterion(criterion, said, []), due };
  return { reason: said ? imageReason(criterion, expression.ast, image) : null, gap: null, due };
}

function askFindings(
  criterion: Criterion,
  expression: ParseResult,
  findings: ReadonlyMap<Finding, ImageValues & { readonly finding: FindingValues }>,
  subject: Subject,
): Answer {
  const broken: Finding[] = [];
  const failed: Finding[] = [];
  const due = new Map<Finding, string>();
  let failure: Error | null = null;
  for (const [finding, values] of findings) {
    const said = ask(expression, values);
    if (typeof said !== 'boolean') {
      failure ??= said;
      failed.push(finding);
    } else if (said && criterion.daysToFix !== null) {
      const late = lateFrom(finding, { days: criterion.daysToFix, from: criterion.from }, subject);
      due.set(finding, new Date(late).toISOString());
      if (Date.parse(subject.at) >= late) broken.push(finding);
    } else if (said) broken.push(finding);
  }
  const [first, ...more] = broken;
  return {
    reason: first === undefined ? null : findingReason(criterion, expression.ast, [first, ...more], subject),
    gap: failure === null ? null : failedCriterion(criterion, failure, failed),
    due,
  };
}
