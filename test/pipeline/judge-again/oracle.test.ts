import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { anAppetiteFile } from '../../support/appetites.ts';
import { type FeedDay, feedDay, images, partsOf } from '../../support/round-feeds.ts';
import { aRoundHome, nameOf, type RoundHome, type WordImage } from '../../support/rounds.ts';

const START = '2026-08-01T00:00:00.000Z';
const LATER = '2026-08-02T00:00:00.000Z';
const LAST = '2026-08-03T00:00:00.000Z';

const APPETITE = anAppetiteFile({
  production: [
    'maxAgeDays: { advisories: 30, cve: 30, kev: 30, epss: 30 }',
    'tolerate: [feed-missing]',
    'criteria:',
    '  - { id: listed, says: Nothing is known to be exploited., finding: finding.kev.listed }',
    '  - { id: likely, says: Nothing is likely to be exploited., finding: finding.epss.score > 0.1 }',
    '  - { id: limit, says: The score is low., image: score.open > 30 }',
  ],
  assets: [
    '- { id: shop, owner: shop team, stage: production, exposure: internet, criticality: high, repositories: [shop/*] }',
  ],
});

async function takeDay(home: RoundHome, day: FeedDay, at: string) {
  home.at(at);
  return await home.take(partsOf(day, at), { complete: day.complete ? ['Debian:12'] : [] });
}

async function aHome(day: FeedDay, made: readonly WordImage[]) {
  const home = aRoundHome(APPETITE, START);
  await takeDay(home, day, START);
  for (const [place, image] of made.entries()) {
    home.at(new Date(Date.parse(START) + place).toISOString());
    await home.push(image);
  }
  // A base that becomes known by a push is a cause for those that were pushed before it.
  home.at('2026-08-01T00:00:01.000Z');
  await home.work();
  return home;
}

/** Verdict and assessment of every placement. */
async function verdicts(home: RoundHome): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await home.board()).map((one) => [nameOf(one), `${one.verdict} ${one.assessment}`]));
}

describe('a round, beside judging everything again', () => {
  it('looks at all that differ, records exactly these, and as judging everything would', async () => {
    let differed = 0;
    await fc.assert(
      fc.asyncProperty(feedDay, feedDay, images, async (first, second, made) => {
        const home = await aHome(first, made);
        const before = new Map((await home.board()).map((one) => [nameOf(one), one]));
        await takeDay(home, second, LATER);
        const changed = await home.oracle();
        differed += changed.length;
        await home.work();

        const board = await home.board();
        const recorded = board.filter((one) => before.get(nameOf(one))?.assessment !== one.assessment);
        expect(recorded.map(nameOf).sort()).toEqual(changed);
        const looked = await home.candidates();
        expect(changed.filter((name) => !looked.includes(name.split(' ')[0] ?? ''))).toEqual([]);
        // What was not recorded again stands: at the same instant it would come to the same.
        expect(await home.oracle()).toEqual([]);
        home.store.close();
      }),
      { numRuns: 30 },
    );
    expect(differed).toBeGreaterThan(10);
  });

  it('ends the same in whatever order two causes are worked off, and however often each is told', async () => {
    await fc.assert(
      fc.asyncProperty(feedDay, feedDay, feedDay, images, async (first, second, third, made) => {
        const straight = await aHome(first, made);
        await takeDay(straight, second, LATER);
        await straight.work();
        await takeDay(straight, third, LAST);
        await straight.work();

        const crossed = await aHome(first, made);
        const one = await takeDay(crossed, second, LATER);
        const other = await takeDay(crossed, third, LAST);
        const last = { kind: 'feeds' as const, at: LAST, changes: [...(other.kind === 'feeds' ? other.changes : [])] };
        if (last.changes.length > 0) await crossed.leave({ ...last, at: '2026-08-03T00:00:00.001Z' });
        await crossed.work();
        await crossed.leave(one);
        await crossed.work();

        const verdictsOf = async (home: RoundHome) => (await home.board()).map((it) => [nameOf(it), it.verdict]);
        expect(await verdictsOf(crossed)).toEqual(await verdictsOf(straight));
        expect(await crossed.oracle()).toEqual([]);
        straight.store.close();
        crossed.store.close();
      }),
      { numRuns: 12 },
    );
  });
});

describe('a day', () => {
  it('judges everything again once, and records only what time changed', async () => {
    const day: FeedDay = { advisories: [], kev: [], epss: [], cve: [], complete: false };
    const home = await aHome(
      { ...day, advisories: [{ id: 'DSA-1', alias: null, name: 'perl', fixed: 3 }], complete: true },
      [
        { repository: 'shop/app', layers: [['perl 1']] },
        { repository: 'shop/other', layers: [['zlib 1']] },
      ],
    );
    home.at('2026-09-15T00:00:30.000Z');
    const expected = await home.oracle();
    expect(expected).toHaveLength(2);
    await home.leave({ kind: 'day', day: '2026-09-15' });
    await home.work();
    expect((await home.board()).map(({ verdict, at }) => [verdict, at])).toEqual([
      ['unknown', '2026-09-15T00:00:30.000Z'],
      ['unknown', '2026-09-15T00:00:30.000Z'],
    ]);
    expect(home.notices).toHaveLength(1);

    const before = await verdicts(home);
    home.at('2026-09-16T00:00:30.000Z');
    await home.leave({ kind: 'day', day: '2026-09-16' });
    await home.work();
    expect(await verdicts(home)).toEqual(before);
    expect((await home.board()).map(({ confirmedAt }) => confirmedAt)).toEqual([
      '2026-09-16T00:00:30.000Z',
      '2026-09-16T00:00:30.000Z',
    ]);
    expect(home.notices).toHaveLength(1);
  });
});
