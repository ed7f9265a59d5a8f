/** The identity of a reminder: what is told again after a death is the same one, and refers to itself as such. */
import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';
import type { Dated } from './dated.ts';
import type { Rung } from './ladder.ts';

/**
 * The same for the same due date, rung and reader; another date begins anew.
 *
 * @returns 64 hexadecimal digits
 */
export function reminderId(
  { kind, subject, due }: Pick<Dated, 'kind' | 'subject' | 'due'>,
  { name }: Pick<Rung, 'name'>,
  recipient: string,
): string {
  return hexOf(contentId(['reminder', kind, subject, due.at, name, recipient]));
}
