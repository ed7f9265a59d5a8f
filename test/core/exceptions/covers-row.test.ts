import { describe, expect, it } from '@jest/globals';

import { countsAt, type CoversRow, readCoversRow } from '../../../lib/core/exceptions/covers-row.ts';
import { aDigest } from '../../support/assessments.ts';
import { anExceptionId, EXPIRY, GRANTED } from '../../support/grants.ts';

const ROW: CoversRow = {
  ...{ id: anExceptionId(1), grant: aDigest('grant'), images: { asset: 'shop' }, stages: ['production'] },
  ...{ from: GRANTED, expiry: EXPIRY, endedAt: null },
};
const REVOKED = '2026-12-01T00:00:00.000Z';

describe('a granted exception', () => {
  it.each([
    ['not yet before its grant', '2026-11-21T23:59:59.999Z', false],
    ['from its grant on', GRANTED, true],
    ['until its end', '2026-12-31T23:59:59.999Z', true],
    ['no more at its end', EXPIRY, false],
    ['no more after its end', '2027-02-01T00:00:00.000Z', false],
  ])('counts %s', (_, at, counts) => {
    expect(countsAt(ROW, at)).toBe(counts);
  });

  it.each([
    ['until it was ended', '2026-11-30T23:59:59.999Z', true],
    ['no more at that instant', REVOKED, false],
    ['no more after it', '2026-12-02T00:00:00.000Z', false],
  ])('that was ended before its time counts %s', (_, at, counts) => {
    expect(countsAt({ ...ROW, endedAt: REVOKED }, at)).toBe(counts);
  });

  it('is read as it was kept, and nothing else is', () => {
    expect(readCoversRow({ body: ROW })).toEqual(ROW);
    for (const wrong of [{}, { ...ROW, expiry: 'some day' }, { ...ROW, images: {} }, { ...ROW, stages: ['shop'] }]) {
      expect(() => readCoversRow({ body: wrong })).toThrow();
    }
  });
});
