import { describe, expect, it } from '@jest/globals';

import type { Change } from '../../../lib/core/exceptions/change.ts';
import { ended, granted, refused, requested } from '../../../lib/core/exceptions/transitions.ts';
import { exceptionNotice } from '../../../lib/core/notices/exception-notice.ts';
import { aDigest } from '../../support/assessments.ts';
import { aDraft } from '../../support/exception-people.ts';

const AT = '2026-11-23T08:00:00.000Z';
const DORA = { principal: 'laptop:dora', person: 'Dora Developer' };
const AMIR = { principal: 'laptop:amir', person: 'Amir Approver' };
const ASKED = requested(aDraft(), { requester: DORA, at: AT, renews: null });
const HELD = granted(ASKED, { approver: AMIR, at: AT, grant: aDigest('grant') });
const OLIVE = { name: 'Olive Owner', address: 'olive@example.com' };

function told(change: Pick<Change, 'did' | 'exception'> & Partial<Change>) {
  const whole = { at: AT, by: AMIR, why: null, ...change };
  return exceptionNotice({ change: whole, to: OLIVE, since: 'you may decide on it', dates: [] });
}

describe('a request', () => {
  it('says what is asked for, until when, by whom and why, and how to answer', () => {
    const { id } = ASKED;
    expect(told({ did: 'requested', exception: ASKED, by: DORA })).toMatchObject({
      ...{ kind: 'exception-requested', at: AT, to: 'olive@example.com' },
      subject: '[Cavendish] Exception asked for: CVE-2026-1 in shop',
      text: [
        'EXCEPTION ASKED FOR  CVE-2026-1 in shop',
        'until 2026-12-31, for production; asked for by Dora Developer, 2026-11-23',
        '08:00 UTC',
        'because: It is not reachable.',
        '',
        'What is accepted',
        '  * CVE-2026-1 (the images of the asset shop)',
        '  * Olive Owner carries the risk',
        '',
        'What to do next',
        `  * see it whole: cavendish exception show ${id}`,
        '  * it may be accepted:',
        `    cavendish exception approve ${id} --why REASON`,
        '  * it may not:',
        `    cavendish exception refuse ${id} --why REASON`,
        '',
        'Told: you, since you may decide on it',
        `Exception: ${id}`,
        '',
      ].join('\n'),
    });
  });

  it('to renew says what it takes the place of', () => {
    const renewal = requested(aDraft(), { requester: DORA, at: AT, renews: ASKED.id });
    expect(told({ did: 'requested', exception: renewal })).toMatchObject({
      subject: '[Cavendish] Renewal asked for: CVE-2026-1 in shop',
      text: expect.stringContaining(`it takes the place of ${ASKED.id}`),
    });
  });

  it('names the controls and links it rests on, and counts what it leaves out', () => {
    const lowers = { likelihood: 0.5, impact: 0 };
    const controls = Array.from({ length: 9 }, (_, at) => ({ id: `c${at}`, does: 'no exec', evidence: 'x', lowers }));
    const vulnerabilities = Array.from({ length: 11 }, (_, at) => `CVE-2026-${at}`);
    const terms = aDraft({ controls, scope: { ...aDraft().scope, vulnerabilities, packages: ['perl'] } });
    const { text = '', subject } = told({ did: 'requested', exception: { ...ASKED, terms } }) ?? {};
    expect(subject).toContain('CVE-2026-0 and 11 more in shop');
    expect(text).toContain('the control c5: no exec');
    expect(text.replaceAll(/\s+/gu, ' ')).toContain('CVE-2026-7, 4 more (the images');
    expect(text).toContain('... and 3 more');
  });

  it.each([
    [{ repository: 'team/*' }, 'in team/*', 'the repositories team/*'],
    [{ digest: aDigest('image') }, `in ${aDigest('image').slice(7, 19)}`, `the image ${aDigest('image')}`],
    [{ base: aDigest('base'), name: 'debian:12' }, 'in debian:12', 'the base debian:12 and all that is built on it'],
  ])('for %j names it', (images, title, whole) => {
    const terms = aDraft({ scope: { ...aDraft().scope, images } });
    const notice = told({ did: 'requested', exception: { ...ASKED, terms } });
    expect(notice?.subject).toContain(title);
    expect(notice?.text.replaceAll(/\s+/gu, ' ')).toContain(whole);
  });
});

