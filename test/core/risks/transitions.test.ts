import { describe, expect, it } from '@jest/globals';

import { type Closed, NO_TREATMENT, type Risk } from '../../../lib/core/risks/risk.ts';
import { closedRisk, merged, opened, sawRisk } from '../../../lib/core/risks/transitions.ts';
import { aDigest, aPlacement } from '../../support/assessments.ts';
import { aRisk, aSeen } from '../../support/risks.ts';

const AT = '2026-11-25T09:00:00.000Z';
const { scores } = aRisk();
const bases = Array.from({ length: 25 }, (_, at) => `base-${String(at + 10)}`);

const closed: Closed = {
  ...{ at: AT, how: 'fixed', why: 'it is not found any more', evidence: aDigest('assessment') },
  ...{ placement: aPlacement(), by: null },
};

function saw(risk: Partial<Risk>, seen: Parameters<typeof aSeen>[0] = {}) {
  return sawRisk(aRisk(risk), aSeen(seen), { at: AT });
}

describe('a risk that is seen for the first time', () => {
  it('is opened, as of when it was first seen, with nothing decided', () => {
    const seen = aSeen({ aliases: ['GHSA-1'], bases: ['debian:12'], fixedIn: '6' });
    const { risk, change } = opened(seen, AT);
    expect(risk).toEqual(
      aRisk({
        id: risk.id,
        ...{ aliases: ['GHSA-1'], bases: ['debian:12'], fixedIn: '6', changedAt: AT },
      }),
    );
    expect(risk.id).toMatch(/^RISK-[0-9A-HJKMNP-TV-Z]{26}$/u);
    expect(change).toMatchObject({ at: AT, what: 'opened', by: null, why: null, whole: risk });
  });

  it('has one id however often that is told, and another for another vulnerability or package', () => {
    const idOf = (given: Parameters<typeof aSeen>[0]): string => opened(aSeen(given), AT).risk.id;
    expect(idOf({ title: 'other words' })).toBe(idOf({}));
    expect(idOf({ vulnerability: 'CVE-2' })).not.toBe(idOf({}));
    expect(idOf({ subject: { asset: 'shop', type: 'deb', source: 'zlib' } })).not.toBe(idOf({}));
  });

  it('remembers twenty bases at most', () => {
    expect(opened(aSeen({ bases }), AT).risk.bases).toEqual(bases.slice(0, 20));
  });
});

