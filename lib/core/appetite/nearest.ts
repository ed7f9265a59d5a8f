/** The word that was probably meant. */
import { closest, distance } from 'fastest-levenshtein';

const MOST_LISTED = 12;

/** `did you mean "x"?`, where a word is near enough; else the words that there are. */
export function didYouMean(word: string, words: readonly string[]): string {
  const said = word.toLowerCase();
  const begun = said === '' ? [] : words.filter((one) => one.startsWith(said));
  if (begun.length === 1) return `did you mean "${begun.join()}"?`;
  const near = words.length === 0 ? '' : closest(said, [...words]);
  const enough = Math.max(2, Math.ceil(Math.max(said.length, near.length) / 2) - 1);
  if (near !== '' && distance(said, near.toLowerCase()) <= enough) return `did you mean "${near}"?`;
  const listed = words.slice(0, MOST_LISTED).map((one) => (one === '' ? '""' : one));
  return `it is one of ${listed.join(', ')}${words.length > MOST_LISTED ? ', …' : ''}`;
}
