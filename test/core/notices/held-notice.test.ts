import { describe, expect, it } from '@jest/globals';

import { readHeldRow } from '../../../lib/core/notices/held-notice.ts';
import { operatorOf } from '../../../lib/core/notices/routing.ts';
import { aDigest } from '../../support/assessments.ts';

const AT = '2026-11-23T00:00:00.000Z';

const row = {
  ...{ id: 'notice', at: AT, kind: 'verdict-changed', subject: 'GO: team/app:1.0', reader: 'shop', urgent: false },
  ...{ assessment: aDigest('assessment'), letter: null, box: 1 },
  entry: { id: 'notice', at: AT, name: 'team/app', verdict: 'go', blocking: false, vulnerabilities: 0, line: 'x' },
};

describe('a notice that waits', () => {
  it('is read as it was kept: with what a round-up says of it, or with its letter', () => {
    expect(readHeldRow({ body: row })).toEqual(row);
    const other = { ...row, assessment: null, entry: null, letter: aDigest('letter') };
    expect(readHeldRow({ body: other })).toEqual(other);
  });

  it('is none where it says nothing, is of no kind, or waits in no box', () => {
    for (const wrong of [{}, { ...row, kind: 'birthday' }, { ...row, box: 0 }, { ...row, entry: {} }]) {
      expect(() => readHeldRow({ body: wrong })).toThrow();
    }
    for (const verdict of ['no-go', 'unknown']) {
      const entry = { ...row.entry, verdict };
      expect(readHeldRow({ body: { ...row, entry } }).entry?.verdict).toBe(verdict);
    }
  });
});

describe('what nobody wants to hear', () => {
  it('is told to the operator', () => {
    expect(operatorOf('arn:topic')).toMatchObject({ name: 'operator', topicArn: 'arn:topic' });
  });
});
