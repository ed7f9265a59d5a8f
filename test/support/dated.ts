/** Stored things that come due, for tests: plain, with the dates that a test is about. */
import type { Exception } from '../../lib/core/exceptions/exception.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import type { Validated } from '../../lib/core/reminders/dated-of.ts';
import { NO_TREATMENT, type Risk } from '../../lib/core/risks/risk.ts';
import type { End } from '../../lib/core/time/end.ts';

export const BASE: Digest = `sha256:${'b'.repeat(64)}`;

export function aGrantedException({
  at,
  expiry,
  review = null,
  ended = null,
}: {
  readonly at: string;
  readonly expiry: End;
  readonly review?: End | null;
  readonly ended?: Exception['ended'];
}): Exception {
  return {
    id: 'EX-00000000000000000000000000',
    terms: {
      scope: { vulnerabilities: ['CVE-2026-13221'], packages: [], images: { asset: 'shop' }, stages: ['production'] },
      ...{ reason: 'not reachable', owner: 'Olive Owner', controls: [], review, expiry, links: [] },
    },
    requester: { principal: 'laptop:owner', person: 'Olive Owner' },
    requestedAt: at,
    state: ended === null ? 'granted' : 'ended',
    approver: { principal: 'laptop:approver', person: 'Anton Approver' },
    ...{ decidedAt: at, grant: null, renews: null, review, withdrawnControls: [], ended },
  };
}

export function aMitigatedRisk({ due, at }: { readonly due: string; readonly at: string }): Risk {
  return {
    ...{ id: 'RISK-00000000000000000000000000', kind: 'vulnerability', asset: 'shop', title: 'perl overflows' },
    ...{ vulnerability: 'CVE-2026-13221', aliases: [], package: { type: 'deb', source: 'perl' } },
    ...{ owner: null, assetOwner: 'Olive Owner', stages: ['production'], bases: [], severity: 'high' },
    scores: { likelihood: 0.5, impact: 0.5, inherent: 0.25, residual: 0.25, at },
    fixedIn: null,
    treatment: { ...NO_TREATMENT, kind: 'mitigate', due, at },
    ...{ controls: [], firstSeen: at, lastSeen: null, state: 'open', closed: null, reopened: 0 },
    ...{ mergedInto: null, absorbed: [], changedAt: at, changes: 2 },
  };
}

export function aValidation(date: string, at: string): Validated {
  const recordedBy = { principal: 'laptop:auditor', person: 'Audrey Auditor' };
  return {
    asset: 'shop',
    who: 'Testers',
    scope: 'web',
    stages: ['production'],
    date,
    outcome: 'passed',
    recordedBy,
    at,
  };
}
