/** The message of a verdict as a person reads it: whole, and the words for what it comes to. */
import { describe, expect, it } from '@jest/globals';

import { shortDigest } from '../../../lib/core/image/digest.ts';
import { headline, imageName, verdictNotice } from '../../../lib/core/notices/verdict-notice.ts';
import { wrapLine } from '../../../lib/core/text/wrap.ts';
import { aCount, aDigest, aFinding, anAssessment, aPlacement, aReason } from '../../support/assessments.ts';
import { anExceptionId, OWNER } from '../../support/grants.ts';
import { linesUnder } from '../../support/notices.ts';

const IMAGE = aDigest('image');
const ID = aDigest('assessment');
const about = { id: ID, tag: '1.0', previous: null, advice: null, fallbackOwner: 'platform team' };
const alpine = {
  kind: 'unknown-distribution',
  subject: 'alpine 3.20',
  message: 'Alpine 3.20 is not read',
  tolerated: false,
} as const;
const npm = { kind: 'unread-ecosystem', subject: 'npm', message: 'npm is not read', tolerated: true } as const;
const stale = { kind: 'feed-stale', subject: 'kev', message: 'KEV is 9 days old', tolerated: false } as const;
const excepted = aFinding({
  vulnerability: 'CVE-2026-2',
  exceptions: [{ id: anExceptionId(1), owner: OWNER, until: '2027-01-01T00:00:00.000Z', share: 1 }],
});
const limit = aReason({ criterion: 'limit', message: 'The score is at most 30: it is 40.', findings: [] });

const wrapped = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => wrapLine(line, 76));

