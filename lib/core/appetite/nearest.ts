/** The word that was probably meant. */
import { closest, distance } from 'fastest-levenshtein';

/** `did you mean "x"?`, where one of the words is near enough; else an empty string. */
export function didYouMean(word: string, words: readonly string[]): string {
  if (words.length === 0) return '';
  const near = closest(word.toLowerCase(), [...words]);
  return distance(word.toLowerCase(), near.toLowerCase()) <= Math.max(2, Math.floor(word.length / 3))
    ? `did you mean "${near}"?`
    : '';
}
