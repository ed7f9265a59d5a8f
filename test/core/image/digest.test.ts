import { describe, expect, it } from '@jest/globals';

import { hexOf, isDigest, parseDigest, shortDigest } from '../../../lib/core/image/digest.ts';

const SHA256 = `sha256:${'0123456789abcdef'.repeat(4)}` as const;
const SHA512 = `sha512:${'0123456789abcdef'.repeat(8)}` as const;

describe('digests', () => {
  it.each([SHA256, SHA512])('are read: %s', (text) => {
    expect(parseDigest(text)).toBe(text);
  });

  it.each([
    '',
    'latest',
    SHA256.slice(0, -1),
    `${SHA256}0`,
    SHA512.slice(0, -1),
    `${SHA512}0`,
    SHA256.toUpperCase(),
    SHA256.replace('0', 'g'),
    SHA256.replace('sha256', 'sha512'),
    SHA512.replace('sha512', 'sha256'),
    SHA256.replace('sha256', 'md5'),
    ` ${SHA256}`,
    `${SHA256}\n`,
  ])('are refused: %j', (text) => {
    expect(isDigest(text)).toBe(false);
    expect(() => parseDigest(text)).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: `"${text}" is not a digest`,
        next: 'A digest is sha256: and 64 hexadecimal digits, in lower case.',
      }),
    );
  });

  it('are read by people as twelve digits', () => {
    expect(hexOf(SHA256)).toBe('0123456789abcdef'.repeat(4));
    expect(shortDigest(SHA512)).toBe('0123456789ab');
  });
});
