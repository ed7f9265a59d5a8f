import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { ROOT } from './tree.ts';

interface Line {
  readonly fault: string;
  readonly test: string;
  readonly words: string;
}

/** Lines of the tables: fault, end, and `file`: words of its test. Feeds have tables of other things beside. */
const lines = [
  ...linesOf('docs/faults.md').filter((line) => !/^\| (?:fault|-)/u.test(line)),
  ...linesOf('docs/feeds.md').filter((line) => line.includes('| `test/')),
].map((line): Line => {
  const [fault = '', , shown = ''] = line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
  const [, test = '', words = ''] = /^`([^`]+)`: (.+)$/u.exec(shown) ?? [];
  return { fault, test, words };
});

function linesOf(page: string): readonly string[] {
  return readFileSync(join(ROOT, page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '));
}

describe('the table of faults', () => {
  it('is no empty one', () => {
    expect(lines.length).toBeGreaterThan(50);
  });

  it.each(lines)('names the test of: $fault', ({ test, words }) => {
    expect(existsSync(join(ROOT, test)) && readFileSync(join(ROOT, test), 'utf8').includes(words)).toBe(true);
    expect(words).not.toBe('');
  });
});
