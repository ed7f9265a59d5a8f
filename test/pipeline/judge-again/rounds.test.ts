import { describe, expect, it } from '@jest/globals';

import { affecting, anAdvisory } from '../../support/advisory-builders.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { advisory, cve, epss, kev } from '../../support/feed-parts.ts';
import { aRoundHome, nameOf } from '../../support/rounds.ts';

const APPETITE = anAppetiteFile({
  production: [
    'maxAgeDays: { kev: 400 }',
    'tolerate: [feed-missing]',
    'criteria: [{ id: listed, says: Nothing is known to be exploited., finding: finding.kev.listed }]',
  ],
  assets: [
    '- { id: shop, owner: shop team, stage: production, exposure: internet, criticality: high, repositories: [shop/*] }',
  ],
});

const DAY = '2026-08-01T00:00:00.000Z';
const LATER = '2026-08-02T00:00:00.000Z';

function about(id: string, name: string) {
  return advisory(anAdvisory(id, { affected: [affecting([{ introduced: '0' }, { fixed: '9' }], { name })] }));
}

async function aShop() {
  const home = aRoundHome(APPETITE, DAY);
  const parts = [
    about('CVE-2026-0001', 'perl'),
    about('CVE-2026-0002', 'zlib'),
    kev(DAY),
    cve('CVE-2026-0001', DAY),
    ...epss(DAY, 'CVE-2026-0001'),
  ];
  await home.take(parts, { complete: ['Debian:12'] });
  await home.work();
  const base = ['libc 1', 'perl 1'];
  await home.push({ repository: 'shop/cart', layers: [base, ['curl 1']] });
  await home.push({ repository: 'shop/pay', layers: [base, ['zlib 1']] });
  await home.push({ repository: 'shop/none', layers: [['libc 1']] });
  await home.work();
  return home;
}

describe('a round', () => {
  it('judges again what a KEV addition touches, and tells its owner once', async () => {
    const home = await aShop();
    home.at(LATER);
    const cause = await home.take([kev(LATER, 'CVE-2026-0001')]);
    const changed = await home.oracle();
    expect(changed).toHaveLength(2);
    await home.work();

    const board = await home.board();
    expect(
      board
        .filter(({ at }) => at === LATER)
        .map(nameOf)
        .sort(),
    ).toEqual(changed);
    expect(await home.candidates(cause)).toHaveLength(2);
    expect(board.map(({ placement, verdict }) => [placement.repository, verdict])).toEqual([
      ['shop/cart', 'no-go'],
      ['shop/none', 'go'],
      ['shop/pay', 'no-go'],
    ]);
    expect(home.notices.map(({ to, subject, text }) => `${to}\n${subject}\n${text}`)).toMatchInlineSnapshot(`
      [
        "shop team
      [Cavendish] CVE-2026-0001 is exploited now: 2 images, none running
      CVE-2026-0001 IS EXPLOITED NOW  2 images, none running; 2 verdicts changed
      because kev is of 2026-08-02 (was 2026-08-01); judged as of 2026-08-02 00:00
      UTC

      News (1)
        * CVE-2026-0001 in perl is known to be exploited (KEV)
          2 images, none running: shop/pay:1.0, shop/cart:1.0
          fixed in 9

      Verdicts changed (2)
        2 go -> no-go
        * NO-GO  shop/pay:1.0 linux/amd64 for production (was go): 2
          vulnerabilities, 1 criterion broken
        * NO-GO  shop/cart:1.0 linux/amd64 for production (was go): 1
          vulnerability, 1 criterion broken

      What to do next
        * upgrade perl to 9 or later in 2 images
        * who is affected: cavendish affected CVE-2026-0001
        * what changed in the feeds: cavendish feeds diff
        * the board, the worst first: cavendish images
        * one of them whole, with what to upgrade: cavendish show IMAGE
      ",
      ]
    `);
    expect(home.events.map(({ type, detail }) => [type, detail.id])).toHaveLength(2);
  });
});
