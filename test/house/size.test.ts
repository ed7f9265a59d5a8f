import { describe, expect, it } from '@jest/globals';

import { filesOf, linesOf, type SourceFile } from './tree.ts';

const sources = [...filesOf('lib', /\.ts$/u), ...filesOf('functions', /\.ts$/u), ...filesOf('bin', /\.[jt]s$/u)];
const tests = [...filesOf('test', /\.ts$/u), ...filesOf('bench', /\.ts$/u)];

function longerThan(limit: number, files: readonly SourceFile[]): readonly string[] {
  return files.filter((file) => linesOf(file).length > limit).map((file) => `${file.path}: ${linesOf(file).length}`);
}

describe('files', () => {
  it('are about one thing: none over 300 lines', () => {
    expect(longerThan(300, [...sources, ...tests])).toEqual([]);
  });

  it('are small: half of them under 90 lines', () => {
    const lengths = sources.map((file) => linesOf(file).length).sort((a, b) => a - b);

    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(90);
  });

  it('hold no more than 50 lines where they are handlers', () => {
    expect(longerThan(50, filesOf('functions', /handler\.ts$/u))).toEqual([]);
  });
});
