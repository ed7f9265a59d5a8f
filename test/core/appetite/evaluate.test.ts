import { describe, expect, it } from '@jest/globals';

import type { Criterion } from '../../../lib/core/appetite/appetite.ts';
import { evaluateCriteria } from '../../../lib/core/appetite/evaluate.ts';
import type { Subject } from '../../../lib/core/appetite/subject.ts';
import { aBareFinding, aCriterion, aPolicy, aSubject, AT } from '../../support/appetites.ts';
import { aFinding } from '../../support/assessments.ts';

function evaluate(criteria: readonly Partial<Criterion>[], subject: Partial<Subject> = {}) {
  return evaluateCriteria(aPolicy({ criteria: criteria.map(aCriterion) }), aSubject(subject));
}

function holds(expression: string, subject: Partial<Subject> = {}): boolean {
  const { reasons, gaps } = evaluate([{ expression }], subject);
  expect(gaps).toEqual([]);
  return reasons.length > 0;
}

const perl = aFinding().package;

describe('evaluateCriteria', () => {
  it('names what breaks a criterion, with how many and how severe', () => {
    const findings = [
      aFinding({ vulnerability: 'CVE-2026-1', severity: 'critical' }),
      aFinding({ vulnerability: 'CVE-2026-2', severity: 'high' }),
      aFinding({ vulnerability: 'CVE-2026-2', severity: 'high', package: { ...perl, name: 'perl' } }),
      aFinding({ vulnerability: 'CVE-2026-3', severity: 'low' }),
    ];

    expect(evaluate([{ expression: 'finding.severity in ["critical", "high"]' }], { findings }).reasons).toEqual([
      {
        criterion: 'a-criterion',
        message: 'It is not broken: 2 vulnerabilities (1 critical, 1 high) break it.',
        findings: [
          { vulnerability: 'CVE-2026-1', package: 'perl-base', source: 'perl' },
          { vulnerability: 'CVE-2026-2', package: 'perl-base', source: 'perl' },
          { vulnerability: 'CVE-2026-2', package: 'perl', source: 'perl' },
        ],
      },
    ]);
  });

  it('names the figures by which the image breaks a criterion', () => {
    const expression = 'score.open > 30 && (counts.total > 0 || stage == "testing") && score.open < 90';

    expect(evaluate([{ asks: 'image', expression }]).reasons).toEqual([
      {
        criterion: 'a-criterion',
        message: 'It is not broken: score.open is 31.2, counts.total is 1, stage is "production".',
        findings: [],
      },
    ]);
  });

  it('gives reasons in the order of the criteria', () => {
    const criteria = [
      { id: 'z' },
      { id: 'no', expression: 'false' },
      { id: 'a', asks: 'image', expression: 'true' },
    ] as const;

    expect(evaluate(criteria).reasons.map(({ criterion }) => criterion)).toEqual(['z', 'a']);
  });

  it('asks no finding where there is none', () => {
    expect(evaluate([{}], { findings: [] })).toEqual({ reasons: [], gaps: [], due: [] });
  });
});

