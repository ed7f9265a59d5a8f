/** What a request would cover, and which verdicts it would change: judged on their own evidence, and nothing is kept. */
import { contentId } from '../../core/canonical/canonical.ts';
import type { Draft, Grant } from '../../core/exceptions/exception.ts';
import { isComplete } from '../../core/exceptions/lacks.ts';
import type { Placement } from '../../core/image/placement.ts';
import type { Stage } from '../../core/image/stage.ts';
import { assess } from '../../core/register/assess.ts';
import type { Decision, Scores } from '../../core/register/assessment.ts';
import { endAfter } from '../../core/time/end.ts';
import { restoreEvidence } from '../replay-assessment/replay-assessment.ts';
import type { Acting } from './act.ts';
import { coveredBy, type CoveredVerdict, factsOf } from './coverage.ts';

export interface PreviewedVerdict {
  readonly placement: Placement;
  readonly tags: readonly string[];
  readonly platform: string;
  readonly stage: Stage;
  /** Distinct vulnerabilities under the scope. */
  readonly vulnerabilities: readonly string[];
  readonly before: Decision;
  readonly after: Decision;
  readonly score: { readonly before: Scores; readonly after: Scores };
}

export interface Preview {
  /** Findings (vulnerability and source package) and images under the scope. */
  readonly count: Grant['count'];
  readonly verdicts: readonly PreviewedVerdict[];
}

export async function previewException(terms: Draft, { at, register, evidence, appetite }: Acting): Promise<Preview> {
  const covered = await coveredBy(terms.scope, { register, evidence, appetite: appetite.value });
  const whole = isComplete(terms)
    ? terms
    : // As if what is missing were given: it decides nothing about what is covered.
      {
        ...terms,
        reason: terms.reason ?? '-',
        owner: terms.owner ?? '-',
        expiry: terms.expiry ?? endAfter(at, 1, 'UTC'),
      };
  const verdicts: PreviewedVerdict[] = [];
  for (const one of covered)
    verdicts.push(await previewed(one, whole, { at, evidence, appetite, facts: factsOf([one]) }));
  return { count: factsOf(covered).count, verdicts };
}

async function previewed(
  { current, assessment, findings }: CoveredVerdict,
  terms: Grant['terms'],
  {
    at,
    evidence,
    appetite,
    facts,
  }: Pick<Acting, 'at' | 'evidence' | 'appetite'> & { readonly facts: ReturnType<typeof factsOf> },
): Promise<PreviewedVerdict> {
  const restored = await restoreEvidence(assessment, evidence);
  const nobody = { principal: 'preview', person: null };
  const grant: Grant = {
    ...{ schemaVersion: 1, id: PREVIEWED, terms, requester: nobody, approver: nobody },
    ...{ at: restored.at < at ? restored.at : at, ...facts, baseApproved: false },
  };
  const exceptions = [...restored.exceptions, { hash: contentId(grant), grant }];
  const before = assess({ ...restored, appetite });
  const after = assess({ ...restored, appetite, exceptions });
  const { placement, tags, platform, stage } = current;
  return {
    ...{ placement, tags, platform, stage },
    vulnerabilities: [...new Set(findings.map(({ vulnerability }) => vulnerability))].sort(),
    ...{ before: before.verdict, after: after.verdict, score: { before: before.score, after: after.score } },
  };
}

/** Behind every other in the order of ids. */
const PREVIEWED = `EX-${'Z'.repeat(26)}`;
