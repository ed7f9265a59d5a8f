/** What is known of a vulnerability, for tests: nothing by default, with what a test is about put in. */
import type { CveRecord, EpssRecord, KevRecord } from '../../lib/core/advisories/records.ts';
import type { Match } from '../../lib/core/matching/match.ts';
import type { Facts } from '../../lib/core/register/read-records.ts';
import { aPackage } from './advisory-builders.ts';

const NO_FACTS: Facts = { cve: null, kev: null, epss: null };

export function aMatch(given: Partial<Match> = {}): Match {
  return {
    vulnerability: 'CVE-2026-1',
    aliases: [],
    records: [],
    package: aPackage(),
    fixedIn: null,
    matched: [],
    ...given,
  };
}

export function aCve(id: string, given: Partial<CveRecord> = {}): CveRecord {
  return {
    id,
    state: 'PUBLISHED',
    published: '2026-05-01T00:00:00.000Z',
    updated: null,
    title: null,
    disputed: false,
    cwes: [],
    metrics: [],
    ssvc: null,
    ...given,
  };
}

export function anEpss(id: string, score: number): NonNullable<Facts['epss']> {
  const record: EpssRecord = { id, score, percentile: 0.5 };
  return { ...record, modelVersion: 'v5', date: '2026-08-16T00:00:00.000Z' };
}

export function aKev(id: string, given: Partial<KevRecord> = {}): KevRecord {
  return { id, dateAdded: '2026-06-01', dueDate: '2026-06-22', ransomware: false, ...given };
}

/** Facts by identifier; none of any other. */
export function factsOf(held: Readonly<Record<string, Partial<Facts>>>): (vulnerability: string) => Facts {
  return (vulnerability) => ({ ...NO_FACTS, ...held[vulnerability] });
}
