/** What comes due of each stored thing, as people are to read it. */
import { describe, expect, it } from '@jest/globals';

import type { ScopedImages } from '../../../lib/core/exceptions/scope.ts';
import { shortDigest } from '../../../lib/core/image/digest.ts';
import {
  datedOfApproval,
  datedOfEvidence,
  datedOfException,
  datedOfRisk,
  type Validated,
} from '../../../lib/core/reminders/dated-of.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { aDigest } from '../../support/assessments.ts';
import { aGrantedException, aMitigatedRisk, aValidation, BASE } from '../../support/dated.ts';

const AT = '2026-10-01T08:00:00.000Z';
const EXPIRY = endOfDay('2026-12-31', 'Europe/Berlin');
const REVIEW = endOfDay('2026-11-30', 'Europe/Berlin');
const EX = 'EX-00000000000000000000000000';
const RISK = 'RISK-00000000000000000000000000';

const granted = aGrantedException({ at: AT, expiry: EXPIRY, review: REVIEW });

describe('an exception', () => {
  const common = {
    ...{ subject: EX, title: 'CVE-2026-13221 in shop', detail: 'not reachable', asset: 'shop' },
    ...{ stages: ['production'], to: ['Olive Owner', 'Anton Approver'], since: AT },
  };

  it('comes due at its end and at its review, for its owner and who approved it', () => {
    expect(datedOfException(granted, null)).toEqual([
      {
        ...{ ...common, kind: 'expiry', due: EXPIRY, until: null },
        answers: [`cavendish exception renew ${EX} --until DATE`, `cavendish exception revoke ${EX} --why REASON`],
      },
      {
        ...{ ...common, kind: 'review', due: REVIEW, until: EXPIRY.at },
        answers: [
          `cavendish exception review ${EX} --still-needed --next DATE --why REASON`,
          `cavendish exception review ${EX} --revoke --why REASON`,
        ],
      },
    ]);
  });

  it('owes a review since the last one was answered', () => {
    const [end, review] = datedOfException(granted, '2026-11-01T00:00:00.000Z');
    expect([end?.since, review?.since]).toEqual([AT, '2026-11-01T00:00:00.000Z']);
  });

  it.each([
    ['there is none', null],
    ['it is on the day of the end', EXPIRY],
    ['it comes after the end', endOfDay('2027-01-01', 'Europe/Berlin')],
  ])('owes no review where %s', (_, review) => {
    const exception = aGrantedException({ at: AT, expiry: EXPIRY, review });
    expect(datedOfException(exception, null).map(({ kind }) => kind)).toEqual(['expiry']);
  });

  it('that has expired is to be known of, and no longer to be reviewed or revoked', () => {
    const ended = { at: EXPIRY.at, how: 'expired', why: 'its time is over' } as const;
    const exception = aGrantedException({ at: AT, expiry: EXPIRY, review: REVIEW, ended });
    expect(datedOfException(exception, null).map(({ kind, answers }) => [kind, ...answers])).toEqual([
      ['expiry', `cavendish exception renew ${EX} --until DATE`, `cavendish reminders ack expiry:${EX}`],
    ]);
  });

  it.each([
    ['was revoked', { ...granted, state: 'ended', ended: { at: AT, how: 'revoked', why: 'fixed' } }],
    ['lapsed', { ...granted, state: 'ended', ended: { at: AT, how: 'lapsed', why: 'KEV' } }],
    ['is asked for', { ...granted, state: 'requested', approver: null, decidedAt: null }],
    ['was refused', { ...granted, state: 'refused' }],
    ['has no end', { ...granted, terms: { ...granted.terms, expiry: null } }],
  ] as const)('that %s comes due at nothing', (_, exception) => {
    expect(datedOfException(exception, null)).toEqual([]);
  });

  it('is told once to whom it is twice, and to the principal of an approver whom nobody knows', () => {
    const toOf = (given: Partial<typeof granted>) => datedOfException({ ...granted, ...given }, null)[0]?.to;
    expect(toOf({ approver: { principal: 'laptop:owner', person: 'Olive Owner' } })).toEqual(['Olive Owner']);
    expect(toOf({ approver: { principal: 'laptop:x', person: null } })).toEqual(['Olive Owner', 'laptop:x']);
    expect(toOf({ terms: { ...granted.terms, owner: null } })).toEqual(['Anton Approver']);
  });

  it.each<[ScopedImages, readonly string[], readonly string[], string, string | null]>([
    [{ asset: 'shop' }, ['CVE-1', 'CVE-2', 'CVE-3'], [], 'CVE-1 and 2 more in shop', 'shop'],
    [{ repository: 'team/*' }, ['CVE-1'], ['perl'], 'CVE-1 and 1 more in team/*', null],
    [{ digest: BASE }, [], ['perl'], `perl in ${shortDigest(BASE)}`, null],
    [{ base: BASE, name: 'debian:12' }, ['CVE-1'], [], 'CVE-1 in debian:12', null],
  ])('is called by what it covers: %j %j %j', (images, vulnerabilities, packages, title, asset) => {
    const scope = { vulnerabilities, packages, images, stages: ['production' as const] };
    const exception = { ...granted, terms: { ...granted.terms, scope } };
    expect(datedOfException(exception, null)[0]).toMatchObject({ title, asset });
  });
});

