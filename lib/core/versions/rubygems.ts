/**
 * The order of RubyGems' versions, as Gem::Version says: runs of digits and runs of letters, words
 * before numbers, zeros at the end of either part left out; a hyphen begins a pre-release.
 */
import { byPieces, isZero, type Piece, ranked, withoutTrailing } from './pieces.ts';

const FORM = /^\d[\dA-Za-z]*(?:\.[\dA-Za-z]+)*(?:-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/u;

const WORD = 0;
const NUMBER = 1;
/** Behind the end stands 0, as often as it takes. */
const END = ranked(NUMBER);

export const rubygems = byPieces((text) => {
  if (!FORM.test(text)) return 'it is not of the form 1.2.3.pre';
  const segments = text.replaceAll('-', '.pre.').match(/\d+|[A-Za-z]+/gu) ?? [];
  const pieces = segments.map((segment) =>
    /^\d/u.test(segment) ? ranked(NUMBER, { number: segment }) : ranked(WORD, { text: segment }),
  );
  const firstWord = pieces.findIndex(({ rank }) => rank === WORD);
  const numbers = firstWord === -1 ? pieces.length : firstWord;
  return [pieces.slice(0, numbers), pieces.slice(numbers)].flatMap((part) => withoutTrailing(part, says));
}, END);

function says({ rank, number }: Piece): boolean {
  return rank === WORD || !isZero(number);
}
