import { describe, expect, it } from '@jest/globals';

import { explainFile } from '../../../../lib/adapters/local/home/file-failures.ts';

describe('explainFile', () => {
  it.each([
    ['ENOSPC', 'storage-full'],
    ['EDQUOT', 'storage-full'],
    ['EACCES', 'unavailable'],
    ['EROFS', 'unavailable'],
    ['EIO', 'unavailable'],
    ['EMFILE', 'unavailable'],
  ])('says of %s that it is %s, where, and what to do', (code, expected) => {
    const error = Object.assign(new Error('write'), { code });
    expect(explainFile(error, '/data/x')).toMatchObject({
      code: expected,
      message: expect.stringContaining('/data/x'),
      next: expect.any(String),
      cause: error,
    });
  });

  it.each([new Error('a bug'), Object.assign(new Error('x'), { code: 'ENOENT' }), 'text', null, { code: 5 }])(
    'hands back what it does not know: %p',
    (error) => {
      expect(explainFile(error, '/data/x')).toBe(error);
    },
  );
});
