/** What a round says of single verdicts and of news: in which order, how much of it, and in which words. */
import { describe, expect, it } from '@jest/globals';

import type { ChangedVerdict } from '../../../lib/core/again/changed-verdict.ts';
import { causeNotice } from '../../../lib/core/notices/cause-notice.ts';
import { aNews, aQuietVerdict, aRound } from '../../support/changed-verdicts.ts';
import { linesUnder } from '../../support/notices.ts';

const notice = (entries: readonly ChangedVerdict[]) => causeNotice({ ...aRound(), entries, to: 'shop team' });

describe('verdicts that changed', () => {
  it('are listed by what matters most: what runs, what blocks, the worse verdict, the vulnerabilities, the name', () => {
    const inOrder = [
      aQuietVerdict('h', { running: true }),
      aQuietVerdict('g', { verdict: 'unknown', blocking: true }),
      aQuietVerdict('f', { verdict: 'no-go', blocking: false }),
      aQuietVerdict('e', { verdict: 'unknown', blocking: false }),
      aQuietVerdict('d', { vulnerabilities: 3 }),
      aQuietVerdict('c', { vulnerabilities: 2 }),
      aQuietVerdict('a'),
      aQuietVerdict('b'),
    ];
    for (const told of [inOrder, [...inOrder].reverse()]) {
      const [, ...lines] = linesUnder('Verdicts changed (8)', notice(told).text);
      expect(lines.map((line) => /shop\/[a-z]/u.exec(line)?.[0])).toEqual(
        ['h', 'g', 'f', 'e', 'd', 'c', 'a', 'b'].map((letter) => `shop/${letter}`),
      );
    }
  });

  it('are ten at most, and the rest is counted; those whose outcome people know are none', () => {
    const many = Array.from({ length: 12 }, (_, at) => aQuietVerdict('abcdefghijkl'.charAt(at)));
    const lines = linesUnder('Verdicts changed (12)', notice([...many, aQuietVerdict('z', { told: [] })]).text);
    expect(lines).toHaveLength(12);
    expect([lines[0], lines[1], lines[10], lines[11]]).toEqual([
      '12 go -> go',
      '* GO  shop/a:1.0 linux/amd64 for production (still go, for other reasons): 1 vulnerability',
      '* GO  shop/j:1.0 linux/amd64 for production (still go, for other reasons): 1 vulnerability',
      '... and 2 more',
    ]);
  });

  it('name the first tag and count the others', () => {
    const linesOf = (tags: readonly string[]) =>
      linesUnder('Verdicts changed (1)', notice([aQuietVerdict('a', { tags })]).text)[1];
    expect(linesOf(['1.0'])).toContain('shop/a:1.0 linux/amd64');
    expect(linesOf(['1.0', '1'])).toContain('shop/a:1.0 and 1 tag more linux/amd64');
  });
});

describe('news', () => {
  it('are listed by what is exploited, what runs, how many images, and the name', () => {
    const epss = aNews({ kind: 'epss', vulnerability: 'CVE-1' });
    const entries = [
      aQuietVerdict('a', {
        news: [epss, aNews({ vulnerability: 'CVE-5' }), aNews({ vulnerability: 'CVE-4', package: 'zlib' })],
      }),
      aQuietVerdict('b', {
        news: [aNews({ vulnerability: 'CVE-5' }), aNews({ vulnerability: 'CVE-4' }), aNews({ vulnerability: 'CVE-3' })],
      }),
      aQuietVerdict('c', { running: true, news: [aNews({ vulnerability: 'CVE-6' })] }),
    ];
    for (const told of [entries, [...entries].reverse()]) {
      const lines = linesUnder('News (6)', notice(told).text).filter((line) => line.startsWith('*'));
      expect(lines.map((line) => /(?<=\* )CVE-\d in \S+/u.exec(line)?.[0])).toEqual([
        'CVE-6 in perl',
        'CVE-5 in perl',
        'CVE-3 in perl',
        'CVE-4 in perl',
        'CVE-4 in zlib',
        'CVE-1 in perl',
      ]);
    }
  });

  it('of one vulnerability are due by the earliest day, and say each fix and base once, in order', () => {
    const one = (fixedIn: string, base: string, due: string | null) => [aNews({ fixedIn, base, due })];
    const { text } = notice([
      aQuietVerdict('a', { news: one('2', 'ubuntu', '2026-09-02T00:00:00.000Z') }),
      aQuietVerdict('b', { news: one('1', 'debian', '2026-09-01T00:00:00.000Z') }),
      aQuietVerdict('c', { news: one('1', 'debian', null) }),
    ]);
    expect(linesUnder('News (1)', text)).toEqual([
      '* CVE-2026-0001 in perl is known to be exploited (KEV); due 2026-09-01 3 images, none running: shop/a:1.0, shop/b:1.0, shop/c:1.0; from the base debian, ubuntu fixed in 1, 2',
    ]);
    expect(linesUnder('What to do next', text)[0]).toBe(
      '* upgrade perl to 1 or 2 or later in 3 images (rebuild on a newer debian or ubuntu)',
    );
  });

  it('name four images and count the others', () => {
    const told = (count: number) =>
      notice(Array.from({ length: count }, (_, at) => aQuietVerdict(`app-${String(at)}`, { news: [aNews()] }))).text;
    expect(linesUnder('News (1)', told(4))[0]).toContain(
      'none running: shop/app-0:1.0, shop/app-1:1.0, shop/app-2:1.0, shop/app-3:1.0 fixed in 9',
    );
    expect(linesUnder('News (1)', told(5))[0]).toContain('shop/app-3:1.0 and 1 more fixed in 9');
  });

  it('are ten at most, with five upgrades, and the rest is counted', () => {
    const news = Array.from({ length: 12 }, (_, at) =>
      aNews({ vulnerability: `CVE-${String(at + 10)}`, package: `p${String(at + 10)}` }),
    );
    const { text } = notice([aQuietVerdict('a', { news })]);
    const listed = linesUnder('News (12)', text);
    expect(listed.filter((line) => line.startsWith('*'))).toHaveLength(10);
    expect(listed.at(-1)).toBe('... and 2 more');
    expect(linesUnder('What to do next', text).slice(0, 6)).toEqual([
      ...[10, 11, 12, 13, 14].map((at) => `* upgrade p${String(at)} to 9 or later in 1 image`),
      '* who is affected: cavendish affected CVE-10',
    ]);
  });

  it('say where a figure is not known', () => {
    const { text } = notice([aQuietVerdict('a', { news: [aNews({ kind: 'epss', was: null, is: 0.5 })] })]);
    expect(linesUnder('News (1)', text)[0]).toContain('EPSS unknown -> 50.0 %');
  });

  it('have no upgrade where no fix is known', () => {
    const { text } = notice([aQuietVerdict('a', { news: [aNews({ fixedIn: null })] })]);
    expect(text).toContain('no fix is known yet');
    expect(linesUnder('What to do next', text)[0]).toBe('* who is affected: cavendish affected CVE-2026-0001');
  });
});
