import { describe, expect, it } from '@jest/globals';

import { criterionMistakes } from '../../../lib/core/appetite/criterion-mistakes.ts';

function mistakes(expression: string, asks: 'finding' | 'image' = 'finding') {
  return criterionMistakes({ asks, expression }).map(({ offset, message }) => `${String(offset)}: ${message}`);
}

describe('criterionMistakes', () => {
  it.each([
    'finding.severity == "critical"',
    '"critical" != finding.severity',
    'finding.severity in ["critical", "high"]',
    'finding["severity"] == "low"',
    'finding.package.name == "whatever-name"',
    'finding.aliases.exists(alias, alias.startsWith("GHSA-"))',
    'stage == "production" ? score.open > 30 : score.open * 2 > 100',
    'cel.bind(limit, 30, score.open > limit)',
    'finding.title.matches("[Rr]emote code")',
  ])('finds none in %s', (expression) => {
    expect(mistakes(expression)).toEqual([]);
  });

  it.each<{ expression: string; found: readonly string[] }>`
    expression                              | found
    ${'finding.severity == "crtical"'}      | ${['20: finding.severity is never "crtical": did you mean "critical"?']}
    ${'"hihg" == finding.severity'}         | ${['0: finding.severity is never "hihg": did you mean "high"?']}
    ${'finding.severity in ["low", "bad"]'} | ${['28: finding.severity is never "bad": it is one of critical, high, medium, low, none, unrated']}
    ${'finding["severity"] != "x"'}         | ${['23: finding.severity is never "x": it is one of critical, high, medium, low, none, unrated']}
    ${'stage == "prod"'}                    | ${['9: stage is never "prod": did you mean "production"?']}
    ${'asset.exposure == "public"'}         | ${['18: asset.exposure is never "public": it is one of internet, internal, none']}
    ${'finding.ssvc.exploitation == "Poc"'} | ${['29: finding.ssvc.exploitation is never "Poc": did you mean "poc"?']}
    ${'finding.cvss.scor > 3'}              | ${['13: finding.cvss has no "scor": did you mean "score"?']}
    ${'finding["sevrity"] == "low"'}        | ${['8: finding has no "sevrity": did you mean "severity"?']}
    ${'has(finding.epss.percent)'}          | ${['17: finding.epss has no "percent": did you mean "percentile"?']}
    ${'score.opn > 1 && counts.hihg > 2'}   | ${['6: score has no "opn": did you mean "open"?', '24: counts has no "hihg": did you mean "high"?']}
    ${'findin.fixable'}                     | ${['0: there is no "findin": did you mean "finding"?']}
    ${'finding.cvss == null'}               | ${['0: no such overload: finding.cvss == null; nothing is ever null: ask for known']}
    ${'score.open > "3"'}                   | ${['0: no such overload: double > string']}
    ${'finding.severity.startWith("c")'}    | ${["0: found no matching overload for 'string.startWith(string)'"]}
    ${'score.open'}                         | ${['0: gives double: a criterion is true for what breaks it, or false']}
    ${'finding.title.matches("(")'}         | ${['22: Invalid regular expression: /(/: Unterminated group']}
    ${'finding.fixable &&'}                 | ${['18: not a CEL expression: Unexpected token: EOF']}
  `('finds $found in $expression', ({ expression, found }) => {
    expect(mistakes(expression)).toEqual(found);
  });

  it('lets an image criterion see no finding', () => {
    expect(mistakes('finding.fixable', 'image')).toEqual([
      '0: an image: criterion sees no finding: ask about each with finding:, or use counts',
    ]);
    expect(mistakes('findings > 3', 'image')[0]).not.toContain('finding"?');
    expect(mistakes('counts.total > 3', 'image')).toEqual([]);
  });

  it('bounds an expression', () => {
    expect(mistakes(`${'('.repeat(100)}true${')'.repeat(100)}`)[0]).toMatch(/not a CEL expression/u);
    expect(mistakes(Array.from({ length: 400 }, () => 'true').join(' && '))[0]).toMatch(/not a CEL expression/u);
  });
});
