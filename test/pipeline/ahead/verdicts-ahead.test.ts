import { describe, expect, it } from '@jest/globals';

import type { ComingVerdict } from '../../../lib/core/ahead/coming.ts';
import { daysFrom } from '../../../lib/core/ahead/days.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { digestOf } from '../../../lib/core/canonical/canonical.ts';
import { outcomeId, outcomeOf } from '../../../lib/core/register/outcome.ts';
import { endOfDay } from '../../../lib/core/time/end.ts';
import { verdictsAhead } from '../../../lib/pipeline/ahead/verdicts-ahead.ts';
import { endIn, grantIn } from '../../support/granting.ts';
import { aGrant } from '../../support/grants.ts';
import { aShop, LATER, shopAppetite } from '../../support/round-shop.ts';
import type { RoundHome } from '../../support/rounds.ts';

const PEOPLE = 'people: [{ name: Olive Owner, principals: ["laptop:owner"], roles: [operator] }]\n';
/** Ten days to fix from first sight; KEV may be 30 days old. Both count from the first of August. */
const TEXT = shopAppetite('id: fixable, says: What has a fix is fixed., finding: finding.fixable, daysToFix: 10')
  .replace('kev: 400', 'kev: 30')
  .concat(PEOPLE);
const UNTIL = '2026-09-10T00:00:00.000Z';
const END = endOfDay('2026-08-20', 'Europe/Berlin');
const GRANT = aGrant({
  at: LATER,
  scope: { images: { asset: 'shop' }, packages: ['perl'], vulnerabilities: [] },
  terms: { expiry: END },
});

async function aDatedShop(): Promise<RoundHome> {
  const home = await aShop();
  home.at(LATER);
  await home.adopt(TEXT);
  await grantIn(GRANT, { ...home.store, evidence: home.evidence });
  await home.work();
  return home;
}

async function ahead(
  home: RoundHome,
  given: Partial<Parameters<typeof verdictsAhead>[0]> = {},
  fixed: string | null = null,
  isLate: () => boolean = () => false,
) {
  const appetite = {
    hash: digestOf(new TextEncoder().encode(TEXT)),
    source: 'a test',
    value: parseAppetite(TEXT, 'a test'),
  };
  const { evidence, intelligence, store } = home;
  const asked = { from: LATER, until: UNTIL, freshFeeds: false, limit: 100, after: null as string | null, ...given };
  const turns: ComingVerdict[] = [];
  let [failed, judged] = [0, 0];
  do {
    const page = await verdictsAhead(asked, {
      register: store.register,
      evidence,
      intelligence,
      appetite,
      asOf: () => fixed,
      isLate,
    });
    turns.push(...page.turns);
    failed += page.failed.length;
    judged += page.judged;
    asked.after = page.next;
  } while (asked.after !== null);
  return { turns, failed, judged };
}

function shown(turns: readonly ComingVerdict[]): readonly string[] {
  return turns.map(({ at, placement, before, verdict }) => `${at} ${placement.repository} ${before} ${verdict}`).sort();
}

/** What the home itself does, time passing: rounds as days begin, and as the exception ends. */
async function lived(home: RoundHome): Promise<readonly string[]> {
  const changes: string[] = [];
  let before = await standing(home);
  for (const at of [...daysFrom(LATER, UNTIL), END.at].sort()) {
    home.at(at);
    if (at === END.at) await endIn(GRANT, at, home.store);
    else await home.leave({ kind: 'day', day: at.slice(0, 10) });
    await home.work();
    const after = await standing(home);
    for (const [name, { verdict, outcome }] of after) {
      const was = before.get(name);
      if (was?.outcome !== outcome) changes.push(`${at} ${name} ${was?.verdict ?? ''} ${verdict}`);
    }
    before = after;
  }
  return changes.sort();
}

