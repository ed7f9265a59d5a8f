/** What time alone makes of a verdict. */
import { describe, expect, it } from '@jest/globals';

import { daysFrom } from '../../../lib/core/ahead/days.ts';
import { type Span, turnsAfter } from '../../../lib/core/ahead/turns.ts';
import { assess } from '../../../lib/core/register/assess.ts';
import type { JudgedEvidence } from '../../../lib/core/register/judged-evidence.ts';
import { affecting, anAdvisory, aPackage } from '../../support/advisory-builders.ts';
import { anAppetiteFile, AT } from '../../support/appetites.ts';
import { anEvidence } from '../../support/evidence.ts';
import { aCve, aKev } from '../../support/facts.ts';
import { aGrant, anExceptionId, held, OWNER } from '../../support/grants.ts';

const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N';
const PEOPLE = `people: [{ name: ${OWNER}, principals: ['laptop:owner'] }]\nexceptions: { lapse: { fix: false } }\n`;
const CRITERIA = [
  'criteria:',
  '  - { id: late, says: What is critical is fixed in time., finding: finding.severity == "critical", daysToFix: 30 }',
];

/** Perl has a critical vulnerability that was published 28 days ago. */
function anImage(given: Parameters<typeof anEvidence>[0] = {}): JudgedEvidence {
  return anEvidence({
    appetite: `${anAppetiteFile({ production: CRITERIA })}\n${PEOPLE}`,
    packages: [aPackage({ name: 'perl', source: { name: 'perl', version: '2.0' } })],
    advisories: [
      anAdvisory('DSA-1', {
        upstream: ['CVE-2026-1001'],
        affected: [affecting([{ introduced: '0' }, { fixed: '3.0' }])],
      }),
    ],
    cve: [
      aCve('CVE-2026-1001', { published: '2026-10-26T12:00:00.000Z', metrics: [{ source: 'cna:x', vector: VECTOR }] }),
    ],
    ...given,
  });
}

function turns(evidence: JudgedEvidence, given: Partial<Span> = {}, fixed: string | null = null) {
  const span = { from: AT, until: '2026-12-05T00:00:00.000Z', freshFeeds: true, ...given };
  const standing = { evidence, recorded: assess(evidence), fixed };
  return [...turnsAfter(standing, span, null)].flatMap(({ turn }) => turn ?? []);
}

describe('the days as which everything is judged', () => {
  it('begin after one instant, and up to another', () => {
    const days = ['2026-11-24T00:00:00.000Z', '2026-11-25T00:00:00.000Z'];
    expect(daysFrom('2026-11-23T00:00:00.000Z', '2026-11-25T00:00:00.000Z')).toEqual(days);
    expect(daysFrom('2026-11-23T23:59:59.999Z', '2026-11-25T23:59:59.999Z')).toEqual(days);
    expect(daysFrom('2026-11-23T00:00:00.000Z', '2026-11-23T23:00:00.000Z')).toEqual([]);
    expect(daysFrom('2026-11-25T00:00:00.000Z', '2026-11-23T00:00:00.000Z')).toEqual([]);
  });
});

describe('a verdict that time alone changes', () => {
  it('is no-go on the day on which its days to fix are over, and once', () => {
    expect(turns(anImage())).toEqual([
      {
        ...{ at: '2026-11-26T00:00:00.000Z', before: 'go', verdict: 'no-go', blocking: true, told: true, lapsed: [] },
        headline: '1 vulnerability, 1 criterion broken',
        because: [expect.stringContaining('What is critical is fixed in time')],
      },
    ]);
  });

  it('is none before that day, and none where it came before', () => {
    expect(turns(anImage(), { until: '2026-11-25T23:59:59.999Z' })).toEqual([]);
    const later = { ...anImage(), at: '2026-11-27T00:00:00.000Z' };
    expect(turns(later, { from: later.at })).toEqual([]);
  });

  it('is unknown where feeds grow too old, unless they are taken to be refreshed', () => {
    const production = ['maxAgeDays: { kev: 3 }', ...CRITERIA];
    const evidence = anImage({ appetite: `${anAppetiteFile({ production })}\n${PEOPLE}`, advisories: [] });
    // Feeds are a day old.
    expect(turns(evidence, { freshFeeds: false })).toMatchObject([
      {
        at: '2026-11-26T00:00:00.000Z',
        before: 'go',
        verdict: 'unknown',
        headline: '1 gap',
        because: [expect.stringContaining('kev')],
      },
    ]);
    expect(turns(evidence)).toEqual([]);
  });
});

describe('the end of an exception', () => {
  const expiry = { at: '2026-12-01T10:30:00.000Z', date: null, zone: 'UTC' };
  const accepted = (evidence: JudgedEvidence) => ({
    ...evidence,
    exceptions: held(aGrant({ terms: { expiry } })),
  });
  const late = { ...anImage(), at: '2026-11-30T00:00:00.000Z' };

  it('turns the verdict at that very instant, between two days', () => {
    expect(turns(accepted(late), { from: late.at })).toMatchObject([{ at: expiry.at, before: 'go', verdict: 'no-go' }]);
    expect(turns(accepted(late), { from: late.at, until: expiry.at })).toHaveLength(1);
    expect(turns(accepted(late), { from: late.at, until: '2026-12-01T10:29:59.999Z' })).toEqual([]);
  });

  it('is all that turns a verdict which is judged as of one instant for ever', () => {
    expect(turns(accepted(late), { from: late.at }, late.at)).toMatchObject([{ at: expiry.at, verdict: 'no-go' }]);
    expect(turns(anImage(), {}, AT)).toEqual([]);
  });

  it('is told of with the reason where evidence speaks against it', () => {
    const listed = anImage({
      appetite: `${anAppetiteFile({ production: CRITERIA })}\n${PEOPLE.replace('fix: false', 'fix: false, kev: true')}`,
      kev: [aKev('CVE-2026-1001', { dateAdded: '2026-12-02' })],
    });
    const evidence = { ...listed, at: '2026-11-30T00:00:00.000Z', exceptions: held(aGrant()) };
    expect(turns(evidence, { from: evidence.at })).toMatchObject([
      {
        ...{ at: '2026-12-02T00:00:00.000Z', before: 'go', verdict: 'no-go' },
        lapsed: [{ id: anExceptionId(1), why: 'CVE-2026-1001 is known to be exploited (KEV) since 2026-12-02' }],
      },
    ]);
  });
});
