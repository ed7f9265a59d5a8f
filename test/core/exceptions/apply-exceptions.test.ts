import { describe, expect, it } from '@jest/globals';

import { applyExceptions } from '../../../lib/core/exceptions/apply-exceptions.ts';
import type { CoveredImage } from '../../../lib/core/exceptions/covered-findings.ts';
import type { LapseContext } from '../../../lib/core/exceptions/lapse.ts';
import { NO_LINEAGE } from '../../../lib/core/lineage/lineage.ts';
import type { Finding } from '../../../lib/core/matching/finding.ts';
import { AT, EXCEPTION_POLICY } from '../../support/appetites.ts';
import { aDigest, aFinding } from '../../support/assessments.ts';
import { aBase } from '../../support/family.ts';
import { aControl, aFact, aGrant, anExceptionId, EXPIRY, GRANTED, OWNER } from '../../support/grants.ts';

const PERL = aFinding({ fixedIn: null });
const KEV = { dateAdded: '2026-11-22', dueDate: null, ransomware: false };
const EPSS = { score: 0.3, percentile: 0.9, modelVersion: 'v5', date: AT };

interface Given {
  readonly findings?: readonly Finding[];
  readonly image?: Partial<CoveredImage>;
  readonly context?: Partial<LapseContext>;
  readonly barredBy?: (finding: Finding) => string | null;
}

function apply(grants: Parameters<typeof applyExceptions>[0]['grants'], given: Given = {}) {
  const { findings = [PERL], barredBy = () => null } = given;
  const image: CoveredImage = {
    ...{ repository: 'team/app', asset: 'shop', digest: aDigest('image'), stage: 'production' },
    ...{ lineage: NO_LINEAGE, layers: [aDigest('layer')], ...given.image },
  };
  const context: LapseContext = {
    ...{ rules: { ...EXCEPTION_POLICY.lapse, fix: true }, people: [OWNER], digest: image.digest },
    ...{ lineage: NO_LINEAGE, stage: image.stage, at: AT, ...given.context },
  };
  const applied = applyExceptions({ grants, findings, image, bounds: EXCEPTION_POLICY.controls, context, barredBy });
  const covered = findings.map((finding) => (applied.covered.get(finding) ?? []).map(({ id }) => id));
  return { ...applied, ids: covered, why: applied.lapsed.map(({ why }) => why) };
}

