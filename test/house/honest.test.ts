import { describe, expect, it } from '@jest/globals';

import { filesOf, linesOf } from './tree.ts';

const code = filesOf('', /\.(?:[cm]?js|ts)$/u).filter(({ path }) => !path.startsWith('test/house/honest'));

function linesWith(pattern: RegExp, paths = /./u): readonly string[] {
  return code
    .filter(({ path }) => paths.test(path))
    .flatMap((file) =>
      linesOf(file).flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1} ${line.trim()}`] : [])),
    );
}

// Types switched off by `any`, and comments that switch the linter off, are the linter's to find.
describe('the code', () => {
  it.each([
    {
      what: 'tests that do not run',
      pattern: /\b(?:it|test|describe)\.(?:only|skip|todo)(?:\(|\.each)|\b[fx](?:it|describe)\(/u,
    },
    { what: 'checks switched off', pattern: /@ts-(?:ignore|expect-error|nocheck)|(?:istanbul|c8|v8) ignore/u },
    { what: 'mutants switched off', pattern: /Stryker disable/u },
    { what: 'work left for later', pattern: /\b(?:TODO|FIXME|XXX)\b/u },
  ])('has no $what', ({ pattern }) => {
    expect(linesWith(pattern)).toEqual([]);
  });

  it.each([
    { what: 'force a type through unknown', pattern: /\bas unknown as\b/u },
    {
      what: 'swallow errors',
      pattern: /catch *(?:\([^)]*\))? *\{ *\}|\.catch\(\(\) *=> *(?:\{ *\}|undefined|null|void 0)/u,
    },
  ])('does not $what', ({ pattern }) => {
    expect(linesWith(pattern, /^(?:lib|functions|bin)\//u)).toEqual([]);
  });
});
