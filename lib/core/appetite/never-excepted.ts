/** What the appetite says is never accepted, by whatever exception. */
import type { Finding } from '../matching/finding.ts';
import { ask } from './ask.ts';
import { ENVIRONMENTS } from './criterion-environment.ts';
import type { NeverRule } from './exception-policy.ts';
import { findingValues, imageValues, type Subject } from './subject.ts';

/**
 * Answers, for a finding, the first rule by which it is never accepted; null where none says so.
 *
 * Many exceptions may ask about the same finding: each is asked about once. A rule that fails while it is asked says so too: what can't be told apart from what is never accepted is not.
 *
 * @param subject - the image as if nothing of it were accepted
 */
export function neverExcepted(rules: readonly NeverRule[], subject: Subject): (finding: Finding) => string | null {
  const image = imageValues(subject);
  const questions = rules.map(({ id, finding }) => ({ id, expression: ENVIRONMENTS.finding.parse(finding) }));
  const known = new Map<Finding, string | null>();
  return (finding) => {
    const before = known.get(finding);
    if (before !== undefined || questions.length === 0) return before ?? null;
    const values = { ...image, finding: findingValues(finding, subject) };
    const rule = questions.find(({ expression }) => ask(expression, values) !== false)?.id ?? null;
    known.set(finding, rule);
    return rule;
  };
}
