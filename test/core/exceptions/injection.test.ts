/** What somebody writes into an exception reaches a spreadsheet, a terminal and a mail as text, and nothing else. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { exceptionText, listText } from '../../../lib/cli/render/exception.ts';
import { draftSchema, type Exception } from '../../../lib/core/exceptions/exception.ts';
import { exceptionsAsCsv, exceptionsAsOpenVex, exceptionsAsYaml } from '../../../lib/core/exceptions/export.ts';
import { line } from '../../../lib/core/exceptions/texts.ts';
import { requested } from '../../../lib/core/exceptions/transitions.ts';
import { aDraft } from '../../support/exception-people.ts';

const AT = '2026-11-25T09:00:00.000Z';

const FORMULAS = ['=cmd|"/c calc"!A1', '+1+1', '-2+3', '@SUM(A1)', '=HYPERLINK("http://evil","x")'];
/** Drawn as nothing or against the direction of writing: kept as written, shown as U+FFFD. */
const HIDDEN = ['safe\u202Etxt.exe', 'a\u200Bb', '\u2066x\u2069'];
const OBEYED = ['\u001b[2Jgone', 'a\u0007', '\u009b31mred', 'a\u0000b', 'half \ud800'];

function saying(text: string): Exception {
  const control = { id: 'waf', does: text, evidence: text, lowers: { likelihood: 0.5, impact: 0 } };
  const terms = draftSchema.parse(aDraft({ reason: text, owner: text, controls: [control] }));
  const exception = requested(terms, {
    requester: { principal: 'laptop:ada', person: line(200).parse(text) },
    at: AT,
    renews: null,
  });
  return { ...exception, state: 'ended', ended: { at: AT, how: 'revoked', why: line(2000).parse(text) } };
}

const io = { stdout: new PassThrough(), env: {} };
const shown = (exception: Exception) =>
  [exceptionText({ exception, changes: [] }, io), listText([exception], true, io as never)].join('\n');

describe('a text of an exception', () => {
  it.each(FORMULAS)('%s is no formula in CSV', (text) => {
    const cells = exceptionsAsCsv([saying(text)]).split('\r\n')[1] ?? '';
    expect(cells).not.toMatch(/(?:^|,)"?[=+\-@]/u);
    expect(cells).toContain(`'${text.replaceAll('"', '""')}`);
  });

  it.each(['a, "b"; c', 'two\nlines', 'a\r\n=1+1'])('%j is one cell of one line', (text) => {
    const lines = exceptionsAsCsv([saying(text)])
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]?.split(',')).toHaveLength(19);
  });

  it.each(HIDDEN)('%j hides nothing in a terminal', (text) => {
    expect(shown(saying(text))).not.toMatch(/[\p{Cf}\p{Cs}]/u);
  });

  it.each(OBEYED)('%j is refused before it is kept', (text) => {
    expect(() => saying(text)).toThrow();
  });

  it.each(['a: b # c', '- x', '!!js/function x', '*alias', '"; rm -rf /', '{{x}}'])('%s is itself in YAML', (text) => {
    expect((parse(exceptionsAsYaml([saying(text)])) as readonly Exception[])[0]?.terms.reason).toBe(text);
  });

  it('adds no statement to OpenVEX', () => {
    const made = exceptionsAsOpenVex([saying('"}], "status": "fixed"')], { at: AT, id: 'x' });
    expect(JSON.parse(JSON.stringify(made)).statements).toMatchObject([{ status: 'affected' }]);
  });
});
