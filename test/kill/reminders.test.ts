/** A ticker that is killed with SIGKILL at random moments: the inbox holds what was rehearsed, each mail once. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { killedLife } from '../support/killed-life.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(async () => {
  await folder.remove();
});

it('reminds of everything, once, as was rehearsed', async () => {
  const { rehearsed, mails, deaths, ...amiss } = await killedLife({
    ...{ folder: folder.path, exceptions: 25, days: 90, until: '2027-05-01T00:00:00.000Z', kills: 10, latest: 700 },
  });
  expect(amiss).toEqual({ lost: [], surplus: [], double: [] });
  expect(rehearsed).toBeGreaterThan(200);
  expect(mails).toBe(rehearsed);
  expect(deaths).toBeGreaterThan(1);
}, 180_000);
