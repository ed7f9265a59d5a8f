/** Text that fits a narrow window: lines broken at blanks, what follows set in under the words of a list. */

/**
 * Breaks a line into lines of at most `width` characters; a longer word stands alone, unbroken, so
 * that it can be copied.
 */
export function wrapLine(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const [lead = ''] = /^\s*(?:[*+-] )?/u.exec(line) ?? [];
  const hang = ' '.repeat(lead.length);
  const lines: string[] = [];
  let current = lead;
  let empty = true;
  for (const word of line.slice(lead.length).split(' ')) {
    if (!empty && current.length + 1 + word.length > width) {
      lines.push(current);
      current = hang;
      empty = true;
    }
    current = empty ? current + word : `${current} ${word}`;
    empty = false;
  }
  return [...lines, current];
}