async function standing(home: RoundHome) {
  const board = await home.board();
  const read = board.map(async (current) => {
    const assessment = await home.assessment(current);
    return [current.placement.repository, { ...current, outcome: outcomeId(outcomeOf(assessment)) }] as const;
  });
  return new Map(await Promise.all(read));
}

describe('which verdicts time changes', () => {
  it('is what happens when it passes: due dates, the end of an exception, feeds that age', async () => {
    const home = await aDatedShop();
    const { turns } = await ahead(home);
    const before = await home.board();

    expect(shown(turns)).toEqual([
      '2026-08-11T00:00:00.000Z shop/pay go no-go',
      '2026-08-20T22:00:00.000Z shop/cart go no-go',
      '2026-08-20T22:00:00.000Z shop/pay no-go no-go',
      '2026-09-01T00:00:00.000Z shop/cart no-go no-go',
      '2026-09-01T00:00:00.000Z shop/none go unknown',
      '2026-09-01T00:00:00.000Z shop/pay no-go no-go',
    ]);
    expect(await home.board()).toEqual(before);
    expect(await lived(home)).toEqual(shown(turns));
  });

  it('says what each then rests on, and whose it is', async () => {
    const { turns } = await ahead(await aDatedShop());
    const [cart] = turns.filter(({ placement }) => placement.repository === 'shop/cart');
    const [none] = turns.filter(({ placement }) => placement.repository === 'shop/none');

    expect(cart).toMatchObject({ owner: 'shop team', headline: '1 vulnerability, 1 criterion broken', blocking: true });
    expect(cart?.because).toEqual([expect.stringContaining('What has a fix is fixed: 1 vulnerability')]);
    expect(none?.because).toEqual([expect.stringMatching(/KEV.* 31 days old; the stage allows 30 days/u)]);
  });

  it('leaves out how feeds age, where they are to be taken for fresh', async () => {
    const { turns } = await ahead(await aDatedShop(), { freshFeeds: true });
    expect(shown(turns).map((line) => line.slice(0, 10))).toEqual(['2026-08-11', '2026-08-20', '2026-08-20']);
  });

  it('knows of exceptions only, where an image is judged as of an instant of its own', async () => {
    const home = await aDatedShop();
    const { turns } = await ahead(home, {}, '2026-08-15T00:00:00.000Z');
    expect(new Set(turns.map(({ at }) => at))).toEqual(new Set([END.at]));
  });

  it('comes to the same where the time of each page is over at once, or after some days', async () => {
    const home = await aDatedShop();
    let asked = 0;
    const all = shown((await ahead(home)).turns);
    for (const every of [1, 7]) {
      const { turns, judged } = await ahead(home, {}, null, () => (asked += 1) % every === 0);
      expect(shown(turns)).toEqual(all);
      expect(judged).toBe(3);
    }
  });

  it('refuses to go on from where no page ended', async () => {
    await expect(ahead(await aDatedShop(), { after: 'somewhere' })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it.each([1, 2, 3])('comes to the same in pages of %i', async (limit) => {
    const home = await aDatedShop();
    expect(shown((await ahead(home, { limit })).turns)).toEqual(shown((await ahead(home)).turns));
  });

  it('has nothing before its beginning or after its end', async () => {
    const home = await aDatedShop();
    const between = { from: '2026-08-11T00:00:00.000Z', until: '2026-08-20T21:59:59.999Z' };
    // What came before is as it is recorded, and found on the first day.
    expect(shown((await ahead(home, between)).turns)).toEqual(['2026-08-12T00:00:00.000Z shop/pay go no-go']);
  });

  it('names what can not be judged, and goes on with the rest', async () => {
    const home = await aDatedShop();
    const [first] = await home.board();
    if (first === undefined) throw new Error('the shop is empty');
    home.evidence.held.delete(first.assessment);
    const { failed, turns } = await ahead(home);
    expect(failed).toBe(1);
    expect(turns.length).toBeGreaterThan(0);
  });
});
