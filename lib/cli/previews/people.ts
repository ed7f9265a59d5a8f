/** Sample notices of exceptions, and of what comes due. */
import { contentId } from '../../core/canonical/canonical.ts';
import { askAgain } from '../../core/exceptions/ask-again.ts';
import type { Change } from '../../core/exceptions/change.ts';
import type { Draft, Exception } from '../../core/exceptions/exception.ts';
import { ended, granted, requested } from '../../core/exceptions/transitions.ts';
import { exceptionNotice } from '../../core/notices/exception-notice.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { reminderNotice } from '../../core/notices/reminder-notice.ts';
import type { Dated } from '../../core/reminders/dated.ts';
import { datedOfException } from '../../core/reminders/dated-of.ts';
import type { Rung } from '../../core/reminders/ladder.ts';
import { reminderId } from '../../core/reminders/reminder-id.ts';
import { endOfDay } from '../../core/time/end.ts';

const ZONE = 'Europe/Berlin';
const OLIVE = { name: 'Olive Owner', address: 'olive@example.com' };
const AMIR = { name: 'Amir Approver', address: 'amir@example.com' };
const ASKED_AT = '2026-11-25T08:30:00.000Z';
const DECIDED_AT = '2026-11-25T10:05:00.000Z';
const REVIEW = endOfDay('2027-01-15', ZONE);

const TERMS: Draft = {
  scope: { vulnerabilities: ['CVE-2026-13221'], packages: [], images: { asset: 'shop' }, stages: ['production'] },
  ...{ reason: 'the parser is not reachable from outside', owner: OLIVE.name },
  controls: [
    {
      ...{ id: 'seccomp', does: 'no process of it may start another', evidence: 'https://wiki.example.com/policy-7' },
      lowers: { likelihood: 0.5, impact: 0 },
    },
  ],
  ...{ review: REVIEW, expiry: endOfDay('2027-02-28', ZONE), links: ['https://tracker.example.com/SHOP-118'] },
};
const DORA = { principal: 'laptop:dora', person: 'Dora Developer' };
const APPROVER = { principal: 'laptop:amir', person: AMIR.name };
const ASKED = requested(TERMS, { requester: DORA, at: ASKED_AT, renews: null });
const HELD = granted(ASKED, { approver: APPROVER, at: DECIDED_AT, grant: contentId('a grant') });
const LAPSED_AT = '2027-01-20T09:00:00.000Z';
const LAPSED = ended(HELD, 'lapsed', {
  at: LAPSED_AT,
  why: 'CVE-2026-13221 is listed as known to be exploited (KEV) since 2027-01-20',
});

function change(did: Change['did'], exception: Exception, given: Pick<Change, 'at' | 'by' | 'why'>): Change {
  return { did, exception, ...given };
}

export function exceptionPreviews(): readonly Notice[] {
  const asked = change('requested', ASKED, { at: ASKED_AT, by: DORA, why: TERMS.reason });
  const decided = change('granted', HELD, { at: DECIDED_AT, by: APPROVER, why: 'until the release of February' });
  const lapsed = change('ended', LAPSED, { at: LAPSED_AT, by: null, why: null });
  return [
    exceptionNotice({ change: asked, to: AMIR, since: 'you may decide on it', dates: [] }),
    exceptionNotice({
      ...{ change: decided, to: OLIVE, since: 'you carry the risk' },
      dates: datedOfException(HELD, null),
    }),
    exceptionNotice({ change: lapsed, to: OLIVE, since: 'you carry the risk', dates: [] }),
  ].filter((notice) => notice !== null);
}

const WEEK: Rung = { name: '7', at: '2027-02-21T08:00:00.000Z', overdue: false };
const DAY: Rung = { name: '0', at: '2027-01-15T08:00:00.000Z', overdue: false };
const LATE: Rung = { name: '+7', at: '2027-02-22T08:00:00.000Z', overdue: true };

const RISK: Dated = {
  ...{ kind: 'risk', subject: 'RISK-01KB0000000000000000000000', title: 'CVE-2026-9001 in curl in shop' },
  ...{ due: endOfDay('2027-02-28', ZONE), since: ASKED_AT, until: null, detail: 'the base is being replaced' },
  ...{ asset: 'shop', stages: ['production'], to: [OLIVE.name] },
  answers: [
    'cavendish risk show RISK-01KB0000000000000000000000',
    'cavendish risk treat RISK-01KB0000000000000000000000 mitigate --due DATE --why REASON',
    askAgain({
      scope: {
        vulnerabilities: ['CVE-2026-9001'],
        packages: ['curl'],
        images: { asset: 'shop' },
        stages: ['production'],
      },
      owner: OLIVE.name,
    }),
  ],
};
const EVIDENCE: Dated = {
  ...{ ...RISK, kind: 'evidence', subject: 'shop', title: 'shop', detail: 'penetration test, by Example Security' },
  answers: [
    'cavendish evidence add --asset shop --date DATE --who NAME --scope TEXT --stage STAGE --outcome passed',
    'cavendish evidence list --asset shop',
  ],
};
const APPROVAL: Dated = {
  ...{ ...RISK, kind: 'approval', subject: contentId('a base'), title: 'debian:12', detail: 'the hardened one' },
  ...{ asset: null, to: [AMIR.name] },
  answers: ['cavendish base approve debian:12 --stage production --until DATE', 'cavendish base list'],
};

export function reminderPreviews(): readonly Notice[] {
  const [end, review] = datedOfException(HELD, null);
  const sooner = { ...RISK, due: endOfDay('2027-02-15', ZONE) };
  const all: readonly (readonly [Dated | undefined, Rung, typeof OLIVE])[] = [
    [end, WEEK, OLIVE],
    [review, DAY, OLIVE],
    [RISK, WEEK, OLIVE],
    [sooner, LATE, { name: 'Nora Next', address: 'nora@example.com' }],
    [EVIDENCE, WEEK, OLIVE],
    [APPROVAL, WEEK, AMIR],
  ];
  return all.flatMap(([dated, rung, to]) =>
    dated === undefined ? [] : [reminderNotice({ id: reminderId(dated, rung, to.name), dated, rung, to, at: rung.at })],
  );
}
