import { beforeAll, describe, expect, it } from '@jest/globals';

import { defaultAppetiteText } from '../../../lib/adapters/defaults/default-appetite.ts';
import type { Appetite } from '../../../lib/core/appetite/appetite.ts';
import { assetOf } from '../../../lib/core/appetite/asset-of.ts';
import { evaluateCriteria } from '../../../lib/core/appetite/evaluate.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { type Stage, STAGES } from '../../../lib/core/image/stage.ts';
import type { Finding } from '../../../lib/core/matching/finding.ts';
import { aBareFinding, aSubject } from '../../support/appetites.ts';
import { aFinding } from '../../support/assessments.ts';
import { judgedSample } from '../../support/judged-sample.ts';

let text: string;
let appetite: Appetite;
beforeAll(async () => {
  text = await defaultAppetiteText();
  appetite = parseAppetite(text, 'default appetite');
});

function broken(stage: Stage, finding: Finding): readonly string[] {
  return evaluateCriteria(
    appetite.stages[stage],
    aSubject({ findings: [finding], stage, score: SCORES(1) }),
  ).reasons.map(({ criterion }) => criterion);
}

const SCORES = (open: number, residual = open) => ({ inherent: residual, residual, open });
const KEV = { dateAdded: '2026-11-22', dueDate: null, ransomware: false };
const ACTIVE = { exploitation: 'active', automatable: null, technicalImpact: null, source: 'adp:CISA-ADP' } as const;

describe('the default appetite', () => {
  it('names the sample, and judges what nobody names for production', () => {
    expect(assetOf(appetite, 'sample/debian')).toMatchObject({ asset: { id: 'sample' }, stage: 'production' });
    expect(assetOf(appetite, 'team/app')).toEqual({ asset: null, stage: 'production' });
    expect(assetOf(appetite, null)).toEqual({ asset: null, stage: 'production' });
  });

  it.each([
    ['production', 'no-go', ['fixable-critical', 'fixable-high', 'fixable-unrated'], ['cve', 'kev', 'epss']],
    ['testing', 'no-go', ['fixable-critical', 'fixable-high'], ['cve', 'kev', 'epss']],
    ['development', 'go', [], []],
  ] as const)('answers the sample for %s with %s', async (stage, verdict, criteria, stale) => {
    const judged = await judgedSample(stage, text);

    expect(judged).toMatchObject({ verdict, blocking: verdict !== 'go' });
    expect(judged.reasons.map(({ criterion }) => criterion)).toEqual(criteria);
    expect(judged.gaps).toEqual(
      stale.map((subject) => expect.objectContaining({ kind: 'feed-stale', subject, tolerated: false })),
    );
  });

  it.each(STAGES)('lets nothing that is known to be exploited pass for %s, fixable or not, new or old', (stage) => {
    const published = '2026-11-22T00:00:00.000Z';

    expect(broken(stage, aBareFinding({ kev: KEV, published }))).toEqual(['known-exploited']);
    expect(broken(stage, aBareFinding({ ssvc: ACTIVE, published }))).toEqual(['known-exploited']);
  });

  it.each([
    ['production', 'critical', '2026-11-09T00:00:00.000Z', '2026-11-09T00:00:00.001Z'],
    ['production', 'high', '2026-09-24T00:00:00.000Z', '2026-09-24T00:00:00.001Z'],
    ['production', 'unrated', '2026-08-25T00:00:00.000Z', '2026-08-25T00:00:00.001Z'],
    ['testing', 'critical', '2026-10-24T00:00:00.000Z', '2026-10-24T00:00:00.001Z'],
    ['testing', 'high', '2026-08-25T00:00:00.000Z', '2026-08-25T00:00:00.001Z'],
  ] as const)('waits for %s until a fixable %s one is late', (stage, severity, late, inTime) => {
    const finding = aFinding({ severity });

    expect(broken(stage, { ...finding, published: late })).toEqual([`fixable-${severity}`]);
    expect(broken(stage, { ...finding, published: inTime })).toEqual([]);
    expect(broken(stage, { ...finding, published: late, fixedIn: null })).toEqual([]);
  });

  it.each([
    ['production', 30, 50],
    ['testing', 50, 100],
    ['development', 80, 100],
  ] as const)('limits the score for %s', (stage, open, residual) => {
    const ask = (score: ReturnType<typeof SCORES>) =>
      evaluateCriteria(appetite.stages[stage], aSubject({ findings: [], stage, score })).reasons.map(
        ({ criterion }) => criterion,
      );

    expect(ask(SCORES(open, residual))).toEqual([]);
    expect(ask(SCORES(open + 0.1, residual))).toEqual(['score-limit']);
    expect(ask(SCORES(0, 100))).toEqual(stage === 'production' ? ['residual-limit'] : []);
  });

  it('has an age for every kind of feed, less from stage to stage', () => {
    expect(STAGES.map((stage) => Object.values(appetite.stages[stage].maxAgeDays))).toEqual([
      [180, 180, 180, 180],
      [30, 30, 30, 30],
      [7, 7, 7, 7],
    ]);
  });

  it('tolerates nothing in production', () => {
    expect(appetite.stages.production.tolerate).toEqual([]);
  });
});
