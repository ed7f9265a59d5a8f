import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { readCurrent } from '../../../lib/core/register/current.ts';
import { currentKey, placementPartition } from '../../../lib/core/register/keys.ts';
import { aDebianImage, aPlacement, placementWork } from '../../support/placed-work.ts';
import { aLife, Died } from '../support/mortal.ts';
import { watchLog } from '../support/parts.ts';
import { aWorkedHome } from '../support/worked-home.ts';

const built = await aDebianImage();
const placement = aPlacement(built);
const pushed = placementWork(placement);

beforeEach(() => {
  watchLog();
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Scans and judges a push, dying once; then goes on as the sweep would, when the claim has lapsed. */
async function runWithDeath(death: Parameters<typeof aLife>[0]) {
  const home = await aWorkedHome(built);
  await home.push(pushed);
  const life = aLife(death);
  home.live(life);
  try {
    await home.work();
  } catch (error) {
    // The queue keeps the message of a function that died: the sweep will send another.
    if (!(Error.isError(error) && /Died|died|stays in its queue|All records failed/u.test(error.message))) throw error;
  }
  home.live(aLife(null));
  home.later(3600);
  await home.work();
  const assessments = await home.register.query({ pk: placementPartition(placement), beginsWith: 'ASSESSMENT#' });
  return {
    writes: life.writes(),
    verdict: readCurrent(await home.register.get(currentKey(placement, 'production')))?.verdict,
    assessments: assessments.items.length,
    owed: (await home.owed()).length,
    unfinished: await home.unfinished(),
    letters: home.parts.outcomes.letters,
  };
}

const alive = await (async () => {
  watchLog();
  const end = await runWithDeath(null);
  jest.restoreAllMocks();
  return end;
})();

describe('a function that dies', () => {
  it('is not what ends a run without a death', () => {
    expect(alive).toMatchObject({ verdict: 'no-go', assessments: 1, owed: 1, unfinished: [], letters: [] });
    expect(alive.writes).toBeGreaterThan(8);
    expect(new Died().message).toBe('the function died');
  });

  it.each(
    Array.from({ length: alive.writes }, (_, at) => [
      { at: at + 1, written: false },
      { at: at + 1, written: true },
    ]).flat(),
  )('at write $at (written: $written) changes nothing of the end', async (death) => {
    expect(await runWithDeath(death)).toMatchObject({
      verdict: 'no-go',
      assessments: 1,
      owed: 1,
      unfinished: [],
      letters: [],
    });
  });
});
