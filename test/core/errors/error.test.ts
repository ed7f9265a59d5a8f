import { describe, expect, it } from '@jest/globals';

import { CavendishError, isCavendishError } from '../../../lib/core/errors/error.ts';

describe('CavendishError', () => {
  it('carries its code, what to do next, and its cause', () => {
    const cause = new Error('below');
    const error = new CavendishError('conflict', 'above', { next: 'Again.', cause });

    expect(error).toMatchObject({ name: 'CavendishError', code: 'conflict', message: 'above', next: 'Again.', cause });
    expect(Object.hasOwn(new CavendishError('conflict', 'alone'), 'cause')).toBe(false);
    expect(new CavendishError('conflict', 'alone').next).toBeUndefined();
  });

  it('is told from other errors, and by its code', () => {
    const error: unknown = new CavendishError('conflict', 'x');

    expect(isCavendishError(error)).toBe(true);
    expect(isCavendishError(error, 'conflict')).toBe(true);
    expect(isCavendishError(error, 'not-found')).toBe(false);
    expect(isCavendishError(Object.assign(new Error('x'), { code: 'conflict' }), 'conflict')).toBe(false);
    expect(isCavendishError(undefined)).toBe(false);
  });
});