describe('a decision', () => {
  it('that grants says until when, and when it is looked at again', () => {
    const review = { at: '2026-12-06T00:00:00.000Z', date: '2026-12-05', zone: 'UTC' };
    const notice = told({ did: 'granted', exception: { ...HELD, review }, why: 'until the next release' });
    expect(notice).toMatchObject({
      kind: 'exception-decided',
      subject: '[Cavendish] Exception granted: CVE-2026-1 in shop',
    });
    expect(notice?.text).toContain('until 2026-12-31, for production; granted by Amir Approver');
    expect(notice?.text).toContain('because: until the next release');
    expect(notice?.text).toContain('to be looked at again by 2026-12-05');
    expect(notice?.text).toContain(`cavendish exception revoke ${HELD.id} --why REASON`);
  });

  it('that refuses says why, and how to ask for another', () => {
    const exception = refused(ASKED, { approver: AMIR, at: AT });
    const notice = told({ did: 'refused', exception, why: 'there is a fix' });
    expect(notice).toMatchObject({ kind: 'exception-decided', letter: { tone: 'bad' } });
    expect(notice?.text).toContain('because: there is a fix');
    expect(notice?.letter.sections.at(-1)?.items.at(-1)?.command).toBe(
      "cavendish exception request --vuln CVE-2026-1 --asset shop --stage production --owner 'Olive Owner' --reason TEXT --until DATE",
    );
  });
});

describe('an end', () => {
  it.each([
    ['lapsed', null, 'over since 2026-11-23 08:00 UTC; it was to hold until 2026-12-31'],
    ['revoked', AMIR, 'over by Amir Approver since 2026-11-23 08:00 UTC; it was to hold until'],
  ] as const)('before its time, %s, says since when and why', (how, by, says) => {
    const exception = ended(HELD, how, { at: AT, why: 'KEV lists CVE-2026-1 now' });
    const notice = told({ did: 'ended', exception, by });
    expect(notice).toMatchObject({
      kind: 'exception-lapsed',
      letter: { headline: expect.stringMatching(how.toUpperCase()) },
    });
    expect(notice?.text.replaceAll(/\s+/gu, ' ')).toContain(says);
    expect(notice?.text).toContain('because: KEV lists CVE-2026-1 now');
  });

  it.each(['expired', 'superseded'] as const)('that is %s is told otherwise', (how) => {
    expect(told({ did: 'ended', exception: ended(HELD, how, { at: AT, why: 'x' }) })).toBeNull();
  });
});

it.each(['withdrawn', 'reviewed', 'control-withdrawn'] as const)('of what is %s nobody is told', (did) => {
  expect(told({ did, exception: HELD })).toBeNull();
});

it('offers to be typed nothing that a shell would run', () => {
  const scope = { ...aDraft().scope, packages: ['a;$(rm'], images: { asset: "it's `x`" } };
  const exception = refused({ ...ASKED, terms: aDraft({ scope }) }, { approver: AMIR, at: AT });
  const command = told({ did: 'refused', exception })?.letter.sections.at(-1)?.items.at(-1)?.command;
  expect(command).toContain(String.raw`--package 'a;$(rm' --asset 'it'\''s ${'`x`'}'`);
});

it('is another for another reader, and the same told twice', () => {
  const change = { did: 'granted', at: AT, by: AMIR, why: null, exception: HELD } as const;
  const ids = [OLIVE, OLIVE, { ...OLIVE, name: 'Amir' }].map(
    (to) => exceptionNotice({ change, to, since: 'x', dates: [] })?.id,
  );
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});
