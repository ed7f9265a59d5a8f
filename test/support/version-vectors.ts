/** The published pairs of versions under test/fixtures/versions, whichever form a set is written in. */
import { readFileSync } from 'node:fs';

export interface Vector {
  readonly a: string;
  /** `<`, `=`, `>`; of ranges `in`, `notin`. */
  readonly is: string;
  readonly b: string;
}

/** Every line of a set but comments. `.tsv` has tabs, `.txt` has spaces around the sign. */
export function vectorsOf(file: string): readonly Vector[] {
  const text = readFileSync(new URL(`../fixtures/versions/${file}`, import.meta.url), 'utf8');
  const isTable = file.endsWith('.tsv');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(?:#|\/\/)/u.test(line))
    .map((line) => {
      const [a, is, b, ...more] = isTable ? line.split('\t').map(unescaped) : line.trim().split(' ');
      if (a === undefined || is === undefined || b === undefined || more.length > 0)
        throw new Error(`${file}: ${line}`);
      return { a, is, b };
    });
}

/** A tab in a cell is written as `\t`. */
function unescaped(cell: string): string {
  return cell.replaceAll('\\t', '\t');
}
