import { describe, expect, it } from '@jest/globals';

import { labelOf, ratingsOf } from '../../../lib/core/scoring/ratings.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';
import { aCve, aMatch } from '../../support/facts.ts';

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N';
const V31_WORSE = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const V30 = V31_WORSE.replace('3.1', '3.0');
const V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N';

const cvss = (score: string, type = 'CVSS_V3') => ({ type, score });

describe('ratingsOf', () => {
  it.each([
    [
      'the CNA before CISA',
      [
        ['adp:CISA-ADP', V31_WORSE],
        ['cna:x', V31],
      ],
      'cna:x',
    ],
    [
      'CISA before other enrichment',
      [
        ['adp:another', V31_WORSE],
        ['adp:CISA-ADP', V31],
      ],
      'adp:CISA-ADP',
    ],
    [
      '4.0 before 3.1, though it is lower',
      [
        ['cna:x', V31_WORSE],
        ['cna:x', V4],
      ],
      V4,
    ],
    [
      '3.1 before 3.0, though it is lower',
      [
        ['cna:x', V30],
        ['cna:x', V31],
      ],
      V31,
    ],
    [
      'of one source and version the highest',
      [
        ['cna:x', V31],
        ['cna:x', V31_WORSE],
      ],
      V31_WORSE,
    ],
  ])('counts %s', (_, metrics, counts) => {
    const cve = aCve('CVE-2026-1', { metrics: metrics.map(([source = '', vector = '']) => ({ source, vector })) });
    const forwards = ratingsOf(aMatch(), [cve]);
    const backwards = ratingsOf(aMatch(), [{ ...cve, metrics: [...cve.metrics].reverse() }]);

    expect([forwards[0]?.source, forwards[0]?.vector]).toContain(counts);
    expect(forwards).toHaveLength(2);
    expect(backwards).toEqual(forwards);
  });

  it('counts a CVE record before an advisory, and keeps both', () => {
    const match = aMatch({ records: [anAdvisory('GHSA-1', { severity: [cvss(V31_WORSE)] })] });
    const sources = ratingsOf(match, [aCve('CVE-2026-1', { metrics: [{ source: 'adp:z', vector: V31 }] })]);

    expect(sources.map(({ source }) => source)).toEqual(['adp:z', 'osv:GHSA-1']);
  });

  it('takes what an advisory says about the package before what it says of all', () => {
    const affected = [affecting([{ introduced: '0' }], { severity: [cvss(V31)] })];
    const record = anAdvisory('GHSA-1', { severity: [cvss(V31_WORSE)], affected });

    expect(ratingsOf(aMatch({ records: [record] }), []).map(({ score }) => score)).toEqual([7.5]);
  });

  it('does not take what an advisory says about another package', () => {
    const affected = [affecting([{ introduced: '0' }], { name: 'other', severity: [cvss(V31_WORSE)] })];

    expect(ratingsOf(aMatch({ records: [anAdvisory('GHSA-1', { affected })] }), [])).toEqual([]);
  });

  it('leaves out the figure of an advisory that speaks of several vulnerabilities', () => {
    const upstream = ['CVE-2026-1', 'CVE-2026-2'];
    const record = anAdvisory('DSA-1', { upstream, severity: [cvss(V31_WORSE), cvss('critical', 'Debian')] });

    expect(ratingsOf(aMatch({ records: [record] }), [])).toEqual([]);
    expect(labelOf(aMatch({ records: [record] }))).toBe('unrated');
  });

  it('takes the figure of an advisory that speaks of one upstream vulnerability', () => {
    const record = anAdvisory('DSA-1', { upstream: ['CVE-2026-1'], severity: [cvss(V31)] });

    expect(ratingsOf(aMatch({ records: [record] }), [])).toMatchObject([{ source: 'osv:DSA-1', vector: V31 }]);
  });

  it('leaves out what is no vector, and what is there twice', () => {
    const records = [anAdvisory('GHSA-1', { severity: [cvss('rubbish'), cvss(V31), cvss(V31)] })];

    expect(ratingsOf(aMatch({ records }), [])).toHaveLength(1);
  });
});

describe('labelOf', () => {
  it.each([
    ['one of ours, whatever its letters', ['High'], 'high'],
    ['the worst of several', ['low', 'critical', 'medium'], 'critical'],
    ['negligible for low', ['negligible'], 'low'],
    ['none that is not ours', ['untriaged'], 'unrated'],
    ['nothing', [], 'unrated'],
  ])('takes %s', (_, labels, severity) => {
    const record = anAdvisory('UBUNTU-CVE-1', { severity: labels.map((label) => cvss(label, 'Ubuntu')) });

    expect(labelOf(aMatch({ records: [record] }))).toBe(severity);
  });
});
