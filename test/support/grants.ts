/** Grants of exceptions for tests: of all of perl in team/app, by default, with what a test is about put in. */
import type { Grant, Terms } from '../../lib/core/exceptions/exception.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import { aDigest } from './assessments.ts';

/** A day before what tests judge as of. */
export const GRANTED = '2026-11-22T00:00:00.000Z';
export const EXPIRY = '2027-01-01T00:00:00.000Z';
export const OWNER = 'Olive Owner';

/** The number of an exception, as its id. */
export function anExceptionId(number: number): string {
  return `EX-${String(number).padStart(26, '0')}`;
}

export function aControl(likelihood: number, impact = 0, id = `l${likelihood}i${impact}`): Terms['controls'][number] {
  return { id, does: 'It filters.', evidence: 'https://example.org/filter', lowers: { likelihood, impact } };
}

interface GivenGrant extends Partial<Omit<Grant, 'terms'>> {
  readonly scope?: Partial<Terms['scope']>;
  readonly terms?: Partial<Omit<Terms, 'scope'>>;
}

export function aGrant({ scope, terms, ...given }: GivenGrant = {}): Grant {
  return {
    schemaVersion: 1,
    id: anExceptionId(1),
    terms: {
      scope: {
        vulnerabilities: [],
        packages: ['perl'],
        images: { repository: 'team/app' },
        stages: ['production'],
        ...scope,
      },
      reason: 'It is not reachable.',
      owner: OWNER,
      controls: [],
      review: null,
      expiry: { at: EXPIRY, date: '2026-12-31', zone: 'UTC' },
      links: [],
      ...terms,
    },
    requester: { principal: 'laptop:owner', person: OWNER },
    approver: { principal: 'laptop:approver', person: 'Amir Approver' },
    at: GRANTED,
    facts: [],
    count: { findings: 1, images: 1 },
    baseApproved: false,
    ...given,
  };
}

export function aFact(given: Partial<Grant['facts'][number]> = {}): Grant['facts'][number] {
  return { vulnerability: 'CVE-2026-42496', source: 'perl', kev: false, fixedIn: null, epss: null, ...given };
}

/** As a judgement is given them. */
export function held(...grants: readonly Grant[]): readonly { readonly hash: Digest; readonly grant: Grant }[] {
  return grants.map((grant) => ({ hash: aDigest(JSON.stringify(grant)), grant }));
}
