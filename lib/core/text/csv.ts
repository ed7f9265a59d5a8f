/** CSV for people who open it in a spreadsheet: no cell of it is a formula there. */
import { stringify } from 'csv-stringify/sync';

/**
 * RFC 4180, lines ended by CRLF. A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a
 * tab or a carriage return) begins with an apostrophe.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: 'windows' },
  );
}
