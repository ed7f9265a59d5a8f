import { describe, expect, it } from '@jest/globals';

import { substanceOf } from '../../../lib/core/again/substance.ts';
import { canonicalText } from '../../../lib/core/canonical/canonical.ts';
import type { Opinion, OpinionFinding } from '../../../lib/core/opinions/opinion.ts';
import { assess } from '../../../lib/core/register/assess.ts';
import { affecting, anAdvisory, aPackage } from '../../support/advisory-builders.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { anEvidence } from '../../support/evidence.ts';
import { anOpinion, aSaidFinding, heldOpinion } from '../../support/opinions.ts';

const perl = aPackage({ name: 'perl-base', version: '5', source: { name: 'perl', version: '5' } });
const PACKAGE = { name: 'perl', version: '5' };
const shared = aSaidFinding({ vulnerability: 'CVE-2026-0001', package: PACKAGE });
const theirs = aSaidFinding({ vulnerability: 'CVE-2026-0002', package: PACKAGE });

function judged(opinions: readonly Opinion[], question = 'image.onlyOthers.critical > 0') {
  const appetite = anAppetiteFile({
    production: [`criteria: [{ id: alone, says: Nothing is found by others alone., image: '${question}' }]`],
  });
  const advisories = [
    anAdvisory('DSA-1', { upstream: ['CVE-2026-0001'], affected: [affecting([{ introduced: '0' }])] }),
  ];
  return assess(
    anEvidence({ packages: [perl], advisories, appetite, overrides: { opinions: opinions.map(heldOpinion) } }),
  );
}

const trivy = (findings: readonly OpinionFinding[], given: Partial<Opinion> = {}) =>
  anOpinion('trivy', findings, given);

describe('an assessment with opinions of other scanners', () => {
  it('says of each finding who else found it, and what only others did', () => {
    const { findings, opinions, onlyOthers, inputs } = judged([trivy([shared, theirs])]);

    expect(findings.map(({ alsoFoundBy }) => alsoFoundBy)).toEqual([['trivy']]);
    expect(opinions).toMatchObject([{ scanner: 'trivy', both: 1, onlyTheirs: 1, onlyOurs: 0 }]);
    expect(onlyOthers).toMatchObject([{ vulnerability: 'CVE-2026-0002', foundBy: ['trivy'], inInventory: true }]);
    expect(inputs.opinions).toHaveLength(1);
  });

  it('stops for what only others found, where the appetite asks for it', () => {
    expect(judged([])).toMatchObject({ verdict: 'go' });
    expect(judged([trivy([shared])])).toMatchObject({ verdict: 'go' });
    expect(judged([trivy([theirs])])).toMatchObject({
      verdict: 'no-go',
      reasons: [{ message: 'Nothing is found by others alone: image.onlyOthers.critical is 1.' }],
    });
  });

  it('has the score, the counts and the risks of our findings alone', () => {
    const { score, counts } = judged([trivy([shared, theirs])]);

    expect({ score, counts }).toEqual({ score: judged([]).score, counts: judged([]).counts });
  });

  it('is without them what it was before there were any', () => {
    const text = canonicalText(judged([]));

    expect(text).not.toMatch(/"(?:opinions|onlyOthers|alsoFoundBy)"/u);
  });

  it('can be asked whether a second scanner has looked, which, and when', () => {
    const at = '2026-11-20T00:00:00.000Z';
    const asked = (question: string, opinions: readonly Opinion[]) => judged(opinions, question).verdict;

    expect(asked('size(image.opinions) == 0', [])).toBe('no-go');
    expect(asked('size(image.opinions) == 0', [trivy([])])).toBe('go');
    expect(asked('!("grype" in image.opinions)', [trivy([])])).toBe('no-go');
    expect(asked('image.opinionAge.days > 30', [])).toBe('no-go');
    expect(asked('image.opinionAge.days > 30', [trivy([], { at })])).toBe('go');
    expect(asked('image.opinionAge.days > 2', [trivy([], { at })])).toBe('no-go');
  });

  it('has the same substance where a newer opinion says the same', () => {
    const newer = trivy([shared, theirs], { at: '2026-11-23T00:00:00.000Z', scanner: { name: 'trivy', version: '2' } });
    const before = judged([trivy([shared, theirs])]);

    expect(substanceOf(judged([newer]))).toBe(substanceOf(before));
    expect(substanceOf(judged([trivy([shared])]))).not.toBe(substanceOf(before));
  });
});
