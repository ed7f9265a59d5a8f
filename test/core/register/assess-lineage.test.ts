import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type Lineage, NO_LINEAGE } from '../../../lib/core/lineage/lineage.ts';
import { assess } from '../../../lib/core/register/assess.ts';
import { readToday } from '../../../lib/core/register/older-assessment.ts';
import { affecting, anAdvisory, aPackage } from '../../support/advisory-builders.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { aCount, aDigest, asOfRules1 } from '../../support/assessments.ts';
import { anEvidence } from '../../support/evidence.ts';
import { aBase } from '../../support/family.ts';

const [LOWER, UPPER] = [aDigest('lower'), aDigest('upper')];
const PACKAGES = [aPackage({ name: 'perl', layer: LOWER }), aPackage({ name: 'nginx', layer: UPPER })];
const ADVISORIES = ['perl', 'nginx'].map((name) =>
  anAdvisory(`DSA-${name}`, { affected: [affecting([{ introduced: '0' }, { fixed: '9' }], { name })] }),
);

function judged(lineage: Partial<Lineage>, criterion = 'finding: "false"') {
  const appetite = anAppetiteFile({ production: [`criteria: [{ id: rule, says: Rule., ${criterion} }]`] });
  const overrides = { lineage: { ...NO_LINEAGE, ...lineage } };
  return assess(anEvidence({ packages: PACKAGES, advisories: ADVISORIES, appetite, overrides }));
}

const debian = aBase({ layers: 1, names: ['debian:12', 'base/debian:12'] });

describe('findings of a family', () => {
  it('belong to the base that brought their package, or to the image', () => {
    const { findings, split, counts, inputs } = judged({ bases: [debian] });

    expect(findings.map((finding) => [finding.package.name, finding.inheritedFrom])).toEqual([
      ['nginx', null],
      ['perl', debian.image],
    ]);
    expect(split.own.counts).toEqual(aCount({ unrated: 1 }));
    expect(split.inherited.counts).toEqual(aCount({ unrated: 1 }));
    expect(counts).toEqual(aCount({ unrated: 2 }));
    expect(inputs.lineage.bases).toEqual([debian]);
  });

  it('have scores of their own, none above that of all, and none where there is no score', () => {
    const { split, score } = judged({ bases: [debian] });
    const whole = judged({});

    for (const share of [split.own, split.inherited]) {
      expect(share.score.open).toBeGreaterThan(0);
      expect(share.score.open).toBeLessThan(score.open ?? 0);
    }
    expect(whole.split.own).toEqual({ score: whole.score, counts: whole.counts });
    expect(whole.split.inherited.score.open).toBe(0);
    const unread = anEvidence({
      overrides: { scan: { inventory: null, gaps: [{ kind: 'scan-failed', subject: 'image', message: 'it failed' }] } },
    });
    expect(assess(unread).split.own.score.open).toBeNull();
  });

  it.each([
    ['a team answers for its own layers', 'finding: "!finding.inherited"', ['nginx']],
    ['the owner of the base for the base', 'finding: "finding.inherited && finding.base == \\"debian:12\\""', ['perl']],
    ['what an approved base brings is excused', 'finding: "!(finding.inherited && base.approved)"', ['nginx']],
  ])('are told apart by criteria: %s', (_, criterion, broken) => {
    const approval = { stages: ['production'], until: '2026-12-24T00:00:00.000Z', by: 'platform team' } as const;
    const { reasons } = judged({ bases: [{ ...debian, approval }] }, criterion);

    expect(reasons.flatMap(({ findings }) => findings.map((one) => one.package))).toEqual(broken);
  });
});

describe('criteria about the base', () => {
  const approved = { stages: ['production'], until: '2026-11-23T00:00:00.000Z', by: 'platform team' } as const;
  const newest = { image: aDigest('newer'), name: 'debian:12', created: null };

  it.each<readonly [string, Partial<Lineage>, string, boolean]>([
    [
      'no base is known',
      {},
      'base.known || base.approved || base.latest || base.age.known || base.name != \\"\\"',
      false,
    ],
    [
      'a base is known, and the newest',
      { bases: [debian] },
      'base.known && base.latest && base.age.days == 31.0',
      true,
    ],
    ['a newer build is there', { bases: [{ ...debian, newest }] }, 'base.known && !base.latest', true],
    [
      'an approval that ends at that very instant',
      { bases: [{ ...debian, approval: approved }] },
      'base.approved',
      false,
    ],
    [
      'the image is approved itself',
      { approval: { ...approved, until: '2026-11-24T00:00:00.000Z' } },
      'base.approved',
      true,
    ],
    [
      'another of its names',
      { bases: [debian] },
      '\\"base/debian:12\\" in base.names && base.name == \\"debian:12\\"',
      true,
    ],
    ['an earlier build of the same is not asked about', { bases: [{ ...debian, own: true }] }, 'base.known', false],
    [
      'counts and scores by whose they are',
      { bases: [debian] },
      'counts.own == 1 && counts.inherited == 1 && score.own > 0.0 && score.inherited > 0.0',
      true,
    ],
  ])('%s', (_, lineage, question, breaks) => {
    expect(judged(lineage, `image: "${question}"`).reasons).toHaveLength(breaks ? 1 : 0);
  });
});

describe('whatever bases are known', () => {
  it('the findings, the score and the verdict of criteria that do not ask are the same, and shares make the whole', () => {
    const lines = fc.array(fc.record({ layers: fc.integer({ min: 1, max: 2 }), own: fc.boolean() }), { maxLength: 4 });
    fc.assert(
      fc.property(lines, (all) => {
        const bases = all.map((given, at) => aBase({ image: aDigest(String(at)), ...given }));
        const [with_, without] = [judged({ bases }), judged({})];
        const own = with_.findings.filter(({ inheritedFrom }) => inheritedFrom === null).length;

        expect(with_.findings.map((finding) => ({ ...finding, inheritedFrom: null }))).toEqual(without.findings);
        expect([with_.score, with_.verdict, with_.counts]).toEqual([without.score, without.verdict, without.counts]);
        expect(with_.split.own.counts.unrated + with_.split.inherited.counts.unrated).toBe(with_.counts.unrated);
        expect(with_.split.own.counts.unrated).toBe(own);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an assessment of rules version 1', () => {
  it('reads today as one whose findings are all its own', () => {
    const today = judged({});

    expect(readToday(asOfRules1(today))).toEqual({ ...today, rulesVersion: '1' });
  });
});
