import { describe, expect, it } from '@jest/globals';

import { shortDigest } from '../../../lib/core/image/digest.ts';
import { type Advice, adviceLine } from '../../../lib/core/lineage/advice.ts';
import { verdictNotice } from '../../../lib/core/notices/verdict-notice.ts';
import { aDigest, aFinding, anAssessment } from '../../support/assessments.ts';

const base = { image: aDigest('base'), name: 'debian:12' };
const to = { image: aDigest('newer'), name: 'debian:12', created: '2026-11-24T00:00:00.000Z', approved: true };
const high = aFinding({ vulnerability: 'CVE-2026-2', severity: 'high' });
const other = aFinding({ vulnerability: 'CVE-2026-1', severity: 'low' });

const advice: Advice = {
  ...{ base, unapproved: false, outdated: true, to },
  changes: { removed: [aFinding(), other], added: [] },
};

describe('advice on a base', () => {
  it.each<readonly [string, Partial<Advice>, string]>([
    [
      'a newer build',
      {},
      'built on debian:12, which is not its newest build: move to debian:12 (c9cd, of 2026-11-24, approved), which removes 2 vulnerabilities (1 critical) and adds none',
    ],
    [
      'nothing to move to',
      { to: null, changes: null, unapproved: true, outdated: false },
      'built on debian:12, which is not approved for this stage; no other build of it is known',
    ],
    ['an SBOM that is not held', { changes: null }, 'what that changes can not be told: an SBOM is not held'],
    ['no change', { changes: { removed: [], added: [] } }, 'which changes no finding'],
    [
      'a base and a target without names or dates',
      { base: { ...base, name: '' }, to: { ...to, name: '', created: null, approved: false } },
      `built on ${shortDigest(base.image)}, which is not its newest build: move to (${shortDigest(to.image)}), which removes`,
    ],
    [
      'what it only brings',
      { changes: { removed: [], added: [aFinding(), high] } },
      'which removes none and adds 2 vulnerabilities (1 critical, 1 high)',
    ],
    [
      'what it only removes, of little weight',
      { changes: { removed: [other], added: [] } },
      'removes 1 vulnerability and adds none',
    ],
    ['both reasons', { unapproved: true }, 'which is not approved for this stage and is not its newest build: move to'],
  ])('says in one sentence: %s', (_, given, line) => {
    const short = adviceLine({ ...advice, ...given }).replace(/\([0-9a-f]{12} of/u, '(c9cd, of');

    expect(short).toContain(line);
  });

  it('stands in the notice of a verdict, where there is any', () => {
    const about = { id: aDigest('assessment'), tag: '1.0', previous: null, fallbackOwner: 'platform team' };
    const text = (given: Advice | null): string =>
      verdictNotice({ ...about, assessment: anAssessment(), advice: given }).text;

    expect(text(advice).replaceAll(/\s+/gu, ' ')).toContain(`Base: ${adviceLine(advice)} Asset:`);
    expect(text(null)).not.toContain('Base:');
  });
});
