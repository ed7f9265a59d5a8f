/**
 * The order of Alpine's versions, and of all that build on apk.
 *
 * `number{.number}{letter}{_suffix{number}}{~hash}{-rnumber}`, as apk-package(5) says: numbers after
 * the first that begin with 0 are compared as text; `_alpha`, `_beta`, `_pre`, `_rc` come before
 * the version without a suffix, `_cvs`, `_svn`, `_git`, `_hg`, `_p` after; a hash says nothing.
 *
 * What apk calls malformed, and orders nevertheless, stands before what is well formed: a rest that
 * nobody reads by its text, and a revision that is none as if it were missing.
 */
import { byPieces, type Piece, ranked } from './pieces.ts';

const SUFFIXES = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];

const FORM = new RegExp(
  [
    String.raw`^(?<numbers>\d+(?:\.\d+)*)?(?<letter>[a-z])?`,
    String.raw`(?<suffixes>(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~[0-9a-f]+)?`,
    String.raw`(?:(?<revision>-r\d*)|(?<none>-)|(?<rest>[^-]))?(?<more>.*)$`,
  ].join(''),
  'u',
);
const READABLE = /^(?:\.*\d[\w.+~-]*|[a-z])$/u;

const END = ranked(0);
const NO_SUFFIX = ranked(SUFFIXES.indexOf(''));

export const apk = byPieces((text) => {
  if (!READABLE.test(text)) return 'it begins with no number, or has a character that no version has';
  const { numbers = '', letter = '', suffixes = '', revision, none, rest, more = '' } = FORM.exec(text)?.groups ?? {};
  const isOdd = none !== undefined || (revision !== undefined && more !== '');
  return [
    ...numbersOf(numbers),
    END,
    ranked(0, { text: letter }),
    ...suffixesOf(suffixes),
    NO_SUFFIX,
    rest === undefined ? ranked(1) : ranked(0, { text: `${rest}${more}` }),
    ranked(isOdd ? 0 : 1),
    ranked(revision === undefined && !isOdd ? 0 : 1, { number: revision?.slice('-r'.length) ?? '' }),
  ];
}, END);

function numbersOf(text: string): readonly Piece[] {
  if (text === '') return [];
  return text
    .split('.')
    .map((digits, place) =>
      place > 0 && digits.startsWith('0') ? ranked(1, { text: digits }) : ranked(2, { number: digits }),
    );
}

function suffixesOf(text: string): readonly Piece[] {
  return [...text.matchAll(/_([a-z]+)(\d*)/gu)].map(([, name = '', number = '']) =>
    ranked(SUFFIXES.indexOf(name), { number }),
  );
}
