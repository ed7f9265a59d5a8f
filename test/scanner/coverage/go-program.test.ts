import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { goProgram } from '../../../lib/scanner/coverage/go-program.ts';

const ELF = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
const MARK = Buffer.from('\xff Go buildinf:', 'latin1');
const PIECE = 512;

function isGo(bytes: Buffer, size = PIECE): boolean {
  let found = 0;
  const sink = goProgram(() => (found += 1));
  for (let at = 0; at < bytes.length; at += size) sink.write(bytes.subarray(at, at + size));
  sink.end();
  expect(found).toBeLessThan(2);
  return found === 1;
}

describe('goProgram', () => {
  it('finds the mark of Go wherever it lies', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (before, after) => {
        expect(isGo(Buffer.concat([ELF, Buffer.alloc(before), MARK, Buffer.alloc(after)]))).toBe(true);
      }),
    );
  });

  it.each([
    ['a program of another language', Buffer.concat([ELF, Buffer.alloc(5000, 'x')])],
    ['a text about Go', Buffer.concat([Buffer.alloc(600, 'x'), MARK])],
    [
      'half of a mark',
      Buffer.concat([ELF, Buffer.alloc(PIECE - 4 - 5), MARK.subarray(0, 5), Buffer.alloc(PIECE, 'x')]),
    ],
    ['nothing', Buffer.alloc(0)],
  ])('does not take %s for a program of Go', (_what, bytes) => {
    expect(isGo(bytes)).toBe(false);
  });
});
