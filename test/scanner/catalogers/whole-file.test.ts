import { describe, expect, it } from '@jest/globals';

import type { ContentReader } from '../../../lib/scanner/catalogers/cataloger.ts';
import { rpm } from '../../../lib/scanner/catalogers/rpm/cataloger.ts';
import { wholeFile } from '../../../lib/scanner/catalogers/whole-file.ts';

const tooLarge = (): string => 'too large';

describe('wholeFile', () => {
  it('gives the bytes of all pieces', () => {
    const reader = wholeFile(5, 5, (bytes) => bytes.toString('latin1'), tooLarge);
    reader.write(Buffer.from('abc'));
    reader.write(Buffer.from('de'));
    expect(reader.end()).toBe('abcde');
  });

  it('keeps nothing of a file that is too large', () => {
    const reader = wholeFile(6, 5, () => 'read', tooLarge);
    reader.write(Buffer.from('abcdef'));
    expect(reader.end()).toBe('too large');
  });

  it('lets go of the bytes when they are read, or could not be', () => {
    const held: Buffer[] = [];
    const open = (read: () => string): ContentReader<string> =>
      wholeFile(
        3,
        5,
        (bytes) => {
          held.push(bytes);
          return read();
        },
        tooLarge,
      );
    expect(open(() => 'read').end()).toBe('read');
    const failing = open(() => {
      throw new Error('no');
    });
    expect(() => failing.end()).toThrow('no');
    expect(held.map((bytes) => bytes.buffer.byteLength)).toEqual([0, 0]);
  });
});

describe('a database of rpm that is larger than what is read', () => {
  it('is content that names the bound, and no failure of the scan', () => {
    const content = rpm.open?.('var/lib/rpm/Packages', 2 ** 31, () => true).end();
    expect(content).toEqual({ kind: 'database', packages: [], problems: ['has more than 150994944 bytes'] });
  });
});
