import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { readKev } from '../../../lib/core/advisories/kev.ts';

const entry = (cveID: string, given: object = {}) => ({
  cveID,
  vendorProject: 'Progress',
  dateAdded: '2026-08-07',
  dueDate: '2026-08-10',
  knownRansomwareCampaignUse: 'Unknown',
  ...given,
});

const catalogue = (vulnerabilities: readonly unknown[], given: object = {}) => ({
  catalogVersion: '2026.08.07',
  dateReleased: '2026-08-07T16:45:47.0648Z',
  count: vulnerabilities.length,
  vulnerabilities,
  ...given,
});

describe('readKev', () => {
  it('reads the entries in the order of their identifiers', () => {
    const raw = catalogue([
      entry('CVE-2026-0002', { knownRansomwareCampaignUse: 'Known' }),
      entry('CVE-2026-0001', { dueDate: '' }),
      entry('CVE-2026-0003', { dueDate: undefined, knownRansomwareCampaignUse: undefined }),
    ]);

    expect(readKev(raw)).toEqual({
      date: '2026-08-07T16:45:47.064Z',
      records: [
        { id: 'CVE-2026-0001', dateAdded: '2026-08-07', dueDate: null, ransomware: false },
        { id: 'CVE-2026-0002', dateAdded: '2026-08-07', dueDate: '2026-08-10', ransomware: true },
        { id: 'CVE-2026-0003', dateAdded: '2026-08-07', dueDate: null, ransomware: false },
      ],
    });
  });

  it('reads the catalogue of the sample whole', () => {
    const file = new URL('../../../lib/cli/sample/kev.json', import.meta.url);
    const { date, records } = readKev(JSON.parse(readFileSync(file, 'utf8')));
    expect([date, records.length, records.filter(({ ransomware }) => ransomware).length]).toEqual([
      '2026-08-07T16:45:47.064Z',
      1662,
      338,
    ]);
  });

  it.each<[string, unknown, string]>([
    ['text', '<!DOCTYPE html>', 'the KEV catalogue: '],
    [
      'a count that is more',
      catalogue([entry('CVE-2026-0001')], { count: 2 }),
      'says that it has 2 entries, and has 1',
    ],
    [
      'a count that is less',
      catalogue([entry('CVE-2026-0001')], { count: 0 }),
      'says that it has 0 entries, and has 1',
    ],
    ['no count', catalogue([], { count: undefined }), 'the KEV catalogue: "count"'],
    ['no date', catalogue([], { dateReleased: undefined }), 'the KEV catalogue: "dateReleased"'],
    ['an entry twice', catalogue([entry('CVE-2026-0001'), entry('CVE-2026-0001')]), 'lists CVE-2026-0001 twice'],
    ['an entry that is no CVE', catalogue([entry('X')]), 'entry 1 of the KEV catalogue: "cveID": is not a CVE'],
    [
      'a date of another form',
      catalogue([entry('CVE-2026-0001'), entry('CVE-2026-0002', { dateAdded: '8/7/2026' })]),
      'entry 2 of the KEV catalogue: "dateAdded": is not a date',
    ],
    [
      'a due date that is none',
      catalogue([entry('CVE-2026-0001', { dueDate: 'soon' })]),
      'entry 1 of the KEV catalogue: "dueDate"',
    ],
  ])('refuses %s', (_why, raw, message) => {
    expect(() => readKev(raw)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(message) }),
    );
  });
});
