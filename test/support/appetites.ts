/** Appetites and what they are asked about, for tests: plain by default, with what a test is about put in. */
import type { Criterion, StagePolicy } from '../../lib/core/appetite/appetite.ts';
import type { ExceptionPolicy } from '../../lib/core/appetite/exception-policy.ts';
import type { Ladder, ReminderPolicy } from '../../lib/core/appetite/reminder-policy.ts';
import type { Subject } from '../../lib/core/appetite/subject.ts';
import { NO_LINEAGE } from '../../lib/core/lineage/lineage.ts';
import type { Finding } from '../../lib/core/matching/finding.ts';
import { NO_HISTORY } from '../../lib/core/register/judged-evidence.ts';
import { splitOf } from '../../lib/core/scoring/split.ts';
import { aFinding } from './assessments.ts';

export const AT = '2026-11-23T00:00:00.000Z';

/** What holds of exceptions where a file says nothing of them. */
export const EXCEPTION_POLICY: ExceptionPolicy = {
  required: ['review'],
  longestDays: { low: 365, medium: 180, high: 90, critical: 30 },
  controls: { likelihood: 0.9, impact: 0.5 },
  approvers: [],
  never: [],
  lapse: { kev: true, epss: 0.2, fix: false, control: true, owner: true, baseApproval: true },
};

export function aCriterion(overrides: Partial<Criterion> = {}): Criterion {
  return {
    id: 'a-criterion',
    says: 'It is not broken.',
    asks: 'finding',
    expression: 'true',
    daysToFix: null,
    from: 'published',
    ...overrides,
  };
}

export function aPolicy(overrides: Partial<StagePolicy> = {}): StagePolicy {
  return { mode: 'enforce', maxAgeDays: {}, tolerate: [], criteria: [], ...overrides };
}

export function aSubject(overrides: Partial<Subject> = {}): Subject {
  return {
    findings: [aFinding()],
    image: { platform: { os: 'linux', architecture: 'amd64' } },
    created: '2026-11-13T00:00:00Z',
    packages: 88,
    repository: 'team/app',
    asset: null,
    unnamed: { owner: 'platform team', exposure: 'internet', criticality: 'high' },
    stage: 'production',
    score: { inherent: 61.5, residual: 50, open: 31.2 },
    split: splitOf(overrides.findings ?? [aFinding()], true),
    lineage: NO_LINEAGE,
    history: NO_HISTORY,
    opinions: [],
    onlyOthers: [],
    at: AT,
    zone: 'UTC',
    firstSeen: {},
    ...overrides,
  };
}

/** A finding of which nothing is known but its name. */
export function aBareFinding(overrides: Partial<Finding> = {}): Finding {
  return aFinding({
    fixedIn: null,
    published: null,
    severity: 'unrated',
    cvss: null,
    ratings: [],
    ssvc: null,
    epss: null,
    kev: null,
    ...overrides,
  });
}

/** The least that an appetite file may say, with these lines for production. */
export function anAppetiteFile({
  production = ['criteria: [{ id: ok, says: ok, image: "false" }]'],
  assets = [] as readonly string[],
}: {
  readonly production?: readonly string[];
  readonly assets?: readonly string[];
} = {}): string {
  return [
    'version: 1',
    'statement: What we accept.',
    'unnamed: { stage: testing, owner: platform team }',
    ...(assets.length === 0 ? [] : ['assets:', ...assets.map((line) => `  ${line}`)]),
    'stages:',
    '  development: { criteria: [{ id: ok, says: ok, image: "false" }] }',
    '  testing: { criteria: [{ id: ok, says: ok, image: "false" }] }',
    '  production:',
    ...production.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

const LADDER: Ladder = { daysBefore: [30, 14, 7, 1], onTheDay: true, thenEveryDays: 7 };

/** What holds of reminders where a file says nothing. */
export const REMINDER_POLICY: ReminderPolicy = {
  at: '09:00',
  ...{ expiry: LADDER, review: LADDER, risk: LADDER, approval: LADDER },
  evidence: { ...LADDER, afterDays: 365 },
  escalateTo: null,
};