describe('days to fix', () => {
  const published = '2026-11-09T12:00:00.000Z';
  const late = '2026-11-23T12:00:00.000Z';

  it.each([
    ['a millisecond before', '2026-11-23T11:59:59.999Z', 0],
    ['at', late, 1],
    ['after', '2026-12-01T00:00:00.000Z', 1],
  ])('counts a finding late %s the instant', (_, at, reasons) => {
    const evaluated = evaluate([{ daysToFix: 14 }], { findings: [aFinding({ published })], at });

    expect(evaluated.reasons).toHaveLength(reasons);
    expect(evaluated.due).toEqual([late]);
  });

  it('says how late the latest is', () => {
    const findings = [
      aFinding({ published }),
      aFinding({ vulnerability: 'CVE-2026-2', published: '2026-10-09T12:00:00.000Z' }),
    ];

    expect(evaluate([{ daysToFix: 14 }], { findings, at: late }).reasons[0]?.message).toBe(
      'It is not broken: 2 vulnerabilities (2 critical) break it, up to 31 days past the 14 days to fix.',
    );
  });

  it('gives each finding the earliest day of the criteria that it meets', () => {
    const criteria = [
      { id: 'loose', daysToFix: 90 },
      { id: 'strict', daysToFix: 14, expression: 'finding.severity == "critical"' },
      { id: 'at-once', expression: 'finding.kev.listed' },
    ];
    const findings = [aFinding({ published }), aFinding({ published, severity: 'low' })];

    expect(evaluate(criteria, { findings }).due).toEqual([late, '2027-02-07T12:00:00.000Z']);
  });

  it('gives no day where no criterion sets one, or none is met', () => {
    expect(evaluate([{ expression: 'true' }, { daysToFix: 1, expression: 'false' }]).due).toEqual([null]);
  });

  it('counts from first sight where no record dates it, and says so', () => {
    const findings = [aBareFinding(), aFinding({ vulnerability: 'CVE-2026-2', published })];
    const { reasons, due } = evaluate([{ daysToFix: 1 }], {
      findings,
      firstSeen: { 'CVE-2026-42496': '2026-11-20T00:00:00.000Z' },
    });

    expect(due).toEqual(['2026-11-21T00:00:00.000Z', '2026-11-10T12:00:00.000Z']);
    expect(reasons[0]?.message).toContain(
      '; the days of 1 count from first sight here, as no record says when it was published.',
    );
  });

  it('begins now for what was never seen before', () => {
    const { reasons, due } = evaluate([{ daysToFix: 1 }], { findings: [aBareFinding()] });

    expect(reasons).toEqual([]);
    expect(due).toEqual(['2026-11-24T00:00:00.000Z']);
  });

  it('is late at once where no days are given to fix what is published', () => {
    expect(evaluate([{ daysToFix: 0 }], { findings: [aFinding({ published: AT })] }).reasons).toHaveLength(1);
  });
});

describe('a criterion that fails', () => {
  it('is a gap, and never a pass', () => {
    const { reasons, gaps } = evaluate([{ asks: 'image', expression: 'counts.total / counts.low > 1' }]);

    expect(reasons).toEqual([]);
    expect(gaps).toEqual([
      {
        kind: 'criterion-failed',
        subject: 'a-criterion',
        message: 'the criterion a-criterion could not be asked: division by zero',
      },
    ]);
  });

  it('leaves standing what is known to break it, and says of what it could not be asked', () => {
    const findings = [
      aFinding({ aliases: ['GHSA-1'] }),
      aFinding({ vulnerability: 'CVE-2026-2' }),
      aFinding({ vulnerability: 'CVE-2026-3' }),
    ];
    const { reasons, gaps } = evaluate([{ expression: 'finding.aliases[0] == "GHSA-1"' }], { findings });

    expect(reasons[0]?.findings).toHaveLength(1);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.message).toMatch(/could not be asked about CVE-2026-2 in perl-base and 1 finding more: .*index/u);
  });

  it('is one that gives neither true nor false', () => {
    expect(evaluate([{ asks: 'image', expression: 'dyn(score.open)' }]).gaps).toMatchObject([
      { subject: 'a-criterion' },
    ]);
  });

  it.each(['score.open / counts.low > 1', 'counts.total / 0.0 > 1'])(
    'is one that divides by zero: %s',
    (expression) => {
      const subject = { findings: [aFinding()], score: { inherent: 1, residual: 1, open: 1 } };

      expect(evaluate([{ asks: 'image', expression }], subject).gaps).toHaveLength(1);
    },
  );
});

