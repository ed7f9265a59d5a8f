/**
 * Where a character of a YAML text stands in the file.
 *
 * Between the text and how it is written only blanks differ (line breaks that fold, indentation) and
 * the escapes of quoted texts: so both are walked together, blanks left out.
 */
import type { Scalar } from 'yaml';

const BLANK = /\s/u;

export function offsetInSource({ value, range, type }: Scalar, source: string, offset: number): number {
  if (!range || typeof value !== 'string') return range?.[0] ?? 0;
  const [start, end] = range;
  let place = start + openingOf(source.slice(start, end), type);
  for (let index = 0; index < offset; index += 1) {
    if (BLANK.test(value.charAt(index))) continue;
    place = skipBlanks(source, place, end);
    place += lengthOf(source, place, type);
  }
  // What stands at the offset is the next that is no blank, where there is one.
  return onlyBlanksFrom(value, offset) ? Math.min(place, end) : skipBlanks(source, place, end);
}

/** True where nothing follows in the text but blanks: its end is what is meant. */
function onlyBlanksFrom(value: string, offset: number): boolean {
  return value.slice(offset).trim() === '';
}

/** The characters before the text: a quote, or the header line of a block. */
function openingOf(written: string, type: Scalar['type']): number {
  if (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') return 1;
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED' ? written.indexOf('\n') + 1 : 0;
}

/** How many characters of the file write the next character of the text. */
function lengthOf(source: string, place: number, type: Scalar['type']): number {
  if (type === 'QUOTE_SINGLE' && source.startsWith("''", place)) return 2;
  return type === 'QUOTE_DOUBLE' && source.charAt(place) === '\\' ? 2 : 1;
}

function skipBlanks(source: string, from: number, end: number): number {
  let place = from;
  while (place < end && BLANK.test(source.charAt(place))) place += 1;
  return place;
}
