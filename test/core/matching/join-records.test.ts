import { describe, expect, it } from '@jest/globals';

import type { OsvRecord } from '../../../lib/core/advisories/records.ts';
import { joinRecords } from '../../../lib/core/matching/join-records.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';

const OLD = '2026-01-01T00:00:00.000Z';
const NEW = '2026-01-01T00:00:00.001Z';

describe('joinRecords', () => {
  it('puts the records of all lists in the order of their ids', () => {
    const [a, b, c] = ['A', 'B', 'C'].map((id) => anAdvisory(id));
    expect(joinRecords([[c!, a!], [], [b!]])).toEqual([a, b, c]);
  });

  it.each([
    ['last', [OLD, NEW]],
    ['first', [NEW, OLD]],
  ])('takes the newest of one id, where it comes %s', (_where, instants) => {
    const records = instants.map((modified) => anAdvisory('A', { modified, summary: modified }));
    expect(joinRecords(records.map((record) => [record]))).toEqual([anAdvisory('A', { modified: NEW, summary: NEW })]);
  });

  it('keeps one of two equal copies', () => {
    const record = anAdvisory('A');
    expect(joinRecords([[record], [anAdvisory('A')]])[0]).toBe(record);
  });

  it('joins two parts of one record, so that no affected package is lost', () => {
    const twelve = affecting([{ introduced: '0' }]);
    const eleven = affecting([{ introduced: '0' }], { ecosystem: 'Debian:11' });
    const one = anAdvisory('A', {
      withdrawn: OLD,
      aliases: ['X'],
      upstream: ['CVE-1'],
      severity: [{ type: 'CVSS_V3', score: 'a' }],
      affected: [twelve],
    });
    const other = anAdvisory('A', {
      published: OLD,
      summary: 'said',
      aliases: ['X', 'Y'],
      upstream: ['CVE-2'],
      severity: [{ type: 'CVSS_V3', score: 'b' }],
      affected: [eleven, twelve],
    });

    const joined = anAdvisory('A', {
      published: OLD,
      withdrawn: null,
      summary: 'said',
      aliases: ['X', 'Y'],
      upstream: ['CVE-1', 'CVE-2'],
      severity: [...one.severity, ...other.severity],
      affected: [eleven, twelve],
    });
    expect(joinRecords([[one, other]])).toEqual([joined]);
    expect(joinRecords([[other, one]])).toEqual([joined]);
    expect(joinRecords([[joined, one], [other]])).toEqual([joined]);
  });

  it('says the same of two parts that say different things, whichever came first', () => {
    const parts = ['one', 'other'].map((summary) => anAdvisory('A', { summary, withdrawn: OLD }));
    const [joined] = joinRecords([parts]);

    expect(joined).toMatchObject({ withdrawn: OLD });
    expect(joinRecords([parts.toReversed()])).toEqual([joined]);
  });

  it('takes records for equal in whatever order their members were read', () => {
    const record = anAdvisory('A');
    const read = Object.fromEntries(Object.entries(record).reverse()) as unknown as OsvRecord;
    expect(joinRecords([[record], [read]])[0]).toBe(record);
  });
});