describe('what a criterion sees', () => {
  it.each<{ expression: string; says: boolean }>`
    expression                                                             | says
    ${'score.open > 31'}                                                   | ${true}
    ${'score.open > 32'}                                                   | ${false}
    ${'score.open * 2 > 62'}                                               | ${true}
    ${'100 - score.open < 69'}                                             | ${true}
    ${'score.open + counts.total > 32'}                                    | ${true}
    ${'score.open / 2 > 15.5'}                                             | ${true}
    ${'score.inherent == 61.5 && score.residual == 50 && score.known'}     | ${true}
    ${'counts.critical == 1 && counts.total == 1 && counts.high == 0'}     | ${true}
    ${'finding.severity == "critical" && finding.fixable'}                 | ${true}
    ${'finding.cvss.known && finding.cvss.score >= 9'}                     | ${true}
    ${'finding.fixedIn == "5.36.0-7+deb12u4"'}                             | ${true}
    ${'finding.age.known && finding.age.days > 180'}                       | ${true}
    ${'finding.package.name == "perl-base"'}                               | ${true}
    ${'finding.package.source == "perl" && finding.package.type == "deb"'} | ${true}
    ${'finding.disputed == "no" && finding.title == ""'}                   | ${true}
    ${'asset.named || asset.owner != "platform team"'}                     | ${false}
    ${'asset.exposure == "internet" && asset.criticality == "high"'}       | ${true}
    ${'stage == "production"'}                                             | ${true}
    ${'image.repository.startsWith("team/") && image.packages == 88'}      | ${true}
    ${'image.platform == "linux/amd64"'}                                   | ${true}
    ${'image.age.known && image.age.days == 10.0'}                         | ${true}
    ${'has(finding.epss.score) && finding.epss.score < 0.1'}               | ${true}
    ${'finding.vulnerability.matches("^CVE-2026-")'}                       | ${true}
    ${'"CWE-787" in finding.cwes'}                                         | ${false}
  `('says $says of $expression', ({ expression, says }) => {
    expect(holds(expression)).toBe(says);
  });

  it('has a value for every figure of a finding of which nothing is known', () => {
    const findings = [aBareFinding()];
    const known = ['age', 'cvss', 'epss', 'ssvc'].map((figure) => `finding.${figure}.known`).join(' || ');

    expect(holds(known, { findings })).toBe(false);
    expect(
      holds('finding.cvss.score > 6 && finding.epss.score > 0.02 && finding.epss.percentile > 0.8', { findings }),
    ).toBe(true);
    expect(holds('finding.ssvc.automatable && finding.ssvc.technicalImpact == "total"', { findings })).toBe(true);
    expect(holds('finding.cvss.version == "" && finding.kev.dateAdded == "" && !finding.fixable', { findings })).toBe(
      true,
    );
    expect(holds('finding.age.days == 0.0 && finding.epss.modelVersion == ""', { findings })).toBe(true);
  });

  it('counts the days since a listing in KEV', () => {
    const findings = [aFinding({ kev: { dateAdded: '2026-11-13', dueDate: null, ransomware: false } })];

    expect(holds('finding.kev.listed && finding.kev.days == 10', { findings })).toBe(true);
    expect(holds('finding.kev.days == 0 && finding.kev.dateAdded == ""')).toBe(true);
  });

  it('counts a vulnerability in two packages once', () => {
    const findings = [
      aFinding(),
      aFinding({ package: { ...perl, name: 'perl' } }),
      aBareFinding({ vulnerability: 'CVE-2026-2' }),
    ];

    expect(
      holds('counts.total == 2 && counts.critical == 1 && counts.unrated == 1 && counts.fixable == 1', { findings }),
    ).toBe(true);
  });

  it('sees the asset that names the repository', () => {
    const asset = {
      id: 'shop',
      repositories: [],
      owner: 'shop',
      stage: 'production',
      exposure: 'none',
      criticality: 'low',
    } as const;

    expect(holds('asset.named && asset.id == "shop" && asset.exposure == "none"', { asset })).toBe(true);
  });

  it('sees 0 where there is no score, and that it is none', () => {
    expect(holds('!score.known && score.open == 0', { score: { inherent: null, residual: null, open: null } })).toBe(
      true,
    );
  });

  it.each([
    ['it does not say', null],
    ['it says nothing that is a date', 'yesterday'],
    ['it says what reproducible builds say', '1970-01-01T00:00:00Z'],
    ['it says a day before there were images', '2012-12-31T00:00:00Z'],
  ])('takes an image to be older than any limit where %s', (_, created) => {
    expect(holds('!image.age.known && image.age.days > 3650', { created })).toBe(true);
  });

  it('takes no image to be younger than new', () => {
    expect(holds('image.age.known && image.age.days == 0.0', { created: '2027-01-01T00:00:00Z' })).toBe(true);
  });
});
