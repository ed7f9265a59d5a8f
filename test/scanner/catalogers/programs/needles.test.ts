import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { AHEAD, MOST_PLACES, type Needle, searchStream } from '../../../../lib/scanner/catalogers/programs/needles.ts';

const MARK = Buffer.from('ab');

/** Bytes of few kinds, so that marks are in them; and how they are cut. */
const files = fc.array(fc.constantFrom('a', 'b', 'x'), { maxLength: 3000 }).map((all) => Buffer.from(all.join('')));
const cuts = fc.integer({ min: 1, max: 700 });

function inPieces(bytes: Buffer, size: number, needles: readonly Needle[]): ReturnType<typeof searchStream> {
  const stream = searchStream(needles);
  for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size));
  stream.end();
  return stream;
}

describe('searchStream', () => {
  it('finds each mark that begins in a region once, with what is behind it, however the file is cut', () => {
    fc.assert(
      fc.property(files, cuts, fc.nat(2000), fc.nat(2000), (bytes, size, from, length) => {
        const region = { from, to: from + length };
        const found: [number, string][] = [];
        inPieces(bytes, size, [
          { bytes: MARK, regions: [region], found: (at, ahead) => found.push([at, ahead.toString()]) },
        ]);
        const expected = [...bytes.toString().matchAll(/ab/gu)]
          .map(({ index }) => index)
          .filter((at) => at >= from && at < region.to)
          .map((at) => [at, bytes.toString('latin1', at, at + AHEAD)]);
        expect(found).toEqual(expected);
      }),
    );
  });

  it('tells so many places and no more', () => {
    let places = 0;
    const regions = [{ from: 0, to: Number.POSITIVE_INFINITY }];
    inPieces(Buffer.alloc(4 * MOST_PLACES, MARK), 1000, [{ bytes: MARK, regions, found: () => void (places += 1) }]);
    expect(places).toBe(MOST_PLACES);
  });

  it('keeps the bytes that are asked for when a mark is found, and no more than there are', () => {
    fc.assert(
      fc.property(files, cuts, fc.nat(400), fc.nat(2000), (bytes, size, skip, length) => {
        const kept: { from: number; bytes: () => Buffer }[] = [];
        const stream = searchStream([
          {
            bytes: MARK,
            regions: [{ from: 0, to: Number.POSITIVE_INFINITY }],
            found: (at) => void kept.push(stream.keep(at + skip, length)),
          },
        ]);
        for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size));
        stream.end();
        for (const one of kept) expect(one.bytes()).toEqual(bytes.subarray(one.from, one.from + length));
      }),
    );
  });
});