describe('the message of a verdict', () => {
  it('reads: the answer, why, what is accepted, what is new, what to do, and by what it is found again', () => {
    const assessment = anAssessment({
      ...{ blocking: false, counts: aCount({ critical: 2 }), findings: [aFinding(), excepted] },
      ...{ reasons: [aReason(), limit], gaps: [alpine, npm] },
      lapsed: [{ id: anExceptionId(2), why: 'a fix of CVE-2026-3 is out: zlib 2' }],
    });
    const previous = anAssessment({
      ...{ verdict: 'unknown', gaps: [npm, stale] },
      reasons: [aReason({ criterion: 'residual', findings: [] })],
    });
    const base = { image: aDigest('base'), name: 'debian:12' };
    const advice = { base, unapproved: false, outdated: true, to: null, changes: null };
    const { subject, text, id, kind, at, letter } = verdictNotice({ ...about, assessment, previous, advice });

    expect({ subject, id, kind, at, tone: letter.tone }).toEqual({
      subject: '[Cavendish] NO-GO: team/app:1.0 (production), 2 vulnerabilities (1 excepted), 2 criteria broken',
      ...{ id: `${ID.slice('sha256:'.length)}-1.0`, kind: 'verdict-changed', at: assessment.at, tone: 'bad' },
    });
    expect(text.split('\n')).toEqual(
      wrapped(
        'NO-GO  team/app:1.0  linux/amd64',
        'for production, judged as of 2026-11-23 00:00 UTC; before: unknown',
        'The stage only observes: nothing is stopped.',
        '',
        'Why',
        '  * A critical vulnerability that has a fix is fixed in time: 1 vulnerability breaks it.',
        '  * The score is at most 30: it is 40.',
        '  * not known: Alpine 3.20 is not read',
        '',
        'Excepted, and still there',
        `  * ${anExceptionId(1)} until 2027-01-01 00:00 UTC (owner Olive Owner): 1 vulnerability`,
        `  * ${anExceptionId(2)} lapsed: a fix of CVE-2026-3 is out: zlib 2`,
        '',
        'New since the last notice',
        '  + fixable-critical CVE-2026-42496 perl',
        '  + limit',
        '  + gap unknown-distribution:alpine 3.20',
        '  - residual',
        '  - gap feed-stale:kev',
        '',
        'What to do next',
        '  * upgrade perl-base to 5.36.0-7+deb12u4 or later (ends 1 vulnerability)',
        `  * see it whole: cavendish show team/app@sha256:${shortDigest(IMAGE)}`,
        '',
        'Base: built on debian:12, which is not its newest build; no other build of it is known',
        'Asset: shop',
        `Digest: ${IMAGE}`,
        `Assessment: ${ID}`,
        '',
      ),
    );
  });

  it('reads as good news where it is', () => {
    const assessment = anAssessment({
      ...{ verdict: 'go', blocking: false, reasons: [], findings: [], counts: aCount(), asset: null },
    });
    const { subject, text, id, letter } = verdictNotice({ ...about, tag: null, assessment });
    const name = `team/app@${shortDigest(IMAGE)}`;

    expect({ subject, id, tone: letter.tone }).toEqual({
      subject: `[Cavendish] GO: ${name} (production), 0 vulnerabilities`,
      ...{ id: `${ID.slice('sha256:'.length)}-untagged`, tone: 'good' },
    });
    expect(text.split('\n')).toEqual(
      wrapped(
        `GO  ${name}  linux/amd64`,
        'for production, judged as of 2026-11-23 00:00 UTC',
        '',
        'Why',
        '  * Nothing breaks the risk appetite, and nothing is missing.',
        '',
        'What to do next',
        `  * see it whole: cavendish show team/app@sha256:${shortDigest(IMAGE)}`,
        '',
        'Asset: none names this repository; the default stage and owner hold',
        `Digest: ${IMAGE}`,
        `Assessment: ${ID}`,
        '',
      ),
    );
  });

  it('does not say that nothing is missing where the stage tolerates that something is', () => {
    const assessment = anAssessment({ verdict: 'go', reasons: [], gaps: [npm, { ...npm, subject: 'maven' }] });
    expect(linesUnder('Why', verdictNotice({ ...about, assessment }).text)).toEqual([
      '* Nothing breaks the risk appetite, and of what is missing it tolerates 2 gaps.',
    ]);
  });

  it('takes no reason for something that came or went, however it begins', () => {
    const assessment = anAssessment({ reasons: [aReason({ message: '- [ ] nothing is severe' })] });
    const { letter } = verdictNotice({ ...about, assessment });
    expect(letter.sections[0]?.items).toMatchObject([{ mark: '*', text: '- [ ] nothing is severe' }]);
  });

  it.each([
    ['where it can not be judged any more', 'unknown', 'go', 'became-unknown'],
    ['where it could never be', 'unknown', null, 'became-unknown'],
    ['where it is unknown still, for other gaps', 'unknown', 'unknown', 'verdict-changed'],
    ['where it is known', 'no-go', 'unknown', 'verdict-changed'],
  ] as const)('is of the kind by which somebody asks for it: %s', (_, verdict, before, kind) => {
    const previous = before === null ? null : anAssessment({ verdict: before });
    const notice = verdictNotice({ ...about, assessment: anAssessment({ verdict, gaps: [alpine] }), previous });
    expect([notice.kind, notice.letter.tone]).toEqual([kind, 'bad']);
  });

  it('cuts each part after eight lines, and counts the rest', () => {
    const reasons = Array.from({ length: 9 }, (_, at) =>
      aReason({ criterion: `c${String(at)}`, message: `m${String(at)}`, findings: [] }),
    );
    const { text } = verdictNotice({
      ...about,
      assessment: anAssessment({ reasons }),
      previous: anAssessment({ reasons: [] }),
    });
    const eight = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(linesUnder('Why', text)).toEqual([...eight.map((at) => `* m${String(at)}`), '... and 1 more']);
    expect(linesUnder('New since the last notice', text)).toEqual([
      ...eight.map((at) => `+ c${String(at)}`),
      '... and 1 more',
    ]);
  });
});

describe('what a verdict comes to', () => {
  it.each([
    ['the gaps that stand in the way', { verdict: 'unknown', gaps: [alpine, npm] }, '1 gap'],
    ['several of them', { verdict: 'unknown', gaps: [alpine, stale, npm] }, '2 gaps'],
    ['what was found', { verdict: 'go' }, '1 vulnerability'],
    ['what was found and accepted', { verdict: 'go', findings: [excepted] }, '1 vulnerability (1 excepted)'],
    ['one broken criterion', {}, '1 vulnerability, 1 criterion broken'],
    [
      'several',
      { counts: aCount({ high: 1, unrated: 2 }), reasons: [aReason(), limit] },
      '3 vulnerabilities, 2 criteria broken',
    ],
  ] as const)('is %s', (_, given, words) => {
    expect(headline(anAssessment(given))).toBe(words);
  });

  it('is said of the image by its tag, or by the beginning of its digest', () => {
    expect(imageName(aPlacement(), '1.0')).toBe('team/app:1.0');
    expect(imageName(aPlacement(), null)).toBe(`team/app@${shortDigest(IMAGE)}`);
  });
});
