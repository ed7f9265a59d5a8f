/**
 * Trivy's `.trivyignore`: an identifier a line, with `exp:YYYY-MM-DD`, and comments from `#` on.
 * https://trivy.dev/latest/docs/configuration/filtering/#trivyignore
 */
import { CavendishError } from '../../core/errors/error.ts';
import type { Imported, ImportedEntry, SkippedEntry } from '../../core/exceptions/imported.ts';
import { said } from './said.ts';

const VULNERABILITY = /^(?:CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}|[A-Z][A-Z0-9]*-\d[\w.:-]*)$/u;
/** Rules about configuration and secrets. */
const OTHER_RULE = /^(?:AVD-|DS-?\d|KSV-?\d|[a-z][a-z0-9-]*$)/u;

/** @throws CavendishError `bad-input` naming the line that can't be read */
export function readTrivyignore(text: string, source: string): Imported {
  const entries: ImportedEntry[] = [];
  const skipped: SkippedEntry[] = [];
  let comment: string | null = null;
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const where = `line ${String(index + 1)}`;
    const [rule = '', remark] = line.split('#', 2);
    const [id, ...more] = rule.trim().split(/\s+/u).filter(Boolean);
    if (id === undefined) {
      // What stands above a rule is about it, and a blank line ends that.
      comment = said(remark);
    } else if (VULNERABILITY.test(id) && !id.startsWith('AVD-')) {
      const reason = said(remark) ?? comment;
      entries.push({
        where,
        vulnerabilities: [id],
        packages: [],
        reason,
        expiry: expiryIn(more, source, where),
      });
    } else if (OTHER_RULE.test(id))
      skipped.push({ where, why: `${id} is a rule about something else than vulnerabilities` });
    else throw new CavendishError('bad-input', `${source}, ${where}: "${id}" is no identifier`);
  }
  return { format: 'trivyignore', entries, skipped };
}

function expiryIn(more: readonly string[], source: string, where: string): string | null {
  const [first, ...rest] = more;
  if (first === undefined) return null;
  const [, day] = /^exp:(\d{4}-\d{2}-\d{2})$/u.exec(first) ?? [];
  if (day !== undefined && rest.length === 0) return day;
  throw new CavendishError('bad-input', `${source}, ${where}: "${more.join(' ')}" is not exp:YYYY-MM-DD`);
}
