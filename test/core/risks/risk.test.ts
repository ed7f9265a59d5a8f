import { describe, expect, it } from '@jest/globals';

import { isLate, NO_TREATMENT, ownerOf, readRisk, type Treatment } from '../../../lib/core/risks/risk.ts';
import { aRisk } from '../../support/risks.ts';

const DUE = '2026-12-01T00:00:00.000Z';
const LATER = '2026-12-01T00:00:00.001Z';

function mitigating(given: Partial<Treatment> = {}): Treatment {
  return { ...NO_TREATMENT, kind: 'mitigate', due: DUE, ...given };
}

describe('a risk', () => {
  it('is carried by whom it was assigned to, else by the owner of its asset', () => {
    expect(ownerOf(aRisk({ owner: 'Olive Owner' }))).toBe('Olive Owner');
    expect(ownerOf(aRisk({ owner: null, assetOwner: 'shop-team' }))).toBe('shop-team');
  });

  it('is late from the instant by which it was to be mitigated', () => {
    const risk = aRisk({ treatment: mitigating() });
    expect(isLate(risk, '2026-11-30T23:59:59.999Z')).toBe(false);
    expect(isLate(risk, DUE)).toBe(true);
    expect(isLate(risk, LATER)).toBe(true);
  });

  it.each([
    ['that is closed', aRisk({ treatment: mitigating(), state: 'closed' })],
    ['that is another one now', aRisk({ treatment: mitigating(), state: 'merged' })],
    ['that is accepted', aRisk({ treatment: mitigating({ kind: 'accept' }) })],
    ['for which no date was named', aRisk({ treatment: mitigating({ due: null }) })],
    ['of which nothing was decided', aRisk()],
  ])('%s is never late', (_, risk) => {
    expect(isLate(risk, LATER)).toBe(false);
  });

  it('is read as it was kept, and nothing else is', () => {
    expect(readRisk({ body: aRisk() })).toEqual(aRisk());
    for (const wrong of [null, {}, { ...aRisk(), state: 'gone' }, { ...aRisk(), changes: 0 }]) {
      expect(() => readRisk({ body: wrong })).toThrow();
    }
  });
});
