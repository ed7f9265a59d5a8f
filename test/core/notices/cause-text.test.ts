/** The message of a round as a person reads it: whole, and what each part of it comes from. */
import { describe, expect, it } from '@jest/globals';

import type { Cause } from '../../../lib/core/again/cause.ts';
import type { ChangedVerdict } from '../../../lib/core/again/changed-verdict.ts';
import type { ToldFeed } from '../../../lib/core/again/round.ts';
import { shortDigest } from '../../../lib/core/image/digest.ts';
import { causeNotice } from '../../../lib/core/notices/cause-notice.ts';
import { wrapLine } from '../../../lib/core/text/wrap.ts';
import { aDigest } from '../../support/assessments.ts';
import { aChangedVerdict, aNews, aQuietVerdict, aRound } from '../../support/changed-verdicts.ts';
import { linesUnder } from '../../support/notices.ts';

const AT = '2026-08-02T00:00:00.000Z';
const BROKEN = '3 vulnerabilities, 1 criterion broken';

const notice = (entries: readonly ChangedVerdict[], given: Parameters<typeof aRound>[0] = {}) =>
  causeNotice({ ...aRound(given), entries, to: 'shop team' });

function because(cause: Cause, feeds: readonly ToldFeed[] = []) {
  return notice([aChangedVerdict()], { head: { ...aRound().head, cause, feeds } });
}

