/**
 * The order of Semantic Versioning 2.0.0, of npm, crates.io, Go and Hex, and of its two kin:
 * NuGet's versions have four numbers and take no heed of case; Pub's are ordered by their build too.
 *
 * Read more widely than the specification writes them, as these tools and the vectors do: a `v`
 * before, numbers that are left out (zero), a pre-release without its hyphen (`1.2.3beta`).
 */
import { byPieces, type Piece, ranked } from './pieces.ts';

interface Kind {
  /** How many numbers there are. */
  readonly numbers: 3 | 4;
  readonly isBuildOrdered?: boolean;
  readonly ignoresCase?: boolean;
}

const NUMBER = 1;
const TEXT = 2;
/** In the place of the first identifier of a pre-release: what is released comes after it. */
const RELEASED = ranked(3);
const END = ranked(0);

const FORM =
  /^[vV]?(?<numbers>\d+(?:\.\d+)*)(?:(?:-|(?=[A-Za-z]))(?<pre>[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+(?<build>[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?$/u;

function semverOf({ numbers, isBuildOrdered = false, ignoresCase = false }: Kind) {
  return byPieces((text) => {
    const match = FORM.exec(ignoresCase ? text.toLowerCase() : text)?.groups;
    if (match === undefined)
      return `it is not of the form ${['1', '2', '3', '4'].slice(0, numbers).join('.')}-pre+build`;
    const parts = (match['numbers'] ?? '').split('.');
    // Numbers after the last that counts are of the build, by the vectors.
    const build = [...parts.slice(numbers), ...identifiersOf(match['build'])];
    return [
      ...Array.from({ length: numbers }, (_, place) => ranked(NUMBER, { number: parts[place] ?? '' })),
      ...(match['pre'] === undefined ? [RELEASED] : [...identifiersOf(match['pre']).map(pieceOf), END]),
      ...(isBuildOrdered ? build.map(pieceOf) : []),
    ];
  }, END);
}

function identifiersOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split('.');
}

function pieceOf(identifier: string): Piece {
  return /^\d+$/u.test(identifier) ? ranked(NUMBER, { number: identifier }) : ranked(TEXT, { text: identifier });
}

export const semver = semverOf({ numbers: 3 });
export const nuget = semverOf({ numbers: 4, ignoresCase: true });
export const pub = semverOf({ numbers: 3, isBuildOrdered: true });
