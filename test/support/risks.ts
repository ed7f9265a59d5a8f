/** Risks for tests: perl's of the shop, opened and not treated, with what a test is about put in. */
import { NO_TREATMENT, type Risk } from '../../lib/core/risks/risk.ts';
import type { Seen } from '../../lib/core/risks/seen.ts';

const OPENED = '2026-11-01T08:00:00.000Z';
const SEEN = '2026-11-01T00:00:00.000Z';

const scores = { likelihood: 0.5, impact: 0.9, inherent: 0.45, residual: 0.45, at: SEEN };

export function aRisk(given: Partial<Risk> = {}): Risk {
  return {
    ...{ id: 'RISK-1', kind: 'vulnerability', asset: 'shop', assetOwner: 'shop-team', owner: null },
    ...{ vulnerability: 'CVE-2026-1', aliases: [], package: { type: 'deb', source: 'perl' } },
    ...{ title: 'perl reads too far', stages: ['production'], bases: [], severity: 'critical', scores, fixedIn: null },
    ...{ treatment: NO_TREATMENT, controls: [], firstSeen: SEEN, lastSeen: null, state: 'open', closed: null },
    ...{ reopened: 0, mergedInto: null, absorbed: [], changedAt: OPENED, changes: 1 },
    ...given,
  };
}

/** What an assessment says of {@link aRisk}, that changes nothing of it. */
export function aSeen(given: Partial<Seen> = {}): Seen {
  return {
    subject: { asset: 'shop', type: 'deb', source: 'perl' },
    ...{ vulnerability: 'CVE-2026-1', aliases: [], title: 'perl reads too far', assetOwner: 'shop-team' },
    ...{ stage: 'production', bases: [], severity: 'critical', scores, fixedIn: null },
    ...given,
  };
}
