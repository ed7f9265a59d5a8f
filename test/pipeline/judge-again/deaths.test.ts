import { describe, expect, it } from '@jest/globals';

import { aLife, Died } from '../../functions/support/mortal.ts';
import { affecting, anAdvisory } from '../../support/advisory-builders.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { advisory, cve, epss, kev } from '../../support/feed-parts.ts';
import { aRoundHome, nameOf } from '../../support/rounds.ts';

const APPETITE = anAppetiteFile({
  production: ['criteria: [{ id: listed, says: Nothing is known to be exploited., finding: finding.kev.listed }]'],
  assets: [
    '- { id: shop, owner: shop team, stage: production, exposure: internet, criticality: high, repositories: [shop/*] }',
  ],
});
const START = '2026-08-01T00:00:00.000Z';
const LATER = '2026-08-02T00:00:00.000Z';
/** And again, for who has to wait for what was held. */
const AFTER_THE_LEASE = ['2026-08-02T00:20:00.000Z', '2026-08-02T00:21:00.000Z'];

/** A KEV addition is worked off by a process that dies once, and by the next one when the claim has lapsed. */
async function runWithDeath(death: Parameters<typeof aLife>[0]) {
  const home = aRoundHome(APPETITE, START);
  const about = [affecting([{ introduced: '0' }, { fixed: '9' }])];
  const parts = [advisory(anAdvisory('CVE-2026-0001', { affected: about })), cve('CVE-2026-0001', START)];
  await home.take([...parts, kev(START), ...epss(START, 'CVE-2026-0001')], { complete: ['Debian:12'] });
  await home.work();
  for (const repository of ['shop/cart', 'shop/pay'])
    await home.push({ repository, layers: [['perl 1'], [repository]] });
  await home.work();

  home.at(LATER);
  await home.take([kev(LATER, 'CVE-2026-0001')]);
  const life = aLife(death);
  try {
    await home.work(life.of);
  } catch (error) {
    if (!(error instanceof Died)) throw error;
  }
  for (const later of AFTER_THE_LEASE) {
    home.at(later);
    await home.work();
  }
  const board = await home.board();
  const { waiting, buried } = await home.store.work.state();
  const end = {
    verdicts: board.map(({ verdict }) => verdict),
    changed: await home.oracle(),
    notices: home.notices.map(({ subject }) => subject),
    events: [...new Set(home.events.map(({ detail }) => detail.id.split('#', 1)[0]))],
    told: new Set(home.events.map(({ detail }) => detail.id)).size,
    waiting,
    buried,
  };
  const writes = life.writes();
  home.store.close();
  return { end, writes, names: board.map(nameOf) };
}

const alive = await runWithDeath(null);

describe('a home that dies while it judges again', () => {
  it('is not what ends a round without a death', () => {
    expect(alive.end).toEqual({
      verdicts: ['no-go', 'no-go'],
      changed: [],
      notices: ['[Cavendish] CVE-2026-0001 is exploited now: 2 images, none running'],
      ...{ events: ['verdict-changed'], told: 2, waiting: 0, buried: [] },
    });
    expect(alive.writes).toBeGreaterThan(15);
  });

  it.each(
    Array.from({ length: alive.writes }, (_, at) => [
      { at: at + 1, written: false },
      { at: at + 1, written: true },
    ]).flat(),
  )('at write $at (written: $written) ends the same', async (death) => {
    expect((await runWithDeath(death)).end).toEqual(alive.end);
  });
});
