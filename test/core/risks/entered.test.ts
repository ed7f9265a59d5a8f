import { describe, expect, it } from '@jest/globals';

import { assigned, type Entered, entered, treated } from '../../../lib/core/risks/entered.ts';
import { NO_TREATMENT } from '../../../lib/core/risks/risk.ts';
import { aRisk } from '../../support/risks.ts';

const AT = '2026-11-25T09:00:00.000Z';
const BY = { principal: 'laptop:ada', person: 'Ada Lovelace' };

function given(more: Partial<Entered> = {}): Entered {
  return {
    ...{ asset: 'shop', assetOwner: 'shop-team', title: 'Nobody reviews what is deployed', owner: null },
    ...{ stages: ['production', 'testing'], severity: 'high', likelihood: 0.3, impact: 0.7, controls: ['waf'] },
    ...{ why: 'the audit of November', ...more },
  };
}

describe('a risk that a person enters', () => {
  it('is open from then on, of no package, and is what the person says', () => {
    const { risk, change } = entered(given(), { at: AT, by: BY });
    expect(risk).toEqual({
      ...{ id: expect.stringMatching(/^RISK-[0-9A-HJKMNP-TV-Z]{26}$/u), kind: 'entered' },
      ...{ asset: 'shop', assetOwner: 'shop-team', title: 'Nobody reviews what is deployed', owner: null },
      ...{ severity: 'high', controls: ['waf'], stages: ['production', 'testing'] },
      ...{ vulnerability: null, aliases: [], package: null, bases: [], fixedIn: null },
      scores: { likelihood: 0.3, impact: 0.7, inherent: 0.21, residual: 0.21, at: AT },
      ...{ treatment: NO_TREATMENT, firstSeen: AT, lastSeen: null, state: 'open', closed: null, reopened: 0 },
      ...{ mergedInto: null, absorbed: [], changedAt: AT, changes: 1 },
    });
    expect(change).toMatchObject({ at: AT, what: 'entered', by: BY, why: 'the audit of November', whole: risk });
  });

  it('has the figures of a vulnerability of its severity of which nothing is known, where no figure is given', () => {
    const none = { likelihood: null, impact: null };
    expect(entered(given(none), { at: AT, by: BY }).risk.scores).toMatchObject({
      likelihood: 0.026,
      impact: 0.79,
      inherent: 0.0205,
    });
    const certain = entered(given({ likelihood: 0, impact: 0 }), { at: AT, by: BY }).risk.scores;
    expect(certain).toMatchObject({ likelihood: 0, impact: 0, inherent: 0, residual: 0 });
  });

  it('is the same one where it is told twice, and another where somebody else tells it', () => {
    const id = entered(given(), { at: AT, by: BY }).risk.id;
    expect(entered(given(), { at: AT, by: BY }).risk.id).toBe(id);
    expect(entered(given({ title: 'Another' }), { at: AT, by: BY }).risk.id).not.toBe(id);
    expect(entered(given(), { at: AT, by: { ...BY, principal: 'laptop:bob' } }).risk.id).not.toBe(id);
  });
});

describe('what a person decides of a risk', () => {
  const treatment = { kind: 'mitigate' as const, due: '2026-12-31T23:00:00.000Z', exception: null, why: 'an upgrade' };

  it('is its treatment, with who decided and when, and the controls where any are named', () => {
    const { risk, change } = treated(aRisk({ controls: ['waf'] }), treatment, ['sandbox'], { at: AT, by: BY });
    expect(risk).toMatchObject({ treatment: { ...treatment, by: BY, at: AT }, controls: ['sandbox'] });
    expect(change).toMatchObject({ at: AT, what: 'treated', by: BY, why: 'an upgrade' });
    expect(treated(aRisk({ controls: ['waf'] }), treatment, null, { at: AT, by: BY }).risk.controls).toEqual(['waf']);
    expect(treated(aRisk({ controls: ['waf'] }), treatment, [], { at: AT, by: BY }).risk.controls).toEqual([]);
  });

  it('is who carries it, or that the owner of its asset does again', () => {
    const { risk, change } = assigned(aRisk(), 'Olive Owner', 'she knows perl', { at: AT, by: BY });
    expect(risk).toEqual(aRisk({ owner: 'Olive Owner', changedAt: AT, changes: 2 }));
    expect(change).toMatchObject({ at: AT, what: 'assigned', by: BY, why: 'she knows perl', whole: null });
    expect(assigned(risk, null, null, { at: AT, by: BY }).risk.owner).toBeNull();
  });
});
