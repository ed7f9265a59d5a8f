import { describe, expect, it } from '@jest/globals';

import { readGoBuild, releaseOf } from '../../../../lib/scanner/catalogers/programs/go-build.ts';

describe('releaseOf', () => {
  it.each([
    ['go1.22.1', '1.22.1'],
    ['go1.18', '1.18.0'],
    ['go1.21rc2', '1.21.0-rc.2'],
    ['go1.9beta1', '1.9.0-beta.1'],
    ['go1.21.5 X:boringcrypto', '1.21.5'],
    ['go1.20.5-google', '1.20.5'],
    ['devel go1.23-abcdef1 Mon', null],
    ['unknown', null],
    ['go', null],
    ['', null],
  ])('%j is %j', (version, release) => {
    expect(releaseOf(version)).toBe(release);
  });
});

function modulesOf(...lines: readonly string[]): readonly string[] {
  const { modules } = readGoBuild({ version: 'go1.22.1', modules: lines.map((line) => `${line}\n`).join('') });
  return modules.map(({ name, version }) => `${name} ${version}`);
}

function problemsOf(version: string, modules: string): readonly string[] {
  return readGoBuild({ version, modules }).problems;
}

describe('readGoBuild', () => {
  it('reads the standard library, the main module and the others', () => {
    expect(
      modulesOf('path\tx.test/a', 'mod\tx.test\tv1.2.3\th1:x', 'dep\ty.test\tv0.1.0\th1:y', 'build\tGOOS=linux'),
    ).toEqual(['stdlib 1.22.1', 'x.test v1.2.3', 'y.test v0.1.0']);
  });

  it('takes what was built in for a module that was replaced', () => {
    expect(modulesOf('dep\ta.test\tv1.0.0', '=>\tfork.test/a\tv1.0.1\th1:x', 'dep\tb.test\tv1.0.0')).toEqual([
      'stdlib 1.22.1',
      'fork.test/a v1.0.1',
      'b.test v1.0.0',
    ]);
  });

  it.each(['=>\t./a\t(devel)\t', '=>\t../a\t\t'])('has no version for a module that a folder replaced (%j)', (line) => {
    expect(modulesOf('dep\ta.test\tv1.0.0', line)).toEqual(['stdlib 1.22.1', 'a.test (devel)']);
  });

  it('knows the programs of Go itself', () => {
    expect(modulesOf('path\tcmd/go')).toEqual(['stdlib 1.22.1', 'toolchain 1.22.1']);
  });

  it.each([
    [
      'devel go1.23-abc',
      'path\tx\nmod\tx.test\t(devel)\n',
      ['was built by a Go of no known release ("devel go1.23-abc")'],
    ],
    ['go1.22.1', '', ['does not say which modules it is made of']],
    ['go1.22.1', 'dep\ta b\tv1\n', ['names a module that is none ("a b")']],
    ['', '', ['was built by a Go of no known release', 'does not say which modules it is made of']],
    ['go1.22.1', 'mod\tx\t\t\n', []],
  ])('says what can not be read of %j, %j', (version, modules, problems) => {
    expect(problemsOf(version, modules)).toEqual(problems);
  });

  it('reads 10,000 modules at most', () => {
    const lines = Array.from({ length: 10_001 }, (_, nth) => `dep\tx.test/${nth}\tv1.0.0`);
    expect(modulesOf(...lines)).toHaveLength(10_001);
    expect(problemsOf('go1.22.1', lines.join('\n'))).toEqual(['names more than 10000 modules']);
  });
});
