/**
 * The order of RPM's versions: Red Hat, and all that build on RPM.
 *
 * `[epoch:]version[-release]`, each by rpmvercmp(3): runs of digits and runs of letters; what
 * stands between them parts them and says nothing. `~` comes before the end, `^` right after it,
 * letters before digits.
 */
import { byPieces, type Piece, ranked } from './pieces.ts';

const TILDE = 0;
const CARET = 2;
const LETTERS = 3;
const DIGITS = 4;
const END = ranked(1);

/** A release of whatever kind comes after none. */
const RELEASE = ranked(DIGITS);

export const rpm = byPieces((text) => {
  const [, epoch = '', rest = ''] = /^(?:(\d*):)?(.*)$/u.exec(text) ?? [];
  const hyphen = rest.indexOf('-');
  const version = hyphen === -1 ? rest : rest.slice(0, hyphen);
  if (version === '') return 'it has no version';

  const head = [ranked(DIGITS, { number: epoch }), ...segmentsOf(version), END];
  return hyphen === -1 ? head : [...head, RELEASE, ...segmentsOf(rest.slice(hyphen + 1))];
}, END);

function segmentsOf(text: string): readonly Piece[] {
  return (text.match(/\d+|[A-Za-z]+|[~^]/gu) ?? []).map((segment) => {
    if (segment === '~') return ranked(TILDE);
    if (segment === '^') return ranked(CARET);
    return /^\d/u.test(segment) ? ranked(DIGITS, { number: segment }) : ranked(LETTERS, { text: segment });
  });
}