describe('an exception', () => {
  it.each([
    ['its source package', { packages: ['perl'] }, true],
    ['its binary package', { packages: ['perl-base'] }, true],
    ['another package', { packages: ['zlib'] }, false],
    ['its vulnerability, in any package', { packages: [], vulnerabilities: ['CVE-2026-42496'] }, true],
    ['an alias', { vulnerabilities: ['GHSA-1'] }, true],
    ['another vulnerability', { vulnerabilities: ['CVE-2026-1'] }, false],
    ['its vulnerability in another package', { vulnerabilities: ['CVE-2026-42496'], packages: ['zlib'] }, false],
    ['nothing', { packages: [] }, false],
    ['its asset', { images: { asset: 'shop' } }, true],
    ['another asset', { images: { asset: 'desk' } }, false],
    ['a pattern of its repository', { images: { repository: 'team/*' } }, true],
    ['another pattern', { images: { repository: 'other/**' } }, false],
    ['its digest', { images: { digest: aDigest('image') } }, true],
    ['another digest', { images: { digest: aDigest('another') } }, false],
    ['itself as a base', { images: { base: aDigest('image'), name: 'app' } }, true],
    ['a base that is not its own', { images: { base: aDigest('base'), name: 'debian:12' } }, false],
    ['another stage', { stages: ['testing' as const] }, false],
  ])('that names %s covers the finding: %#', (_what, scope, covers) => {
    const findings = [aFinding({ fixedIn: null, aliases: ['GHSA-1'] })];

    expect(apply([aGrant({ scope })], { findings }).ids).toEqual([covers ? [anExceptionId(1)] : []]);
  });

  it('for a base follows what the base brought, and not what a clone adds or upgrades', () => {
    const base = aBase({ layers: 1 });
    const ofBase = aFinding({ fixedIn: null });
    const own = aFinding({ fixedIn: null, package: { ...PERL.package, layer: aDigest('own layer') } });
    const grant = aGrant({ scope: { images: { base: base.image, name: 'debian:12' } } });
    const lineage = { bases: [base], approval: null };
    const image = { lineage, layers: [aDigest('layer'), aDigest('own layer')] };

    expect(apply([grant], { findings: [ofBase, own], image }).ids).toEqual([[grant.id], []]);
  });

  it.each([
    ['before its grant', '2026-11-21T23:59:59.999Z', false],
    ['at its grant', GRANTED, true],
    ['a moment before its end', '2026-12-31T23:59:59.999Z', true],
    ['at its end, though nothing ever happened then', EXPIRY, false],
  ])('counts %s: %s', (_what, at, covers) => {
    expect(apply([aGrant()], { context: { at } }).ids).toEqual([covers ? [anExceptionId(1)] : []]);
  });

  it('is one of several, each beside the finding with its end and what its controls leave', () => {
    const second = aGrant({ id: anExceptionId(2), terms: { controls: [aControl(0.4)] } });
    const { covered } = apply([second, aGrant()]);

    expect(covered.get(PERL)).toEqual([
      { id: anExceptionId(1), owner: OWNER, until: EXPIRY, share: 1 },
      { id: anExceptionId(2), owner: OWNER, until: EXPIRY, share: 0.6 },
    ]);
  });

  it('covers nothing that a rule of the appetite never accepts, and says so once a package', () => {
    const findings = [PERL, aFinding({ fixedIn: null, package: { ...PERL.package, name: 'perl' } })];
    const { ids, barred } = apply([aGrant()], { findings, barredBy: () => 'worst' });

    expect(ids).toEqual([[], []]);
    expect(barred).toEqual([{ id: anExceptionId(1), rule: 'worst', vulnerability: 'CVE-2026-42496', source: 'perl' }]);
  });
});

