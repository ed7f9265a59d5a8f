/** A table of text: columns as wide as their widest cell, two blanks between them. */
import { stripVTControlCharacters } from 'node:util';

export function table(rows: readonly (readonly string[])[], indent = ''): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell));
  }
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)));
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}

/** Characters on the terminal: colours take none. */
function width(cell: string): number {
  return [...stripVTControlCharacters(cell)].length;
}
