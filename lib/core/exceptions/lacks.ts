/** What stands between a request and its grant: all that the appetite asks of an exception. */
import type { Appetite } from '../appetite/appetite.ts';
import { counted } from '../text/plain.ts';
import { endAfter, hasEnded, shownEnd } from '../time/end.ts';
import { highestCriticality, type ScopedAsset } from './assets-in-scope.ts';
import type { Draft, Terms } from './exception.ts';

/**
 * @param at - ISO 8601: when it would be granted
 * @returns a sentence for each thing that is missing or too much; none: it may be granted
 */
export function lacksOf(
  terms: Draft,
  { zone, people, exceptions: policy }: Pick<Appetite, 'zone' | 'people' | 'exceptions'>,
  { at, assets }: { readonly at: string; readonly assets: readonly ScopedAsset[] },
): readonly string[] {
  const { reason, owner, expiry, review, controls, links } = terms;
  const lacks: string[] = [];
  if (reason === null) lacks.push('it gives no reason (--reason)');
  if (owner === null) lacks.push('nobody owns the risk (--owner)');
  else if (!people.some(({ name }) => name === owner)) {
    lacks.push(`its owner ${owner} is not among the people of the appetite`);
  }
  if (expiry === null) lacks.push('it has no end (--until)');
  else {
    if (hasEnded(expiry, at)) lacks.push(`its end ${shownEnd(expiry)} is over`);
    const criticality = highestCriticality(assets);
    const days = policy.longestDays[criticality];
    if (expiry.at > endAfter(at, days, zone).at) {
      lacks.push(
        `its end ${shownEnd(expiry)} is later than the ${counted(days, 'day')} that criticality ${criticality} allows`,
      );
    }
  }
  if (review !== null && hasEnded(review, at)) lacks.push(`its review on ${shownEnd(review)} is over`);
  if (review !== null && expiry !== null && review.at > expiry.at) lacks.push('its review comes after its end');
  if (policy.required.includes('review') && review === null) lacks.push('it names no date of review (--review)');
  if (policy.required.includes('controls') && controls.length === 0)
    lacks.push('it names no compensating control (--control)');
  if (policy.required.includes('links') && links.length === 0) lacks.push('it links to nothing (--link)');
  return lacks;
}

/** True where nothing is missing that the terms of a grant have. */
export function isComplete(terms: Draft): terms is Terms {
  return terms.reason !== null && terms.owner !== null && terms.expiry !== null;
}
