/**
 * The order of Packagist's versions: made regular as Composer does (composer/semver, VersionParser),
 * then ordered as PHP's version_compare does.
 *
 * A branch (`dev-main`) has no place among versions: it is unparsable. `1.x-dev`, the branch of a
 * series, stands behind all of its versions.
 */
import { byPieces, type Piece, ranked } from './pieces.ts';

const MODIFIER = String.raw`[._-]?(?:(?<stability>stable|beta|b|rc|alpha|a|patch|pl|p)(?<counts>[.-]?\d+(?:[.-]\d+)*)?)?(?<dev>[.-]?dev)?$`;
const NUMBERED = new RegExp(String.raw`^v?(?<numbers>\d{1,5}(?:\.\d+){0,3})${MODIFIER}`, 'u');
const DATED = new RegExp(String.raw`^v?(?<numbers>\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3}){0,2})${MODIFIER}`, 'u');
const SERIES = /^v?(?<numbers>\d+(?:\.(?:\d+|[x*])){0,3})[.-]?dev$/u;

/** How many numbers a version has; those of a series that are left open are Composer's greatest. */
const NUMBERS = 4;
const OPEN = '9999999';

const DEV = ranked(0);
const STABILITIES: Readonly<Record<string, number>> = { a: 1, alpha: 1, b: 2, beta: 2, rc: 3, p: 6, pl: 6, patch: 6 };
const END = ranked(4);
const NUMBER = 5;

export const packagist = byPieces((text) => {
  const version = text
    .toLowerCase()
    .replace(/@(?:stable|rc|beta|alpha|dev)$/u, '')
    .replace(/^([^+]+)\+.+$/u, '$1');
  if (version.startsWith('dev-') || ['master', 'trunk', 'default'].includes(version)) return 'it is a branch';

  const series = SERIES.exec(version)?.groups?.['numbers']?.split('.');
  if (series?.some((part) => /[x*]/u.test(part)) === true) return [...numbersOf(series, OPEN), DEV];
  const numbered = NUMBERED.exec(version)?.groups;
  if (numbered !== undefined)
    return [...numbersOf(numbered['numbers']?.split('.') ?? [], '0'), ...modifiersOf(numbered)];
  const dated = DATED.exec(version)?.groups;
  if (dated !== undefined) return [...(dated['numbers'] ?? '').split(/\D/u).map(numberPiece), ...modifiersOf(dated)];
  return 'it is not of the form 1.2.3.4-beta5';
}, END);

function numbersOf(parts: readonly string[], missing: string): readonly Piece[] {
  return Array.from({ length: NUMBERS }, (_, place) => (parts[place] ?? missing).replace(/[x*]/u, OPEN)).map(
    numberPiece,
  );
}

function modifiersOf({ stability, counts, dev }: Readonly<Record<string, string | undefined>>): readonly Piece[] {
  // Composer stops reading at `stable`.
  if (stability === 'stable') return [];
  return [
    ...(stability === undefined ? [] : [ranked(STABILITIES[stability] ?? END.rank)]),
    ...(counts?.match(/\d+/gu) ?? []).map(numberPiece),
    ...(dev === undefined ? [] : [DEV]),
  ];
}

function numberPiece(number: string): Piece {
  return ranked(NUMBER, { number });
}
