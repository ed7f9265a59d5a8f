import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type Letter, letterText, NEXT, says, sectionOf, shortLetter, step } from '../../../lib/core/notices/letter.ts';
import { letterHtml } from '../../../lib/core/notices/letter-html.ts';
import { aLetter } from '../../support/notices.ts';

const HOSTILE = [
  '<img src=https://evil.example/x onerror=alert(1)>',
  '</title></style><script>alert(1)</script>',
  '" style="display:none',
  "' onload='x",
  '&lt;already&gt;',
  'a\r\nBcc: everybody@example.com\r\n\r\nbody',
  '\u001B[31mred\u202Eturned\u200B',
  'ünïcödé 漢字 العربية 🐳',
  'x'.repeat(5000),
];

function everywhere(text: string): Letter {
  return {
    ...{ headline: text, tone: 'bad', under: [text] },
    sections: [
      ...sectionOf(text, [{ ...says(text, [text]), mark: '+' }], { lead: [text] }),
      ...sectionOf(NEXT, [step(text, text)]),
    ],
    foot: [text],
  };
}

describe('a letter as text', () => {
  it('puts the answer first, and counts what it leaves out', () => {
    const items = ['one', 'two', 'three'].map((line) => says(line, [`under ${line}`]));
    const letter = aLetter({
      under: ['as of today'],
      sections: [
        ...sectionOf(null, items, { most: 1 }),
        ...sectionOf('Counts', [{ ...says('gone'), mark: '-' }], { lead: ['1 of 2'] }),
        ...sectionOf('Nothing', []),
        ...sectionOf(NEXT, [step('see it', 'cavendish show x')]),
      ],
      foot: ['Digest: sha256:1'],
    });
    expect(letterText(letter).split('\n')).toEqual([
      ...['GO  team/app:1.0', 'as of today', ''],
      ...['  * one', '    under one', '  ... and 2 more', ''],
      ...['Counts', '  1 of 2', '  - gone', ''],
      ...[NEXT, '  * see it: cavendish show x', '', 'Digest: sha256:1', ''],
    ]);
  });

  it.each(HOSTILE)('stays within its lines whatever it quotes: %j', (text) => {
    const lines = letterText(everywhere(text)).split('\n');
    expect(lines.filter((line) => /^(?:bcc|body)/iu.test(line))).toEqual([]);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('a letter that quotes at length', () => {
  it('is cut short, its commands are not', () => {
    const long = '🐳'.repeat(501);
    const { headline, under, sections, foot, tone } = shortLetter(everywhere(long));
    const [quoting, next] = sections;
    const cut = `${'🐳'.repeat(500)}…`;
    expect({ headline, under, foot, tone }).toEqual({
      ...{ headline: `${'🐳'.repeat(200)}…`, under: [cut], foot: [cut], tone: 'bad' },
    });
    expect(quoting).toEqual({ title: long, lead: [cut], items: [{ ...says(cut, [cut]), mark: '+' }], rest: 0 });
    expect(next?.items).toEqual([step(cut, long)]);
  });

  it('is left as it is up to there', () => {
    const letter = { ...everywhere('🐳'.repeat(500)), headline: 'x'.repeat(200) };
    expect(shortLetter(letter)).toEqual(letter);
  });
});

describe('a letter as HTML', () => {
  it('says all that the text says, and each command whole', () => {
    const letter = everywhere('the parser is not reachable');
    const html = letterHtml(
      { ...letter, sections: sectionOf(NEXT, [step('see it', 'cavendish show x@1')]) },
      'subject',
    );
    expect(html).toContain('>cavendish show x@1</code>');
    expect(html).toContain('<title>subject</title>');
    expect(html.match(/the parser is not reachable/gu)).toHaveLength(3);
  });

  it('counts what it leaves out, and says what came and went', () => {
    const items = [{ ...says('new'), mark: '+' } as const, { ...says('old'), mark: '-' } as const, says('third')];
    const html = letterHtml(aLetter({ sections: sectionOf('Changes', items, { most: 2 }) }), 's');
    expect(html).toContain('+ new');
    expect(html).toContain('− old');
    expect(html).toContain('… and 1 more');
  });

  it('has the same elements and attributes whatever it quotes', () => {
    const tags = (html: string): readonly string[] => html.match(/<[^>]*>/gu) ?? [];
    const plain = tags(letterHtml(everywhere('x'), 'x'));
    for (const text of HOSTILE) expect(tags(letterHtml(everywhere(text), text))).toEqual(plain);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const html = letterHtml(everywhere(text), text);
        expect(tags(html)).toEqual(plain);
        expect(html.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });

  it('fetches nothing', () => {
    const html = letterHtml(everywhere('x'), 'x');
    expect(html).not.toMatch(/src=|href=|url\(|@import|<link|<script|<form|<img/u);
  });
});
