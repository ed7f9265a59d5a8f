import { describe, expect, it } from '@jest/globals';

import type { OsvEvent, OsvRecord } from '../../../lib/core/advisories/records.ts';
import { evaluateRecord, isMatch } from '../../../lib/core/matching/evaluate-record.ts';
import { fixedIn } from '../../../lib/core/matching/fixed-in.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';

const SUBJECT = { ecosystem: 'Debian:12', name: 'perl', version: '1.0' };

function fixOf(records: readonly OsvRecord[], version = SUBJECT.version): string | null {
  const subject = { ...SUBJECT, version };
  const matched = records.map((record) => {
    const answer = evaluateRecord(record, subject);
    if (!isMatch(answer)) throw new Error(`${record.id} does not match`);
    return answer.matched;
  });
  return fixedIn(records, matched, subject);
}

const range = (id: string, ...events: OsvEvent[]) => anAdvisory(id, { affected: [affecting(events)] });
const fixed = (id: string, version: string) => range(id, { introduced: '0' }, { fixed: version });
const unfixed = range('UNFIXED', { introduced: '0' });

describe('fixedIn', () => {
  it.each<[string, readonly OsvRecord[], string | null]>([
    ['one record and its fix', [fixed('A', '1.2')], '1.2'],
    ['no fix', [unfixed], null],
    ['only a last affected version', [range('A', { introduced: '0' }, { last_affected: '1.1' })], null],
    ['two records: what fixes both', [fixed('A', '1.2'), fixed('B', '1.10')], '1.10'],
    ['two records in the other order', [fixed('B', '1.10'), fixed('A', '1.2')], '1.10'],
    ['a record without a fix hides no fix', [unfixed, fixed('A', '1.2')], '1.2'],
    [
      'a fix on which another record is open again is none',
      [range('A', { introduced: '0' }, { fixed: '1.2' }, { introduced: '1.4' }, { fixed: '1.6' }), fixed('B', '1.5')],
      '1.6',
    ],
    [
      'no version that holds',
      [range('A', { introduced: '0' }, { fixed: '1.2' }, { introduced: '1.4' }), fixed('B', '1.5')],
      null,
    ],
    [
      'a fix at which another record can not be read is none',
      [
        fixed('A', '1.2'),
        anAdvisory('B', {
          affected: [
            affecting([{ introduced: '0' }, { fixed: '1.1' }]),
            affecting([{ introduced: '0' }, { fixed: '?' }]),
          ],
        }),
      ],
      null,
    ],
    [
      'two entries of one record: what leaves both',
      [
        anAdvisory('A', {
          affected: [
            affecting([{ introduced: '0' }, { fixed: '1.2' }]),
            affecting([{ introduced: '0' }, { fixed: '1.3' }], { ecosystem: 'Debian' }),
          ],
        }),
      ],
      '1.3',
    ],
  ])('%s', (_why, records, expected) => {
    expect(fixOf(records)).toBe(expected);
  });

  it('stays on the branch of the installed version', () => {
    const branches = range('A', { introduced: '0' }, { fixed: '1.2' }, { introduced: '2.0' }, { fixed: '2.3' });
    expect(fixOf([branches], '1.0')).toBe('1.2');
    expect(fixOf([branches], '2.1')).toBe('2.3');
  });
});
