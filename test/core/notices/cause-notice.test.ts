import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { ChangedVerdict } from '../../../lib/core/again/changed-verdict.ts';
import { causeNotice } from '../../../lib/core/notices/cause-notice.ts';
import { aChangedVerdict, aNews, aRound } from '../../support/changed-verdicts.ts';

const notice = (entries: readonly ChangedVerdict[], given: Parameters<typeof aRound>[0] = {}) =>
  causeNotice({ ...aRound(given), entries, to: 'shop team' });

const anEntry = fc
  .record({
    repository: fc.stringMatching(/^[a-z]{1,12}(?:\/[a-z]{1,40}){0,3}$/u),
    verdict: fc.constantFrom('go', 'no-go', 'unknown'),
    before: fc.option(fc.constantFrom('go', 'no-go', 'unknown'), { nil: null }),
    running: fc.boolean(),
    headline: fc.string(),
    news: fc.array(
      fc.record({
        kind: fc.constantFrom('kev', 'epss'),
        package: fc.string(),
        fixedIn: fc.option(fc.string(), { nil: null }),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ news, ...given }) => aChangedVerdict({ ...given, news: news.map(aNews) }));

describe('causeNotice', () => {
  it('fits a channel, whatever names it is told', () => {
    fc.assert(
      fc.property(fc.array(anEntry, { maxLength: 30 }), (entries) => {
        const { subject, text } = notice(entries);
        expect(subject).toMatch(/^[\x20-\x7e]{1,99}$/u);
        // A word that is longer than a line stands alone, whole, so that it can be copied.
        expect(text.split('\n').filter((line) => line.length > 76 && line.trim().split(' ').length > 3)).toEqual([]);
      }),
    );
  });

  it('is the same in whatever order it is told', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anEntry, { maxLength: 12, selector: ({ placement }) => placement.repository }),
        (entries) => {
          expect(notice([...entries].reverse())).toEqual(notice(entries));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('puts what runs first, names the bases, and counts what it cuts', () => {
    const many = Array.from({ length: 14 }, (_, at) =>
      aChangedVerdict({
        repository: `shop/app-${String(at).padStart(2, '0')}`,
        running: at === 13,
        news: [aNews({ base: 'debian:12', due: '2026-08-23', ransomware: true })],
      }),
    );
    const { subject, text } = notice(many);
    const lines = text.split('\n').map((line) => line.trim());

    expect(subject).toBe('[Cavendish] CVE-2026-0001 is exploited now: 14 images, 1 running');
    expect(text.replaceAll(/\s+/gu, ' ')).toContain('ransomware among them (KEV); due 2026-08-23');
    expect(text.replaceAll(/\s+/gu, ' ')).toContain('shop/app-13:1.0 (running), shop/app-00:1.0');
    expect(text.replaceAll(/\s+/gu, ' ')).toContain('and 10 more; from the base debian:12');
    expect(lines).toContain('... and 4 more');
    expect(text.replaceAll(/\s+/gu, ' ')).toContain('(rebuild on a newer debian:12)');
  });

  it('names the one verdict that changed', () => {
    expect(notice([aChangedVerdict()]).subject).toBe(
      '[Cavendish] NO-GO: shop/cart:1.0 (production, was go), 3 vulnerabilities, 1 criterion broken',
    );
  });

  it('says what is open and what failed, and is another notice for each part', () => {
    const first = notice([], { open: 20, failed: ['shop/pay for production: the SBOM is gone'] });

    expect(first.text).toContain('20 images still to be judged again');
    expect(first.text).toContain('the SBOM is gone');
    expect(notice([], { part: 2 }).id).not.toBe(first.id);
  });
});
