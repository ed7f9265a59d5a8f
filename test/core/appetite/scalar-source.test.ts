import { describe, expect, it } from '@jest/globals';
import { isMap, isScalar, parseDocument } from 'yaml';

import { offsetInSource } from '../../../lib/core/appetite/scalar-source.ts';

/** What stands in the file where the word `here` stands in the text. */
function found(source: string): string {
  const contents = parseDocument(source).contents;
  const node = isMap(contents) ? contents.items[0]?.value : contents;
  if (!isScalar(node) || typeof node.value !== 'string') throw new Error('not a text');
  return source
    .slice(offsetInSource(node, source, node.value.indexOf('here')))
    .split(/\s/u, 1)
    .join();
}

describe('offsetInSource', () => {
  it.each([
    ['plain', 'a: x > 3 && here > 4'],
    ['plain, over lines', 'a: x > 3\n  && y >\n  4 && here > 4'],
    ['in single quotes', "a: 'x == ''b'' && here > 4'"],
    ['in double quotes', 'a: "x == \\"b\\" && here > 4"'],
    ['in double quotes, over lines', 'a: "x ==\n   3 && here > 4"'],
    ['folded', 'a: >\n  x > 3 &&\n  y > 4\n\n  && here > 4\n'],
    ['folded and stripped', 'a: >-   # why\n    x > 3 &&\n    here > 4\n'],
    ['as it is written', 'a: |\n  x > 3 &&\n    y > 4 ||\n  here > 4\n'],
    ['first', 'a: here > 4'],
    ['first of a block', 'a: |\n\n   here > 4'],
  ])('finds it in text that is %s', (_, source) => {
    expect(found(source)).toBe('here');
  });

  it('ends where the text ends', () => {
    const source = "a: 'x >'\nb: 1";
    const node = parseDocument(source).get('a', true);

    expect(isScalar(node) && offsetInSource(node, source, 3)).toBe(source.indexOf("'\n"));
  });
});
