/**
 * Orders as lists of pieces: an ecosystem says how a version is cut, and what its end counts as.
 *
 * Two lists are compared piece by piece, by rank first; among those of one rank by number, then by
 * text. Behind the end of the shorter stands the end, as often as it takes. Whatever an ecosystem
 * says, that is a total order, found in one walk: it can't contradict itself.
 */
import { type Order, orderOf, refusal, type Unparsable, type VersionScheme } from './version.ts';

export interface Piece {
  readonly rank: number;
  /** Digits, of any length; empty is zero. */
  readonly number: string;
  /** Compared by code unit. */
  readonly text: string;
}

export interface Cut {
  readonly pieces: readonly Piece[];
}

export function ranked(rank: number, { number = '', text = '' }: Partial<Omit<Piece, 'rank'>> = {}): Piece {
  return { rank, number, text };
}

/**
 * @param cut - the pieces of a version without space around it; or why it is none, as the end of
 *   the sentence that begins with the version
 * @param end - what stands behind the last piece
 */
export function byPieces(cut: (version: string) => readonly Piece[] | string, end: Piece): VersionScheme<Cut> {
  return {
    parse: (text): Cut | Unparsable => {
      const version = text.trim();
      if (version === '') return refusal(text, 'it is empty');
      if (/[\s\p{Cc}]/u.test(version)) return refusal(text, 'it has space in it');
      const pieces = cut(version);
      return typeof pieces === 'string' ? refusal(text, pieces) : { pieces };
    },
    compare: (a, b) => comparePieces(a.pieces, b.pieces, end),
  };
}

function comparePieces(a: readonly Piece[], b: readonly Piece[], end: Piece): Order {
  for (let i = 0; i < a.length || i < b.length; i += 1) {
    const x = a[i] ?? end;
    const y = b[i] ?? end;
    const order = orderOf(x.rank, y.rank) || compareDigits(x.number, y.number) || orderOf(x.text, y.text);
    if (order !== 0) return order;
  }
  return 0;
}

/** Digits of any length, as numbers: without leading zeros, the longer is the greater. */
export function compareDigits(a: string, b: string): Order {
  const x = a.replace(/^0+/u, '');
  const y = b.replace(/^0+/u, '');
  return orderOf(x.length, y.length) || orderOf(x, y);
}

/** The pieces without those at the end that say nothing. */
export function withoutTrailing(pieces: readonly Piece[], says: (piece: Piece) => boolean): readonly Piece[] {
  return pieces.slice(0, pieces.findLastIndex(says) + 1);
}

export function isZero(digits: string): boolean {
  return /^0*$/u.test(digits);
}
