import { describe, expect, it } from '@jest/globals';

import { SEVERITIES } from '../../../lib/core/matching/finding.ts';
import { severityOfScore } from '../../../lib/core/scoring/cvss.ts';
import { figuresOf, impactOf, likelihoodOf, type Rated } from '../../../lib/core/scoring/figures.ts';
import {
  CVSS_PRIORS,
  EPSS_PRIORS,
  EXPLOITED_LIKELIHOOD,
  RANSOMWARE_LIKELIHOOD,
} from '../../../lib/core/scoring/priors.ts';

const BARE: Rated = { vulnerability: 'CVE-2026-1', severity: 'unrated', cvss: null, epss: null, kev: null, ssvc: null };
const EPSS = { score: 0.4, percentile: 0.97, modelVersion: 'v5', date: '2026-08-16T00:00:00.000Z' };
const KEV = { dateAdded: '2026-06-01', dueDate: null, ransomware: false };

function ssvc(exploitation: 'none' | 'poc' | 'active' | null): Rated['ssvc'] {
  return { exploitation, automatable: null, technicalImpact: null, source: 'adp:CISA-ADP' };
}

describe('figuresOf', () => {
  it('puts priors where figures are missing, and says that they are none', () => {
    expect(figuresOf(BARE)).toMatchObject({
      cvss: { known: false, score: CVSS_PRIORS.unrated, version: '' },
      epss: { known: false, ...EPSS_PRIORS.unknown, modelVersion: '' },
      kev: { listed: false, ransomware: false, dateAdded: '' },
    });
  });

  it('gives figures as they are', () => {
    const cvss = {
      score: 9.1,
      vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N',
      version: '3.1',
      source: 'cna:x',
    };

    expect(
      figuresOf({ ...BARE, severity: 'critical', cvss, epss: EPSS, kev: { ...KEV, ransomware: true } }),
    ).toMatchObject({
      cvss: { known: true, score: 9.1, version: '3.1' },
      epss: { known: true, score: 0.4, percentile: 0.97, modelVersion: 'v5' },
      kev: { listed: true, ransomware: true, dateAdded: '2026-06-01' },
    });
  });
});

describe('likelihoodOf', () => {
  it.each([
    ['EPSS', { epss: EPSS }, 0.4],
    ['EPSS, though CISA says none', { epss: EPSS, ssvc: ssvc('none') }, 0.4],
    ['a prior where EPSS is missing', {}, EPSS_PRIORS.unknown.score],
    ['a prior where CISA leaves exploitation out', { ssvc: ssvc(null) }, EPSS_PRIORS.unknown.score],
    ['a lower prior where CISA has seen no exploit', { ssvc: ssvc('none') }, EPSS_PRIORS.none.score],
    ['a higher prior where CISA has seen a proof of concept', { ssvc: ssvc('poc') }, EPSS_PRIORS.poc.score],
    ['evidence by CISA', { epss: EPSS, ssvc: ssvc('active') }, EXPLOITED_LIKELIHOOD],
    ['evidence by KEV', { epss: EPSS, kev: KEV }, EXPLOITED_LIKELIHOOD],
    ['evidence of ransomware', { kev: { ...KEV, ransomware: true } }, RANSOMWARE_LIKELIHOOD],
    ['EPSS where it is above the evidence', { epss: { ...EPSS, score: 0.97 }, kev: KEV }, 0.97],
  ])('is %s', (_, given, likelihood) => {
    expect(likelihoodOf({ ...BARE, ...given })).toBe(likelihood);
  });
});

describe('priors', () => {
  it.each(SEVERITIES.filter((severity) => severity !== 'unrated'))('lie in the band of %s', (severity) => {
    expect(severityOfScore(CVSS_PRIORS[severity])).toBe(severity);
    expect(impactOf({ ...BARE, severity })).toBe(CVSS_PRIORS[severity] / 10);
  });

  it('are in the order of the evidence, and never nothing', () => {
    const { none, unknown, poc } = EPSS_PRIORS;
    const order = [0, none.score, unknown.score, poc.score, EXPLOITED_LIKELIHOOD, RANSOMWARE_LIKELIHOOD, 1];

    expect([...new Set(order)].sort((a, b) => a - b)).toEqual(order);
  });
});