describe('the message of a round', () => {
  it('reads: what is exploited, where and how to end it; what changed; what to do', () => {
    const { subject, text, kind, letter, to, at } = notice([
      aChangedVerdict({
        ...{ repository: 'shop/cart', tags: ['1.0', 'latest', '2.0'], running: true },
        news: [aNews({ base: 'debian:12', fixedIn: '5.36', due: '2026-08-23T00:00:00.000Z', ransomware: true })],
      }),
      aChangedVerdict({
        ...{ repository: 'shop/pay', stage: 'testing', before: 'no-go', blocking: false },
        news: [aNews({ base: 'ubuntu:24.04', fixedIn: '5.38', due: '2026-08-30T00:00:00.000Z' })],
      }),
      aChangedVerdict({
        ...{ repository: 'shop/blog', told: [] },
        news: [aNews({ kind: 'epss', vulnerability: 'CVE-2026-0002', package: 'zlib', fixedIn: null, is: 0.25 })],
      }),
      aChangedVerdict({ repository: 'desk/app', verdict: 'go', before: null, headline: '0 vulnerabilities' }),
      aChangedVerdict({ repository: 'desk/dim', verdict: 'unknown', tags: [], headline: '1 gap' }),
    ]);

    expect({ subject, kind, to, at, tone: letter.tone }).toEqual({
      subject: '[Cavendish] CVE-2026-0001 is exploited now: 2 images, 1 running',
      ...{ kind: 'exploited', to: 'shop team', at: '2026-08-02T00:00:10.000Z', tone: 'bad' },
    });
    const lines = [
      'CVE-2026-0001 IS EXPLOITED NOW  2 images, 1 running; 4 verdicts changed',
      'because kev is of 2026-08-02 (was 2026-08-01); judged as of 2026-08-02 00:00 UTC',
      '',
      'News (2)',
      '  * CVE-2026-0001 in perl is known to be exploited, ransomware among them (KEV); due 2026-08-23',
      '    2 images, 1 running: shop/cart:1.0 and 2 tags more (running), shop/pay:1.0; from the base debian:12, ubuntu:24.04',
      '    fixed in 5.36, 5.38',
      '  * CVE-2026-0002 in zlib is likelier to be exploited: EPSS 10.0 % -> 25.0 %',
      '    1 image, none running: shop/blog:1.0',
      '    no fix is known yet',
      '',
      'Verdicts changed (4)',
      '  1 go -> no-go, 1 go -> unknown, 1 no-go -> no-go, 1 not judged -> go',
      `  * NO-GO  shop/cart:1.0 and 2 tags more linux/amd64 for production, running (was go): ${BROKEN}`,
      `  * UNKNOWN  desk/dim@${shortDigest(aDigest('desk/dim'))} linux/amd64 for production (was go): 1 gap`,
      `  * NO-GO  shop/pay:1.0 linux/amd64 for testing (still no-go, for other reasons, only observed): ${BROKEN}`,
      '  * GO  desk/app:1.0 linux/amd64 for production (new): 0 vulnerabilities',
      '',
      'What to do next',
      '  * upgrade perl to 5.36 or 5.38 or later in 2 images, what runs first (rebuild on a newer debian:12 or ubuntu:24.04)',
      '  * who is affected: cavendish affected CVE-2026-0001',
      '  * what changed in the feeds: cavendish feeds diff',
      '  * the board, the worst first: cavendish images',
      '  * one of them whole, with what to upgrade: cavendish show IMAGE',
      '',
    ];
    expect(text.split('\n')).toEqual(lines.flatMap((line) => wrapLine(line, 76)));
  });

  it.each<[string, readonly ChangedVerdict[], Parameters<typeof aRound>[0], string, string]>([
    [
      'that one verdict changed',
      [aChangedVerdict()],
      {},
      `NO-GO: shop/cart:1.0 (production, was go), ${BROKEN}`,
      '1 VERDICT CHANGED  1 no-go',
    ],
    [
      'that one was judged first',
      [aChangedVerdict({ before: null, headline: '2 gaps' })],
      {},
      'NO-GO: shop/cart:1.0 (production, was not judged), 2 gaps',
      '1 VERDICT CHANGED  1 no-go',
    ],
    [
      'that several changed, the worst first',
      [aQuietVerdict('a'), aQuietVerdict('b', { verdict: 'unknown' }), aChangedVerdict(), aQuietVerdict('c')],
      {},
      '4 verdicts changed: 1 no-go, 1 unknown, 2 go',
      '4 VERDICTS CHANGED  1 no-go, 1 unknown, 2 go',
    ],
    [
      'what is likelier to be exploited',
      [aChangedVerdict({ told: [], news: [aNews({ kind: 'epss' })] })],
      {},
      'CVE-2026-0001 is likelier to be exploited: 1 image, none running',
      'CVE-2026-0001 IS LIKELIER TO BE EXPLOITED  1 image, none running; no verdict changed',
    ],
    [
      'how many are exploited',
      [aChangedVerdict({ running: true, news: [aNews(), aNews({ vulnerability: 'CVE-2026-0003' })] })],
      {},
      '2 vulnerabilities are exploited now: 1 image, 1 running',
      '2 VULNERABILITIES ARE EXPLOITED NOW  1 image, 1 running; 1 verdict changed',
    ],
    [
      'one in two packages as one',
      [aChangedVerdict({ news: [aNews(), aNews({ package: 'perl-tk' })] })],
      {},
      'CVE-2026-0001 is exploited now: 1 image, none running',
      'CVE-2026-0001 IS EXPLOITED NOW  1 image, none running; 1 verdict changed',
    ],
    [
      'what could not be judged',
      [],
      { failed: ['a', 'b'], open: 3 },
      '2 verdicts could not be judged again',
      '2 VERDICTS COULD NOT BE JUDGED AGAIN',
    ],
    ['what waits', [], { open: 3 }, '3 images not judged again yet', '3 IMAGES NOT JUDGED AGAIN YET'],
    ['that nothing changed', [], {}, 'no verdict changed', 'NO VERDICT CHANGED'],
  ])('says first %s', (_, entries, given, subject, headline) => {
    const told = notice(entries, given);
    expect([told.subject, told.letter.headline]).toEqual([`[Cavendish] ${subject}`, headline]);
  });

  it('counts an image once, in however many stages and repositories it is', () => {
    const news = [aNews()];
    const twice = ['testing', 'production'] as const;
    const entries = twice.map((stage) => ({
      ...aChangedVerdict({ stage, running: true, news }),
      assessment: aDigest(stage),
    }));
    expect(notice(entries).subject).toBe('[Cavendish] CVE-2026-0001 is exploited now: 1 image, 1 running');
  });

  it.each([
    ['what runs in production is exploited', [aChangedVerdict({ news: [aNews()] })], 'exploited'],
    ['something in testing is exploited', [aChangedVerdict({ stage: 'testing', news: [aNews()] })], 'judged-again'],
    ['something is likelier to be', [aChangedVerdict({ news: [aNews({ kind: 'epss' })] })], 'judged-again'],
    ['there is no news', [aChangedVerdict()], 'judged-again'],
  ] as const)('is of the kind by which somebody asks for it: %s', (_, entries, kind) => {
    expect(notice(entries).kind).toBe(kind);
  });

  it.each([
    ['good where all that changed is go now', [aQuietVerdict('a')], 'good'],
    ['bad where anything is no-go', [aQuietVerdict('a'), aChangedVerdict()], 'bad'],
    ['bad where anything is unknown', [aQuietVerdict('a', { verdict: 'unknown' })], 'bad'],
    ['bad where there is news', [aQuietVerdict('a', { news: [aNews()] })], 'bad'],
  ] as const)('is %s', (_, entries, tone) => {
    expect(notice(entries).letter.tone).toBe(tone);
  });

  it('has one id for a round, a part and a reader', () => {
    const { id } = notice([aChangedVerdict()]);
    expect(id).toMatch(/^[0-9a-f]{24}-1-[0-9a-f]{12}$/u);
    expect(notice([]).id).toBe(id);
    expect(causeNotice({ ...aRound(), entries: [], to: 'another team' }).id).not.toBe(id);
    expect(because({ kind: 'day', day: '2026-08-03' }).id).not.toBe(id);
  });
});

