import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { isCavendishError } from '../../../lib/core/errors/error.ts';
import { anAppetiteFile, EXCEPTION_POLICY, REMINDER_POLICY } from '../../support/appetites.ts';

const FOLDER = 'test/fixtures/appetite';

/** What a file is refused for; each line without the name of the file. */
function refusal(text: string): readonly string[] {
  try {
    parseAppetite(text, 'appetite.yaml');
  } catch (error) {
    if (!isCavendishError(error, 'bad-input')) throw error;
    expect(error.next).toContain('docs/appetite.md');
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace('  appetite.yaml:', ''));
  }
  throw new Error('the file was taken');
}

describe('parseAppetite', () => {
  it('reads a whole file, and fills in what may be left out', () => {
    const text = anAppetiteFile({
      assets: ['- { id: shop, repositories: [team/shop], owner: shop@example.com, stage: production }'],
      production: [
        'mode: observe',
        'maxAgeDays: { kev: 7 }',
        'tolerate: [unread-ecosystem, "feed-missing:epss"]',
        'criteria:',
        '  - { id: fixable, says: " It is fixed. ", finding: " finding.fixable ", daysToFix: 14, from: kev }',
        '  - { id: limit, says: It is low., image: score.open > 30 }',
      ],
    });
    const loose = {
      mode: 'enforce',
      maxAgeDays: {},
      tolerate: [],
      criteria: [{ id: 'ok', says: 'ok', asks: 'image', expression: 'false', daysToFix: null, from: 'published' }],
    };

    expect(parseAppetite(text, 'appetite.yaml')).toEqual({
      statement: 'What we accept.',
      zone: 'UTC',
      people: [],
      exceptions: EXCEPTION_POLICY,
      reminders: REMINDER_POLICY,
      notices: { mostAnHour: 10 },
      unnamed: { stage: 'testing', owner: 'platform team', exposure: 'internet', criticality: 'high' },
      assets: [
        {
          id: 'shop',
          repositories: ['team/shop'],
          owner: 'shop@example.com',
          stage: 'production',
          exposure: 'internal',
          criticality: 'medium',
        },
      ],
      stages: {
        development: loose,
        testing: loose,
        production: {
          mode: 'observe',
          maxAgeDays: { kev: 7 },
          tolerate: ['unread-ecosystem', 'feed-missing:epss'],
          criteria: [
            {
              ...{ id: 'fixable', says: 'It is fixed.', asks: 'finding', expression: 'finding.fixable' },
              ...{ daysToFix: 14, from: 'kev' },
            },
            {
              id: 'limit',
              says: 'It is low.',
              asks: 'image',
              expression: 'score.open > 30',
              daysToFix: null,
              from: 'published',
            },
          ],
        },
      },
    });
  });

  it('takes what is said once with an anchor', () => {
    const text = anAppetiteFile({
      production: ['criteria: &rules', '  - { id: limit, says: It is low., image: score.open > 30 }'],
    }).replace('testing: { criteria: [{ id: ok, says: ok, image: "false" }] }', 'testing: { criteria: [] }');
    const reused = text.replace('  testing: { criteria: [] }\n', '').concat('  testing: { criteria: *rules }\n');

    expect(parseAppetite(reused, 'appetite.yaml').stages.testing.criteria).toMatchObject([{ id: 'limit' }]);
  });

  it.each(['mistakes', 'people-mistakes'])(
    'names every mistake of %s at once, each with its line, its column and the nearest right word',
    (name) => {
      const text = readFileSync(`${FOLDER}/${name}.yaml`, 'utf8');
      const said = readFileSync(`${FOLDER}/${name}.txt`, 'utf8').trimEnd();

      expect(() => parseAppetite(text, `${name}.yaml`)).toThrow(said);
    },
  );

  it.each<{ text: string; says: string }>`
    why                            | text                          | says
    ${'nothing'}                   | ${''}                         | ${'1:1  the file is empty: it has to be a mapping (key: value)'}
    ${'a list'}                    | ${'- a'}                      | ${'1:1  the file is a list: it has to be a mapping (key: value)'}
    ${'broken YAML'}               | ${'version: 1\n  stages: ['}  | ${'2:12  not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'}
    ${'a tab'}                     | ${'a:\n\tb: 1'}               | ${'2:1  not YAML: Tabs are not allowed as indentation'}
    ${'a key that is there twice'} | ${'version: 1\nversion: 1'}   | ${'2:1  the key "version" is there twice'}
    ${'a tag'}                     | ${'version: !!js/function x'} | ${'1:10  not YAML: Unresolved tag: tag:yaml.org,2002:js/function'}
    ${'two documents'}             | ${'a: 1\n---\nb: 2'}          | ${'2:1  not YAML: a second document begins here; an appetite is one'}
    ${'an alias of nothing'}       | ${'version: *nothing'}        | ${'1:10  nothing above it is anchored as &nothing'}
  `('refuses $why', ({ text, says }) => {
    expect(refusal(text)).toContain(says);
  });

  it('names the mistake where its anchor is', () => {
    const text = anAppetiteFile({
      production: ['criteria: &rules [{ id: limit, says: x, image: score.opn > 3 }]'],
    }).concat('  again: *rules\n');

    expect(refusal(text)).toContain('8:58  score has no "opn": did you mean "open"?');
  });

  it.each([
    [
      'an alias that explodes',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d]`,
    ],
    ['flow that nests for ever', `a: ${'['.repeat(100_000)}`],
    ['lists that nest for ever', `${'- '.repeat(100_000)}x`],
    ['an alias of itself', 'version: &a [*a]\nstages: *a\nassets: *a'],
    ['a file of no bounds', `# ${'x'.repeat(1_000_000)}`],
    ['a key that is a list', '? [a, b]\n: 1'],
    ['a key that JavaScript would obey', '__proto__: { version: 1 }'],
  ])('stays upright under %s', (_, text) => {
    expect(refusal(text).length).toBeGreaterThan(0);
  });

  it('reads what a file says with the line ends of Windows, and finds its mistakes at the same places', () => {
    const production = [
      'criteria:',
      '  - id: limit',
      '    says: The score is low.',
      '    finding: |',
      '      finding.fixable &&',
      '      finding.severty == "high"',
    ];
    const text = anAppetiteFile({ production });
    const right = text.replace('severty', 'severity');

    expect(refusal(text.replaceAll('\n', '\r\n'))).toEqual(refusal(text));
    expect(refusal(text)).toEqual(['13:19  finding has no "severty": did you mean "severity"?']);
    expect(parseAppetite(right.replaceAll('\n', '\r\n'), 'a')).toEqual(parseAppetite(right, 'a'));
  });

  it('says of each key that is there twice where it is, whatever else is wrong', () => {
    const text = anAppetiteFile({
      production: ['mode: enforce', 'mode: observe', 'criteria: [{ id: a, says: b, says: c, image: score.opn > 1 }]'],
    });

    expect(refusal(text)).toEqual([
      '9:5  the key "mode" is there twice',
      '10:34  the key "says" is there twice',
      '10:56  score has no "opn": did you mean "open"?',
    ]);
  });

  it('reads a file of ten thousand keys in no time', () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `key-${String(index)}: 1`).join('\n');

    expect(refusal(text).at(-1)).toContain('more');
  });

  it('counts what it does not list', () => {
    const assets = Array.from({ length: 100 }, () => '- 3');

    expect(refusal(anAppetiteFile({ assets })).at(-1)).toBe('  … and 50 more');
  });

  it('shows no controls of a file in its messages', () => {
    const [line = ''] = refusal(anAppetiteFile().replace('statement: What', '"\\e[31mstatement\\n": What'));

    expect([...line].filter((character) => character < ' ')).toEqual([]);
  });
});
