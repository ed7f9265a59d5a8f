import { describe, expect, it } from '@jest/globals';

import { didYouMean } from '../../../lib/core/appetite/nearest.ts';

const STAGES = ['development', 'testing', 'production'];

describe('didYouMean', () => {
  it.each([
    ['productoin', 'did you mean "production"?'],
    ['prod', 'did you mean "production"?'],
    ['TESTING', 'did you mean "testing"?'],
    ['tset', 'it is one of development, testing, production'],
    ['tester', 'did you mean "testing"?'],
    ['', 'it is one of development, testing, production'],
  ])('says of "%s": %s', (word, says) => {
    expect(didYouMean(word, STAGES)).toBe(says);
  });

  it('lists no more than people read', () => {
    const words = Array.from({ length: 20 }, (_, index) => `word-${String(index)}`);

    expect(didYouMean('x', words)).toMatch(/^it is one of (?:word-\d+, ){12}…$/u);
  });

  it('has nothing to say without words', () => {
    expect(didYouMean('x', [])).toBe('it is one of ');
  });
});
