/**
 * What an assessment rests on besides the image and the hour: the feeds, the appetite, the exceptions, what
 * other scanners say, the past that criteria may ask for, the rules, the scanner, and the day.
 *
 * The same image pushed again on the same basis would be told the same: it is not judged twice.
 */
import { contentId } from '../../core/canonical/canonical.ts';
import type { Digest } from '../../core/image/digest.ts';
import { type Assessment, RULES_VERSION } from '../../core/register/assessment.ts';
import type { JudgedHistory } from '../../core/register/judged-evidence.ts';
import { SCANNER_VERSION } from '../../scanner/scan-image.ts';

export interface Basis {
  readonly feeds: readonly { readonly hash: Digest }[];
  readonly appetite: Digest;
  /** Grants in force, in the order of their digests. */
  readonly exceptions: readonly Digest[];
  /** What other scanners say, in the order of digests. */
  readonly opinions: readonly Digest[];
  readonly history: JudgedHistory;
  /** ISO 8601 */
  readonly at: string;
}

export function basisOf({ feeds, appetite, exceptions, opinions, history, at }: Basis): string {
  return contentId({
    feeds: feeds.map(({ hash }) => hash),
    appetite,
    exceptions,
    // Left out where there are none: what was judged before there were opinions stands.
    ...(opinions.length > 0 && { opinions }),
    history,
    rules: RULES_VERSION,
    scanner: SCANNER_VERSION,
    day: at.slice(0, 10),
  });
}

export function basisOfAssessment({ feeds, appetite, inputs, at }: Assessment): string {
  const { exceptions, opinions = [], history } = inputs;
  return basisOf({ feeds, appetite: appetite.hash, exceptions, opinions, history, at });
}
