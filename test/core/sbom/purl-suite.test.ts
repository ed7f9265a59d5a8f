/** The test suite of the package-URL specification, for the types that Cavendish writes. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { type PurlParts, readPurl, writePurl } from '../../../lib/core/sbom/purl.ts';

interface Parts extends Omit<PurlParts, 'qualifiers'> {
  readonly qualifiers: Record<string, string> | null;
}

interface Case {
  readonly of: string;
  readonly group: string;
  readonly type: 'parse' | 'build' | 'validate';
  readonly input: string | Parts;
  readonly output: string | Parts | null;
  readonly fails: boolean;
}

const CASES = JSON.parse(readFileSync('test/fixtures/purl/purl-suite.json', 'utf8')) as readonly Case[];

function answer({ type, input }: Case): unknown {
  if (typeof input === 'string') return type === 'parse' ? read(input) : writePurl(readPurl(input));
  return writePurl({ ...input, qualifiers: input.qualifiers ?? {} });
}

function read(text: string): unknown {
  const { qualifiers, ...parts } = readPurl(text);
  return { ...parts, qualifiers: Object.keys(qualifiers).length === 0 ? null : qualifiers };
}

describe('the suite of package URLs', () => {
  /**
   * The suite contradicts itself: names of qualifiers in upper case are to be refused (rpm, gem), and to
   * be taken (maven). They are taken.
   */
  const contradicted = (one: Case): boolean =>
    one.fails && typeof one.input === 'string' && /[?&][A-Z]\w*=/u.test(one.input);
  const asked = CASES.filter((one) => !contradicted(one));

  it('is asked whole, but for two cases', () => {
    expect([CASES.length, asked.length]).toEqual([208, 206]);
  });

  it.each(asked.map((one) => [one.of, one.type, JSON.stringify(one.input), one] as const))(
    '%s: %s %s',
    (_of, _type, _input, one) => {
      if (one.fails) expect(() => answer(one)).toThrow();
      else expect(answer(one)).toEqual(one.output);
    },
  );
});