describe('why a round was', () => {
  const image = aDigest('image');
  it.each<[Cause, string]>([
    [{ kind: 'day', day: '2026-08-02' }, 'a day began (2026-08-02)'],
    [{ kind: 'base', at: AT, image }, 'a base image, or a newer build of one, became known'],
    [{ kind: 'approval', at: AT, image }, 'the approval of a base image changed'],
    [
      { kind: 'overtaken', at: AT, image, assessment: image },
      'feeds, the risk appetite or exceptions changed while it was judged',
    ],
    [{ kind: 'appetite', at: AT, before: image, after: image }, 'another risk appetite is in force'],
    [{ kind: 'exception', at: AT, exception: 'EX-1', change: 'granted' }, 'the exception EX-1 was granted'],
    [{ kind: 'exception', at: AT, exception: 'EX-1', change: 'ended' }, 'the exception EX-1 has ended'],
    [{ kind: 'passed', at: AT, image }, 'the same image passed another stage'],
    [{ kind: 'validated', at: AT, asset: 'shop' }, 'an external validation of shop was recorded'],
    [{ kind: 'sighted', at: AT, digest: image }, 'it began or ended to run'],
  ])('is said: %j', (cause, reason) => {
    expect(because(cause).letter.under).toEqual([`because ${reason}; judged as of 2026-08-02 00:00 UTC`]);
  });

  it('is said of each feed, and which of them is new', () => {
    const [kev] = aRound().head.feeds;
    if (kev === undefined) throw new Error('a round of feeds has feeds');
    const { cause } = aRound().head;
    expect(because(cause, [kev, { ...kev, id: 'osv', kind: 'advisories', before: null }]).letter.under).toEqual([
      'because kev is of 2026-08-02 (was 2026-08-01), osv is of 2026-08-02 (new); judged as of 2026-08-02 00:00 UTC',
    ]);
  });

  it('decides what there is to look at', () => {
    const board = [
      '* the board, the worst first: cavendish images',
      '* one of them whole, with what to upgrade: cavendish show IMAGE',
    ];
    const stepsOf = (cause: Cause): readonly string[] => linesUnder('What to do next', because(cause).text);
    const [before, after] = [aDigest('before'), aDigest('after')];

    expect(stepsOf({ kind: 'day', day: '2026-08-02' })).toEqual(board);
    expect(stepsOf(aRound().head.cause)).toEqual(['* what changed in the feeds: cavendish feeds diff', ...board]);
    expect(stepsOf({ kind: 'appetite', at: AT, before, after })).toEqual([
      `* what changed in it: cavendish appetite diff ${shortDigest(before)} ${shortDigest(after)}`,
      ...board,
    ]);
    expect(stepsOf({ kind: 'exception', at: AT, exception: 'EX-1', change: 'ended' })).toEqual([
      '* the exception, and why it changed: cavendish exception show EX-1',
      ...board,
    ]);
  });
});

describe('a new model of EPSS', () => {
  const epss = (before: string | null, after: string | null): ToldFeed => {
    const version = (model: string | null) => ({ date: AT, count: 1, model });
    return { id: 'epss', kind: 'epss', before: version(before), after: version(after) };
  };
  const { head } = aRound();
  const told = (...feeds: readonly ToldFeed[]) => notice([], { head: { ...head, feeds } });

  it('is told, since its figures do not compare, though no verdict changed', () => {
    const { subject, text } = told(epss('v4', 'v5'));
    expect(subject).toBe('[Cavendish] EPSS has a new model: no verdict changed');
    expect(linesUnder('A new model of EPSS', text)).toEqual([
      '* EPSS is made by the model v5 now (was v4). Its figures do not compare with those of before: none of them counts as a rise, and where a verdict above changed by them alone, the risk did not.',
    ]);
  });

  it('may have no name', () => {
    expect(told(epss('v4', null)).text).toContain('by the model unknown now (was v4)');
    expect(told(epss(null, 'v5')).text).toContain('by the model v5 now (was unknown)');
  });

  it('is not told where the model is the same', () => {
    const { subject, text } = told(epss('v5', 'v5'));
    expect(subject).toBe('[Cavendish] no verdict changed');
    expect(text).not.toContain('model');
  });
});

describe('what is not known yet', () => {
  it('is what waits and what failed: five of these, and the count of the rest', () => {
    const failed = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const { text } = notice([], { open: 1, failed });
    expect(linesUnder('Not known yet', text)).toEqual([
      '* 1 image still to be judged again: what changes is told when it is',
      ...['* a', '* b', '* c', '* d', '* e', '... and 2 more'],
    ]);
    expect(linesUnder('Not known yet', notice([], { failed: failed.slice(0, 5) }).text)).toEqual([
      '* a',
      '* b',
      '* c',
      '* d',
      '* e',
    ]);
  });

  it('is nothing where all is judged', () => {
    expect(notice([aChangedVerdict()]).text).not.toContain('Not known yet');
  });
});