describe('an exception lapses', () => {
  const fact = aFact({ epss: { score: 0.1, modelVersion: 'v5' } });

  it.each([
    [
      'where its finding enters KEV',
      { kev: KEV },
      {},
      'CVE-2026-42496 is known to be exploited (KEV) since 2026-11-22',
    ],
    ['and not where it was in KEV at grant', { kev: KEV }, { kev: true }, null],
    [
      'where KEV of then did not list it yet',
      { kev: { ...KEV, dateAdded: '2026-10-01' } },
      {},
      /^CVE-2026-42496 is known/u,
    ],
    ['and not on what KEV lists later', { kev: { ...KEV, dateAdded: '2026-11-30' } }, {}, null],
    ['where EPSS rose by the step', { epss: EPSS }, {}, 'EPSS of CVE-2026-42496 rose from 10.0 % to 30.0 % (model v5)'],
    ['and not where it rose by less', { epss: { ...EPSS, score: 0.2999 } }, {}, null],
    ['and not by another model', { epss: { ...EPSS, modelVersion: 'v6', score: 0.9 } }, {}, null],
    ['where a fix is out', { fixedIn: '9' }, {}, 'a fix of CVE-2026-42496 is out: perl 9'],
    ['and not where there was one at grant', { fixedIn: '9' }, { fixedIn: '8' }, null],
  ])('%s', (_what, finding, known, why) => {
    const grant = aGrant({ facts: [{ ...fact, ...known }] });
    const { ids, why: said } = apply([grant], { findings: [aFinding({ fixedIn: null, ...finding })] });

    expect(said).toEqual(why === null ? [] : [why instanceof RegExp ? expect.stringMatching(why) : why]);
    expect(ids).toEqual([why === null ? [grant.id] : []]);
  });

  it.each([
    ['listed since its grant', '2026-11-22', true],
    ['listed before', '2026-11-21', false],
  ])('on what was not found at grant by the day of its listing: %s', (_what, dateAdded, lapses) => {
    const { why } = apply([aGrant()], { findings: [aFinding({ kev: { ...KEV, dateAdded } })] });

    expect(why.length > 0).toBe(lapses);
  });

  it('whole: on one finding it stops covering the others', () => {
    const other = aFinding({ vulnerability: 'CVE-2026-2', kev: KEV });

    expect(apply([aGrant()], { findings: [PERL, other] }).ids).toEqual([[], []]);
  });

  it('where its owner left the people, and only where it names something', () => {
    const context = { people: [] };

    expect(apply([aGrant()], { context }).why).toEqual([
      'its owner Olive Owner is no longer among the people of the appetite',
    ]);
    expect(apply([aGrant()], { context, findings: [] }).why).toEqual([]);
  });

  it('where the approval of its base has ended, if it had one', () => {
    const approval = { stages: ['production' as const], until: AT, by: 'Ana' };
    const lineage = { bases: [aBase({ approval })], approval: null };
    const scope = { images: { base: aDigest('base'), name: 'debian:12' } };
    const before = '2026-11-22T23:59:59.999Z';
    const asked = (grant: ReturnType<typeof aGrant>, at: string) =>
      apply([grant], { image: { lineage }, context: { lineage, at } }).why;

    expect(asked(aGrant({ scope, baseApproved: true }), AT)).toEqual([
      'the approval of its base debian:12 for production has ended',
    ]);
    expect(asked(aGrant({ scope, baseApproved: true }), before)).toEqual([]);
    expect(asked(aGrant({ scope }), AT)).toEqual([]);
  });

  it('by what was known of it under any of its names: listed under one, the highest figure, no fix of any', () => {
    const found = { aliases: ['GHSA-1'], fixedIn: null };
    const known = (first: Partial<typeof fact>, second: Partial<typeof fact>, finding: Partial<Finding>) => {
      const facts = [
        { ...fact, ...first },
        { ...fact, vulnerability: 'GHSA-1', ...second },
      ];
      return apply([aGrant({ facts })], { findings: [aFinding({ ...found, ...finding })] }).why;
    };
    const figure = (score: number) => ({ epss: { score, modelVersion: 'v5' } });

    expect(known({}, { kev: true }, { kev: KEV })).toEqual([]);
    expect(known(figure(0.1), figure(0.2), { epss: EPSS })).toEqual([]);
    expect(known(figure(0.1), figure(0.09), { epss: EPSS })).toHaveLength(1);
    expect(known({}, { fixedIn: '8' }, { fixedIn: '9' })).toEqual([]);
    expect(known({}, {}, { fixedIn: '9' })).toHaveLength(1);
  });

  it('by what was known of its own package and vulnerability, and of no other', () => {
    const others = [aFact({ source: 'zlib', kev: true }), aFact({ vulnerability: 'CVE-2026-2', kev: true })];
    expect(
      apply([aGrant({ facts: [fact, ...others] })], { findings: [aFinding({ fixedIn: null, kev: KEV })] }).why,
    ).toHaveLength(1);
  });

  it('for the first reason by name, in whatever order findings come', () => {
    const findings = ['CVE-2026-3', 'CVE-2026-2'].map((vulnerability) => aFinding({ vulnerability, kev: KEV }));
    for (const all of [findings, [...findings].reverse()]) {
      expect(apply([aGrant()], { findings: all }).why).toEqual([expect.stringMatching(/^CVE-2026-2 is/u)]);
    }
  });

  it('for the image that is itself the base where its own approval has ended', () => {
    const scope = { images: { base: aDigest('image'), name: 'app' } };
    const approval = { stages: ['production' as const], until: '2027-01-01T00:00:00.000Z', by: 'Ana' };
    const asked = (lineage: LapseContext['lineage']) =>
      apply([aGrant({ scope, baseApproved: true })], { image: { lineage }, context: { lineage } }).why;

    expect(asked({ bases: [], approval })).toEqual([]);
    expect(asked({ bases: [aBase({ approval })], approval: null })).toHaveLength(1);
  });

  it('on nothing that the appetite leaves out', () => {
    const rules = { kev: false, epss: null, fix: false, owner: false, baseApproval: false };
    const findings = [aFinding({ kev: KEV, epss: { ...EPSS, score: 1 }, fixedIn: '9' })];

    expect(apply([aGrant({ facts: [fact] })], { findings, context: { rules, people: [] } }).why).toEqual([]);
  });
});
