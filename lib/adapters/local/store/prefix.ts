const LAST = 0x10_ff_ff;
const BEFORE_SURROGATES = 0xd7_ff;
const AFTER_SURROGATES = 0xe0_00;

/**
 * The least text that is beyond all texts with that prefix, in the order of UTF-8 bytes, which is
 * that of code points; null where there is none.
 */
export function endOfPrefix(prefix: string): string | null {
  const points = [...prefix].map((character) => character.codePointAt(0) ?? 0);
  const place = points.findLastIndex((point) => point !== LAST);
  const point = points[place];
  if (point === undefined) return null;
  const following = point === BEFORE_SURROGATES ? AFTER_SURROGATES : point + 1;
  return String.fromCodePoint(...points.slice(0, place), following);
}