describe('a risk that is seen again', () => {
  it('is as it was where nothing of it is new', () => {
    expect(saw({})).toBeNull();
    expect(saw({ stages: ['production', 'testing'], aliases: ['GHSA-1'], bases: ['debian:12'] })).toBeNull();
    expect(saw({ owner: 'Olive Owner', controls: ['waf'] })).toBeNull();
  });

  it('takes in another stage, name or base, in order, and its figures stay', () => {
    const next = saw(
      { stages: ['testing'], aliases: ['GHSA-2'], bases: ['debian:12'] },
      { aliases: ['GHSA-1'], bases: ['alpine:3'] },
    );
    expect(next?.risk).toMatchObject({
      ...{ stages: ['production', 'testing'], aliases: ['GHSA-1', 'GHSA-2'], bases: ['alpine:3', 'debian:12'] },
      ...{ scores, reopened: 0 },
    });
    expect(next?.change).toMatchObject({ at: AT, what: 'seen', by: null, why: null });
  });

  it.each<[string, Parameters<typeof aSeen>[0], Partial<Risk>]>([
    ['a stage', { stage: 'testing' }, { stages: ['production', 'testing'] }],
    ['a name', { aliases: ['GHSA-1'] }, { aliases: ['GHSA-1'] }],
    ['a base', { bases: ['debian:12'] }, { bases: ['debian:12'] }],
    ['another owner of the asset', { assetOwner: 'new-team' }, { assetOwner: 'new-team' }],
  ])('takes in %s alone', (_, seen, after) => {
    const next = saw({}, seen);
    expect(next?.risk).toEqual(aRisk({ ...after, changedAt: AT, changes: 2 }));
    expect(next?.change.what).toBe('seen');
  });

  it('keeps the name under which it was opened, and knows the other one', () => {
    expect(saw({}, { vulnerability: 'GHSA-1', aliases: ['CVE-2026-1'] })?.risk).toMatchObject({
      ...{ vulnerability: 'CVE-2026-1', aliases: ['GHSA-1'] },
    });
  });

  it('remembers twenty bases at most', () => {
    expect(saw({ bases: bases.slice(0, 20) }, { bases: ['base-00'] })).toBeNull();
    expect(saw({ bases: bases.slice(0, 19) }, { bases: ['z', 'zz'] })?.risk.bases).toEqual([
      ...bases.slice(0, 19),
      'z',
    ]);
  });

  it('has other figures where they moved by a percent, and is not told of less', () => {
    const moved = (given: Partial<Risk['scores']>) => saw({}, { scores: { ...scores, ...given } });
    expect(moved({ likelihood: 0.504, impact: 0.896, inherent: 0.4449, residual: 0.4549, at: AT })).not.toBeNull();
    expect(moved({ likelihood: 0.504, impact: 0.896, inherent: 0.4499, residual: 0.4549, at: AT })).toBeNull();
    for (const figure of ['likelihood', 'impact', 'inherent', 'residual'] as const) {
      const next = moved({ [figure]: 0.1, at: AT });
      expect(next?.risk.scores).toEqual({ ...scores, [figure]: 0.1, at: AT });
      expect(next?.change).toMatchObject({ what: 'rated', by: null, why: null });
    }
  });

  it('has another severity, fix and title as of the newest assessment', () => {
    expect(saw({}, { severity: 'high' })?.risk.severity).toBe('high');
    expect(saw({}, { fixedIn: '6', title: 'it is worse' })?.risk).toMatchObject({ fixedIn: '6', title: 'it is worse' });
    // Words alone are no figure.
    expect(saw({}, { title: 'it is worse' })).toBeNull();
  });

  it('learns no figures and no owner of an older assessment', () => {
    const older = { scores: { ...scores, impact: 0.1, at: '2026-10-01T00:00:00.000Z' } };
    expect(saw({}, { ...older, severity: 'low', assetOwner: 'old-team' })).toBeNull();
    expect(saw({}, { ...older, stage: 'testing' })?.risk).toMatchObject({ scores, assetOwner: 'shop-team' });
    const sameInstant = { scores: { ...scores, impact: 0.1 } };
    expect(saw({}, sameInstant)?.risk.scores.impact).toBe(0.1);
  });
});

describe('a risk that was closed', () => {
  it('keeps its evidence, and when it was last seen', () => {
    const next = closedRisk(aRisk(), closed, '2026-11-24T00:00:00.000Z');
    expect(next?.risk).toEqual(
      aRisk({ state: 'closed', closed, lastSeen: '2026-11-24T00:00:00.000Z', changedAt: AT, changes: 2 }),
    );
    expect(next?.change).toMatchObject({ at: AT, what: 'closed', by: null, why: 'it is not found any more' });
  });

  it.each(['closed', 'merged'] as const)('is not closed where it is %s', (state) => {
    expect(closedRisk(aRisk({ state }), closed, AT)).toBeNull();
  });

  it('is reopened as the same risk, with its treatment, in the stages where it is seen now', () => {
    const treatment = { ...NO_TREATMENT, kind: 'avoid' as const, why: 'it is to be replaced' };
    const before = {
      state: 'closed' as const,
      closed,
      lastSeen: AT,
      treatment,
      reopened: 1,
      stages: ['testing' as const],
    };
    const next = saw(before);
    expect(next?.risk).toEqual(aRisk({ treatment, reopened: 2, changedAt: AT, changes: 2 }));
    expect(next?.change).toMatchObject({ at: AT, what: 'reopened', by: null, why: 'it was found again' });
  });
});

