import { describe, expect, it } from '@jest/globals';

import { quarantineEvent, quarantineNotice, type SetAside } from '../../../lib/core/notices/quarantine-notice.ts';
import { aDigest } from '../../support/assessments.ts';

const AT = '2026-11-23T08:30:00.000Z';
const LATER = '2026-11-23T09:30:00.000Z';

function setAside(feed: string, given: Partial<SetAside> = {}): SetAside {
  return {
    ...{ feed, hash: aDigest(feed), before: aDigest(`${feed} before`), at: AT, source: 'https://example.org/kev.json' },
    ...{ reasons: [{ kind: 'shrinks', message: 'it has 10 records, and had 1,600' }], key: `${feed}#1`, ...given },
  };
}

const both = [
  setAside('kev', { at: LATER }),
  setAside('epss', {
    before: null,
    reasons: [
      { kind: 'malformed', message: 'it is no CSV' },
      { kind: 'stale', message: 'it is 40 days old' },
    ],
  }),
];

describe('the message of feeds that were set aside', () => {
  it('says of each why, what stays, and what to do about them', () => {
    const { subject, kind, at, to, text } = quarantineNotice(both, ' --home aws:prod');
    expect({ subject, kind, at, to }).toEqual({
      subject: '[Cavendish] 2 feeds set aside: the last good ones stay',
      ...{ kind: 'feed-quarantined', at: LATER, to: 'operator' },
    });
    expect(text.split('\n')).toEqual([
      '2 feeds set aside: the last good ones stay, as of 2026-11-23 09:30 UTC',
      '',
      '  * kev: it has 10 records, and had 1,600 (what was held stays)',
      '  * epss: it is no CSV; it is 40 days old (nothing is held of it)',
      '',
      'What to do next',
      '  * see what came: cavendish feeds inspect --home aws:prod',
      '  * where it is right:',
      '    cavendish feeds release FEED VERSION --by NAME --why REASON --home aws:prod',
      '  * where it is not:',
      '    cavendish feeds reject FEED VERSION --by NAME --why REASON --home aws:prod',
      '',
    ]);
  });

  it('names the one feed where it is one', () => {
    const { subject, text } = quarantineNotice([setAside('kev')], '');
    expect(subject).toBe('[Cavendish] 1 feed set aside: the last good one stays');
    expect(text).toContain('  * see what came: cavendish feeds inspect kev\n');
  });

  it('is the newest of them, in whatever order they came', () => {
    expect([both, [...both].reverse()].map((arrivals) => quarantineNotice(arrivals, '').at)).toEqual([LATER, LATER]);
  });
});

describe('the event of a feed that was set aside', () => {
  it('says all that a program needs', () => {
    expect(quarantineEvent(setAside('kev'))).toEqual({
      type: 'Feed Quarantined',
      detail: {
        ...{ id: 'feed-quarantined#kev#1', schemaVersion: 1, at: AT, feed: 'kev', hash: aDigest('kev') },
        ...{ source: 'https://example.org/kev.json', held: aDigest('kev before') },
        reasons: [{ kind: 'shrinks', message: 'it has 10 records, and had 1,600' }],
      },
    });
  });

  it.each([
    ['x'.repeat(1000), 'x'.repeat(1000)],
    ['x'.repeat(1001), `${'x'.repeat(1000)}…`],
    ['a\nb', 'a\ufffdb'],
    [`${'x'.repeat(999)}🐳`, `${'x'.repeat(999)}\ufffd…`],
  ])(
    'has room on a bus, whatever a feed says: a thousand characters, none of them a control or a half',
    (said, told) => {
      const event = quarantineEvent(setAside('kev', { source: said, reasons: [{ kind: 'elsewhere', message: said }] }));
      expect(event).toHaveProperty(['detail', 'source'], told);
      expect(event).toHaveProperty(['detail', 'reasons', '0', 'message'], told);
    },
  );
});
