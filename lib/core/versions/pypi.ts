/**
 * The order of Python's versions: PEP 440 (https://peps.python.org/pep-0440/).
 *
 * What is not of its form is a legacy version, ordered as setuptools did before the PEP, and before
 * every version that is of it.
 */
import { byPieces, isZero, type Piece, ranked, withoutTrailing } from './pieces.ts';

const PEP_440 = new RegExp(
  [
    String.raw`^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)`,
    String.raw`(?:[-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>\d+)?)?`,
    String.raw`(?:-(?<implicit>\d+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<postNumber>\d+)?)?`,
    String.raw`(?:[-_.]?(?<dev>dev)[-_.]?(?<devNumber>\d+)?)?`,
    String.raw`(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$`,
  ].join(''),
  'u',
);
/** What a legacy version is made of. */
const LEGACY = /^[\w.+!~*@-]+$/u;

const END = ranked(0);
const TEXT = 1;
const NUMBER = 2;

/** Of the part before the release: a dev release of the release itself, then these, then none. */
const PRE = { dev: 0, a: 1, b: 2, rc: 3, none: 4 } as const;
const PRE_NAMES: Readonly<Record<string, number>> = {
  a: PRE.a,
  alpha: PRE.a,
  b: PRE.b,
  beta: PRE.b,
  c: PRE.rc,
  rc: PRE.rc,
  pre: PRE.rc,
  preview: PRE.rc,
};

export const pypi = byPieces((text) => {
  const version = text.toLowerCase();
  const groups = PEP_440.exec(version)?.groups;
  if (groups !== undefined) return [ranked(1), ...piecesOf(groups)];
  return LEGACY.test(version) ? [ranked(0), ...legacyPieces(version)] : 'it has a character that no version has';
}, END);

function piecesOf(part: Readonly<Record<string, string | undefined>>): readonly Piece[] {
  const { epoch = '', release = '', pre, preNumber: number, implicit, post, dev, local } = part;
  const isPost = implicit !== undefined || post !== undefined;
  const numbers = release.split('.').map((digits) => ranked(NUMBER, { number: digits }));
  const before = dev !== undefined && !isPost ? PRE.dev : PRE.none;
  return [
    ranked(NUMBER, { number: epoch }),
    ...withoutTrailing(numbers, (piece) => !isZero(piece.number)),
    END,
    pre === undefined ? ranked(before) : ranked(PRE_NAMES[pre] ?? before, { number: number ?? '' }),
    isPost ? ranked(1, { number: implicit ?? part['postNumber'] ?? '' }) : ranked(0),
    dev === undefined ? ranked(1) : ranked(0, { number: part['devNumber'] ?? '' }),
    ...(local === undefined ? [] : local.split(/[-_.]/u).map(localPiece)),
  ];
}

function localPiece(part: string): Piece {
  return /^\d+$/u.test(part) ? ranked(NUMBER, { number: part }) : ranked(TEXT, { text: part });
}

const LEGACY_WORDS = new Map([
  ['pre', 'c'],
  ['preview', 'c'],
  ['rc', 'c'],
  ['-', 'final-'],
  ['dev', '@'],
]);
const LEGACY_ZERO = '00000000';

/** The parts as texts: numbers padded, words behind `*`, so that `*final` parts what is before from what is after. */
function legacyPieces(version: string): readonly Piece[] {
  const parts: string[] = [];
  for (const found of [...(version.match(/\d+|[a-z]+|-|[^\da-z.-]+/gu) ?? []), 'final']) {
    const part = /^\d/u.test(found) ? found.padStart(LEGACY_ZERO.length, '0') : `*${LEGACY_WORDS.get(found) ?? found}`;
    if (part.startsWith('*')) {
      while (part < '*final' && parts.at(-1) === '*final-') parts.pop();
      while (parts.at(-1) === LEGACY_ZERO) parts.pop();
    }
    parts.push(part);
  }
  return parts.map((text) => ranked(TEXT, { text }));
}
