/**
 * What is wrong in a pattern of `matches`.
 *
 * It is asked of texts from outside, such as titles, and JavaScript's patterns can take for ever on a
 * text that was made for it. Taken are only those that can't: without groups and with few repetitions
 * the time is at worst the cube of the length of the text.
 */
const MOST_REPETITIONS = 2;

const ESCAPED = /\\(?<what>.)/gsu;
const CLASS = /\[(?:\\.|[^\]\\])*\]/gsu;
const REPETITION = /[*+?]|\{\d+,?\d*\}/gu;

/** In words; null where nothing is wrong. */
export function patternMistake(pattern: string): string | null {
  try {
    new RegExp(pattern);
  } catch (error) {
    return Error.isError(error) ? error.message : String(error);
  }
  const references = [...pattern.matchAll(ESCAPED)].some(({ groups }) => /[1-9k]/u.test(groups?.['what'] ?? ''));
  const bare = pattern.replace(CLASS, 'x').replace(ESCAPED, 'x');
  if (references || /[()]/u.test(bare)) return `a pattern has no groups: "${pattern}"`;
  const repetitions = bare.match(REPETITION)?.length ?? 0;
  return repetitions > MOST_REPETITIONS
    ? `a pattern has at most two repetitions (* + ? {}), this one has ${String(repetitions)}`
    : null;
}
