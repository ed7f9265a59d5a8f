import { expect, it } from '@jest/globals';

import { intelligenceAsOf } from '../../../lib/pipeline/feeds/intelligence-as-of.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { kev } from '../../support/feed-parts.ts';
import { aRoundHome } from '../../support/rounds.ts';

const DAYS = ['2026-08-01T00:00:00.000Z', '2026-08-02T00:00:00.000Z', '2026-08-03T00:00:00.000Z'];
const NOW = '2026-08-04T00:00:00.000Z';

it('takes of each feed the newest version that was dated by then, and what there is where none is kept', async () => {
  const home = aRoundHome(anAppetiteFile(), NOW);
  for (const [at, day] of DAYS.entries()) await home.take([kev(day, `CVE-2026-000${at}`)]);
  const dateAt = async (at: string): Promise<string | undefined> =>
    (await intelligenceAsOf(at, home.intelligence, home.store.register).feeds())[0]?.feed.date;

  expect(await dateAt(NOW)).toBe(DAYS[2]);
  expect(await dateAt('2026-08-02T23:59:59.999Z')).toBe(DAYS[1]);
  expect(await dateAt('2026-08-02T00:00:00.000Z')).toBe(DAYS[1]);
  expect(await dateAt('2026-08-01T12:00:00.000Z')).toBe(DAYS[0]);
  expect(await dateAt('2026-07-31T00:00:00.000Z')).toBe(DAYS[2]);
});