describe('two risks that turn out to be one', () => {
  const older = aRisk({ id: 'RISK-1', vulnerability: 'CVE-2026-1' });
  const younger = aRisk({ id: 'RISK-2', vulnerability: 'GHSA-1', firstSeen: '2026-11-02T00:00:00.000Z' });
  const treatment = { ...NO_TREATMENT, kind: 'avoid' as const };
  const both = (one: Partial<Risk>, other: Partial<Risk>) =>
    merged({ ...older, ...one }, { ...younger, ...other }, { at: AT });

  it('are the older one, which knows the name and the id of the younger', () => {
    const [into, from] = both({}, { absorbed: ['RISK-3'] });
    expect(into.risk).toEqual({
      ...older,
      ...{ aliases: ['GHSA-1'], absorbed: ['RISK-2', 'RISK-3'], changedAt: AT, changes: 2 },
    });
    expect(from.risk).toMatchObject({ id: 'RISK-2', state: 'merged', mergedInto: 'RISK-1' });
    const why = 'GHSA-1 is another name of CVE-2026-1';
    expect([into.change, from.change]).toMatchObject([
      { at: AT, what: 'absorbed', by: null, why },
      { at: AT, what: 'merged', by: null, why },
    ]);
  });

  it('have all names, stages, bases and controls of both, in order, each once', () => {
    const [into] = both(
      { aliases: ['X-1', 'GHSA-1'], stages: ['testing'], bases: ['b'], controls: ['waf'] },
      {
        aliases: ['CVE-2026-1', 'X-0'],
        stages: ['production', 'testing'],
        bases: ['a', 'b'],
        controls: ['waf', 'seal'],
      },
    );
    expect(into.risk).toMatchObject({
      ...{ aliases: ['GHSA-1', 'X-0', 'X-1'], stages: ['production', 'testing'], bases: ['a', 'b'] },
      controls: ['waf', 'seal'],
    });
    expect(both({ bases: bases.slice(0, 20) }, { bases })[0].risk.bases).toEqual(bases.slice(0, 20));
  });

  it('keep what the older was given, and take of the younger only what it lacks', () => {
    const [kept] = both({ owner: 'Olive', treatment }, { owner: 'Ada', treatment: { ...treatment, kind: 'transfer' } });
    expect(kept.risk).toMatchObject({ owner: 'Olive', treatment: { kind: 'avoid' } });
    const [taken] = both({}, { owner: 'Ada', treatment });
    expect(taken.risk).toMatchObject({ owner: 'Ada', treatment: { kind: 'avoid' } });
  });

  it('were first seen when either was', () => {
    expect(both({}, {})[0].risk.firstSeen).toBe(older.firstSeen);
    expect(both({ firstSeen: '2026-11-03T00:00:00.000Z' }, {})[0].risk.firstSeen).toBe(younger.firstSeen);
  });

  it('are open where the younger is, though the older was closed', () => {
    const wasClosed = { state: 'closed' as const, closed, lastSeen: AT };
    expect(both(wasClosed, {})[0].risk).toMatchObject({ state: 'open', closed: null, lastSeen: null, reopened: 1 });
    expect(both(wasClosed, wasClosed)[0].risk).toMatchObject({ ...wasClosed, reopened: 0 });
    expect(both({}, wasClosed)[0].risk).toMatchObject({ state: 'open', reopened: 0 });
    expect(both({}, {})[0].risk).toMatchObject({ state: 'open', reopened: 0 });
  });

  it('are called by their ids where no vulnerability is named', () => {
    const [into] = both({ vulnerability: null }, { vulnerability: null });
    expect(into.change.why).toBe('RISK-2 is another name of RISK-1');
    expect(into.risk.aliases).toEqual([]);
  });
});