describe('a risk that is to be mitigated', () => {
  const risk = aMitigatedRisk({ due: EXPIRY.at, at: AT });

  it('comes due at the end of the day that was meant, for who carries it', () => {
    const why = 'an upgrade';
    expect(datedOfRisk({ ...risk, treatment: { ...risk.treatment, why } }, 'Europe/Berlin')).toEqual([
      {
        ...{ kind: 'risk', subject: RISK, due: EXPIRY, since: AT, until: null },
        ...{ title: 'perl overflows in shop', detail: why, asset: 'shop', stages: ['production'], to: ['Olive Owner'] },
        answers: [
          `cavendish risk show ${RISK}`,
          `cavendish risk treat ${RISK} mitigate --due DATE --why REASON`,
          "cavendish exception request --vuln CVE-2026-13221 --package perl --asset shop --stage production --owner 'Olive Owner' --reason TEXT --until DATE",
        ],
      },
    ]);
  });

  it('is to be accepted where it is: by its repository where no asset names that, and not at all where no image has it', () => {
    const answersTo = (given: Partial<typeof risk>) => datedOfRisk({ ...risk, ...given }, 'UTC')[0]?.answers ?? [];
    expect(answersTo({ asset: 'repository:team/shop' })[2]).toContain('--package perl --repository team/shop --stage');
    expect(answersTo({ kind: 'entered', vulnerability: null, package: null })).toHaveLength(2);
  });

  it('comes due at an instant where no day ends then', () => {
    expect(datedOfRisk(risk, 'UTC')[0]?.due).toEqual({ at: EXPIRY.at, date: null, zone: 'UTC' });
  });

  it.each([
    ['is closed', { state: 'closed' }],
    ['is accepted', { treatment: { ...risk.treatment, kind: 'accept' } }],
    ['has no date', { treatment: { ...risk.treatment, due: null } }],
    ['was never decided on', { treatment: { ...risk.treatment, at: null } }],
  ] as const)('comes due at nothing where it %s', (_, given) => {
    expect(datedOfRisk({ ...risk, ...given }, 'UTC')).toEqual([]);
  });
});

describe('the evidence of an asset', () => {
  const policy = { afterDays: 365, zone: 'UTC', owner: 'Olive Owner' };
  const validated = (day: string, given: Partial<Validated> = {}): Validated => ({
    ...aValidation(`${day}T00:00:00.000Z`, `${day}T12:00:00.000Z`),
    ...given,
  });
  const dueOf = (...all: readonly Validated[]) => datedOfEvidence(all, policy).map(({ due }) => due.date);

  it('ages so many days after it was made, for the owner and who recorded it', () => {
    expect(datedOfEvidence([validated('2026-10-01')], policy)).toEqual([
      {
        ...{ kind: 'evidence', subject: 'shop', title: 'shop', detail: 'web, by Testers', asset: 'shop' },
        ...{ due: endOfDay('2027-10-01', 'UTC'), since: '2026-10-01T12:00:00.000Z', until: null },
        ...{ stages: ['production'], to: ['Olive Owner', 'Audrey Auditor'] },
        answers: [
          'cavendish evidence add --asset shop --date DATE --who NAME --scope TEXT --stage STAGE --outcome passed',
          'cavendish evidence list --asset shop',
        ],
      },
    ]);
  });

  it('is named as a shell takes it for one word', () => {
    const [dated] = datedOfEvidence([validated('2026-10-01', { asset: 'shop; reboot' })], policy);
    expect(dated?.answers[1]).toBe("cavendish evidence list --asset 'shop; reboot'");
  });

  it('is the newest of each stage, and of these the oldest comes due', () => {
    const old = validated('2026-01-01');
    const newer = validated('2026-06-01');
    const testing = validated('2026-03-01', { stages: ['testing'] });
    expect(dueOf(old, newer)).toEqual(['2027-06-01']);
    expect(dueOf(newer, old)).toEqual(['2027-06-01']);
    for (const all of [
      [old, newer, testing],
      [testing, newer, old],
    ])
      expect(dueOf(...all)).toEqual(['2027-03-01']);
  });

  it('is, of two of one day, the one that was recorded last', () => {
    const [first, second] = [
      validated('2026-01-01', { who: 'First' }),
      validated('2026-01-01', { who: 'Second', at: '2026-01-02T00:00:00.000Z' }),
    ];
    for (const all of [
      [first, second],
      [second, first],
    ]) {
      expect(datedOfEvidence(all, policy)[0]?.detail).toBe('web, by Second');
    }
  });

  it('is none where it did not pass, where there is none, and where nobody owns the asset any more', () => {
    expect(dueOf(validated('2026-10-01', { outcome: 'failed' }))).toEqual([]);
    expect(dueOf()).toEqual([]);
    expect(datedOfEvidence([validated('2026-10-01')], { ...policy, owner: null })).toEqual([]);
  });

  it('names the principal who recorded it where nobody knows the person', () => {
    const recordedBy = { principal: 'laptop:x', person: null };
    expect(datedOfEvidence([validated('2026-10-01', { recordedBy })], policy)[0]?.to).toEqual([
      'Olive Owner',
      'laptop:x',
    ]);
  });
});

describe('the approval of a base', () => {
  const image = aDigest('base');
  const approval = { stages: ['testing', 'production'], until: EXPIRY.at, by: 'Anton Approver' } as const;
  const about = { since: AT, zone: 'Europe/Berlin', name: 'debian:12', why: 'it is the platform' };

  it('comes due at its end, for who approved it', () => {
    expect(datedOfApproval(image, approval, about)).toEqual([
      {
        ...{ kind: 'approval', subject: image, due: EXPIRY, since: AT, until: null, title: 'debian:12' },
        ...{ detail: 'it is the platform', asset: null, stages: approval.stages, to: ['Anton Approver'] },
        answers: [
          'cavendish base approve debian:12 --stage testing --stage production --until DATE',
          'cavendish base list',
        ],
      },
    ]);
  });

  it('is called by its digest where it has no name, and is none where it was taken back', () => {
    expect(datedOfApproval(image, approval, { ...about, name: null })[0]?.title).toBe(shortDigest(image));
    expect(datedOfApproval(image, null, about)).toEqual([]);
  });
});
