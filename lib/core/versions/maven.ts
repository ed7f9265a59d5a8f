/**
 * The order of Maven's versions, as its "Version Order Specification" and ComparableVersion say
 * (https://maven.apache.org/pom.html#version-order-specification).
 *
 * Tokens are parted by `.`, by `-`, and where digits meet letters, which is a hyphen; a dot before a
 * word is one too. Known qualifiers come first, then the release, then `sp`, then all other words,
 * then numbers behind a hyphen, then numbers behind a dot. What says nothing (0, `ga`, `final`,
 * `release`) is left out before a hyphen and at the end.
 */
import { byPieces, isZero, type Piece, ranked } from './pieces.ts';

const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot'];
const END = ranked(QUALIFIERS.length);
const RELEASE = QUALIFIERS.length + 1;
const SP = RELEASE + 1;
const OTHER = SP + 1;
const HYPHEN_NUMBER = OTHER + 1;
const DOT_NUMBER = HYPHEN_NUMBER + 1;

const ALIASES = new Map([
  ['cr', 'rc'],
  ['ga', ''],
  ['final', ''],
  ['release', ''],
]);
/** Where a digit follows at once. */
const SHORT = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

/** What Maven itself forbids in a version, and the sign of a property that was never filled in. */
const FORBIDDEN = /[\\/:"<>|?*[\](){},$]/u;

export const maven = byPieces((text) => {
  if (FORBIDDEN.test(text)) return 'it has a character that no version has';
  const pieces: Piece[] = [];
  for (const token of tokensOf(text.toLowerCase())) {
    const piece = pieceOf(token);
    if (piece.rank !== DOT_NUMBER) dropWhatSaysNothing(pieces);
    pieces.push(piece);
  }
  dropWhatSaysNothing(pieces);
  return pieces;
}, END);

interface Token {
  readonly isBehindHyphen: boolean;
  readonly text: string;
  readonly isBeforeDigit: boolean;
}

function* tokensOf(version: string): Generator<Token, void, undefined> {
  let isBehindHyphen = false;
  for (const part of version.split(/(?<separator>[.-])/u)) {
    if (part === '.' || part === '-') isBehindHyphen = part === '-';
    else {
      const runs = part.match(/\d+|\D+/gu) ?? ['0'];
      for (const [place, text] of runs.entries()) {
        yield { isBehindHyphen: isBehindHyphen || place > 0, text, isBeforeDigit: place < runs.length - 1 };
      }
    }
  }
}

function pieceOf({ isBehindHyphen, text, isBeforeDigit }: Token): Piece {
  if (/^\d/u.test(text)) return ranked(isBehindHyphen ? HYPHEN_NUMBER : DOT_NUMBER, { number: text });
  const word = (isBeforeDigit ? SHORT.get(text) : undefined) ?? ALIASES.get(text) ?? text;
  if (word === '') return ranked(RELEASE);
  if (word === 'sp') return ranked(SP);
  const known = QUALIFIERS.indexOf(word);
  return known === -1 ? ranked(OTHER, { text: word }) : ranked(known);
}

/** The first piece stays: a version is never nothing. */
function dropWhatSaysNothing(pieces: Piece[]): void {
  while (pieces.length > 1 && saysNothing(pieces.at(-1))) pieces.pop();
}

function saysNothing(piece: Piece | undefined): boolean {
  return piece !== undefined && (piece.rank === RELEASE || (piece.rank > OTHER && isZero(piece.number)));
}
