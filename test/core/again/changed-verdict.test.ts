import { describe, expect, it } from '@jest/globals';

import { changedVerdictOf, type Circumstances, readChangedVerdict } from '../../../lib/core/again/changed-verdict.ts';
import { aCount, aDigest, aFinding, anAssessment, aPlacement } from '../../support/assessments.ts';
import { aChangedVerdict, aNews } from '../../support/changed-verdicts.ts';

const ID = aDigest('assessment');
const KEV = { dateAdded: '2026-11-22', dueDate: null, ransomware: false };
const TOLD = [{ tag: '1.0', previous: aDigest('before'), revision: 3 }];

function circumstances(given: Partial<Circumstances> = {}): Circumstances {
  return { tags: ['1.0', 'latest'], told: TOLD, running: true, page: 2, fallbackOwner: 'whoever', ...given };
}

/** So many findings that were not known to be exploited before, and are now. */
function exploited(count: number) {
  return Array.from({ length: count }, (_, at) =>
    aFinding({ vulnerability: `CVE-2026-${String(1000 + at)}`, kev: KEV }),
  );
}

describe('a verdict that a cause changed', () => {
  it('says which, what it was and is, whose it is, and what comes of it', () => {
    const assessment = anAssessment({ counts: aCount({ critical: 1, low: 2 }), blocking: false });
    expect(changedVerdictOf(assessment, ID, anAssessment({ verdict: 'go' }), circumstances())).toEqual({
      ...{ placement: aPlacement(), platform: 'linux/amd64', stage: 'production', assessment: ID },
      ...{ tags: ['1.0', 'latest'], told: TOLD, running: true, page: 2 },
      ...{ verdict: 'no-go', before: 'go', blocking: false, owner: 'shop-team@example.com' },
      ...{ asset: 'shop', severity: 'critical' },
      ...{ vulnerabilities: 3, headline: '3 vulnerabilities, 1 criterion broken', news: [], newsOmitted: 0 },
    });
  });

  it('was none where it was not judged before, and is of whoever owns what no asset names', () => {
    const made = changedVerdictOf(anAssessment({ asset: null }), ID, null, circumstances());
    expect(made).toMatchObject({ before: null, owner: 'whoever' });
  });

  it('is nothing to tell where people know the outcome and there is no news', () => {
    const known = circumstances({ told: [] });
    expect(changedVerdictOf(anAssessment(), ID, anAssessment(), known)).toBeNull();
    const listed = anAssessment({ findings: exploited(1) });
    expect(changedVerdictOf(listed, ID, anAssessment(), known)).toMatchObject({ told: [], news: [{ kind: 'kev' }] });
    expect(changedVerdictOf(listed, ID, listed, known)).toBeNull();
  });

  it('holds the first fifty news and counts the rest', () => {
    const newsOf = (count: number) =>
      changedVerdictOf(anAssessment({ findings: exploited(count) }), ID, null, circumstances());
    expect(newsOf(50)?.news).toHaveLength(50);
    expect(newsOf(50)?.newsOmitted).toBe(0);
    expect(newsOf(53)?.news).toHaveLength(50);
    expect(newsOf(53)?.newsOmitted).toBe(3);
  });

  it('is read as it was kept, and nothing else is', () => {
    for (const verdict of ['go', 'no-go', 'unknown'] as const) {
      const body = aChangedVerdict({ verdict, news: [aNews()] });
      expect(readChangedVerdict({ body })).toEqual(body);
    }
    const untagged = aChangedVerdict({ told: [{ tag: null, previous: null, revision: 1 }] });
    expect(readChangedVerdict({ body: untagged })).toEqual(untagged);
    for (const wrong of [
      {},
      { ...untagged, verdict: 'perhaps' },
      { ...untagged, told: [{}] },
      { ...untagged, page: -1 },
    ]) {
      expect(() => readChangedVerdict({ body: wrong })).toThrow();
    }
  });
});
