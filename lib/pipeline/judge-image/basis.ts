/**
 * What an assessment rests on besides the image and the hour: the feeds, the appetite, the rules,
 * the scanner, and the day.
 *
 * The same image pushed again on the same basis would be told the same: it is not judged twice.
 */
import { contentId } from '../../core/canonical/canonical.ts';
import type { Digest } from '../../core/image/digest.ts';
import { RULES_VERSION } from '../../core/register/assessment.ts';
import { SCANNER_VERSION } from '../../scanner/scan-image.ts';

export function basisOf(feeds: readonly { readonly hash: Digest }[], appetite: Digest, at: string): string {
  return contentId({
    feeds: feeds.map(({ hash }) => hash),
    appetite,
    rules: RULES_VERSION,
    scanner: SCANNER_VERSION,
    day: at.slice(0, 10),
  });
}
