/**
 * The substance of an assessment: what has to differ for a judgement to be recorded again.
 *
 * All of it but the instant, exceptions, opinions and a past that change nothing of it, what the appetite is called, the versions of feeds that say the same, and figures of EPSS that moved by
 * less than a whole percent under the same model: EPSS moves nearly every figure every day. Where such
 * a move changes a score, a reason or a verdict, those differ.
 */
import { contentId } from '../canonical/canonical.ts';
import type { Digest } from '../image/digest.ts';
import type { Finding } from '../matching/finding.ts';
import type { Assessment } from '../register/assessment.ts';

export function substanceOf(assessment: Assessment): Digest {
  const { reasons, gaps, findings, opinions, inputs } = assessment;
  return contentId({
    ...assessment,
    at: undefined,
    appetite: assessment.appetite.hash,
    feeds: undefined,
    inputs: {
      ...inputs,
      buckets: undefined,
      firstSeen: undefined,
      exceptions: undefined,
      exceptionsAt: undefined,
      history: undefined,
      opinions: undefined,
    },
    // Messages of reasons and gaps count days.
    reasons: reasons.map(({ criterion, findings: breaking }) => ({ criterion, breaking })),
    gaps: gaps.map(({ kind, subject, tolerated }) => ({ kind, subject, tolerated })),
    // A newer opinion that says the same.
    opinions: opinions?.map(({ version: _version, at: _at, ...compared }) => compared),
    findings: findings.map(withFigureThatCounts),
  });
}

function withFigureThatCounts({ epss, ...finding }: Finding): object {
  if (epss === null) return { ...finding, epss };
  return { ...finding, epss: { model: epss.modelVersion, percent: Math.round(epss.score * 100) } };
}
