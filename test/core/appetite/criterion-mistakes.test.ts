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

  it.each([
    ['finding.severity = "high"', '17: not a CEL expression: Unexpected character: =; what is equal is written =='],
    ['finding.fixable and true', '16: not a CEL expression: Unexpected character: \'d\'; "and" is written &&'],
    ['finding.fixable or true', '16: not a CEL expression: Unexpected character: \'r\'; "or" is written ||'],
    ['not finding.fixable', '4: not a CEL expression: Unexpected character: \'g\'; "not" is written !'],
    ['finding.severity == critical', '20: there is no "critical": a word stands in quotes'],
    [
      'stage == prod',
      '9: there is no "prod": it is one of finding, image, base, asset, stage, passed, validated, score, counts',
    ],
  ])('helps those who are used to another language: %s', (expression, found) => {
    expect(mistakes(expression)).toEqual([found]);
  });

  it.each([
    ['finding.title.matches("(a+)+$")', '22: a pattern has no groups: "(a+)+$"'],
    ['finding.title.matches("a*b*c*")', '22: a pattern has at most two repetitions (* + ? {}), this one has 3'],
    ['finding.title.matches(finding.vulnerability)', '22: the pattern of matches() is a text in quotes'],
    ['"x".matches("a" + "b")', '12: the pattern of matches() is a text in quotes'],
  ])('takes no pattern that can take for ever, nor one from outside: %s', (expression, found) => {
    expect(mistakes(expression)).toEqual([found]);
  });

  it('bounds how often an expression loops', () => {
    const loop = 'finding.aliases.exists(a, a == "x")';
    const nested = '[1].all(a, [1].all(b, [1].all(c, [1].all(d, a + b + c + d > 0))))';
    const doubling = '[[1]].map(a, a + a).map(a, a + a).map(a, a + a).map(a, a + a).size() > 0';

    expect(mistakes([loop, loop, loop].join(' || '))).toEqual([]);
    for (const expression of [[loop, loop, loop, loop].join(' || '), nested, doubling]) {
      expect(mistakes(expression)).toEqual([expect.stringMatching(/has at most three of all, exists/u)]);
    }
  });

  it('bounds an expression', () => {
    expect(mistakes(`${'('.repeat(100)}true${')'.repeat(100)}`)[0]).toMatch(/not a CEL expression/u);
    expect(mistakes(Array.from({ length: 400 }, () => 'true').join(' && '))[0]).toMatch(/not a CEL expression/u);
  });
});
