import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';

import { readCurrent } from '../../../lib/core/register/current.ts';
import { currentKey } from '../../../lib/core/register/keys.ts';
import { LIMITS, sizeCommit, sizeEntry } from '../../../lib/pipeline/ports/register-limits.ts';
import type { Commit } from '../../../lib/pipeline/ports/register-store.ts';
import { about } from '../../support/feed-home.ts';
import { advisory } from '../../support/feed-parts.ts';
import { aDebianImage, aPlacement, placementWork } from '../../support/placed-work.ts';
import { aLife } from '../support/mortal.ts';
import { watchLog } from '../support/parts.ts';
import { aWorkedHome } from '../support/worked-home.ts';

const PACKAGES = Array.from({ length: 200 }, (_, at) => `package-${at}`);
const ADVISORIES = Array.from({ length: 100 }, (_, at) => `DSA-${at}`);

beforeEach(() => {
  watchLog();
});
afterEach(() => {
  jest.restoreAllMocks();
});

it('judges an image with 20,000 findings within the limits of items, transactions and messages', async () => {
  const built = await aDebianImage(PACKAGES);
  const placement = aPlacement(built);
  const pushed = placementWork(placement);
  const advisories = ADVISORIES.map((id) => advisory(about(id, '2026-08-01T00:00:00.000Z', ...PACKAGES)));
  const home = await aWorkedHome(built, { advisories });
  const commits: Commit[] = [];
  const commit = home.register.commit;
  home.register.commit = async (one) => {
    commits.push(one);
    await commit(one);
  };
  home.live(aLife(null));
  await home.push(pushed);
  await home.work();

  const current = readCurrent(await home.register.get(currentKey(placement, 'production')));
  const assessment = JSON.parse(new TextDecoder().decode(await home.evidence.get(current!.assessment)));
  expect(assessment.findings).toHaveLength(20_000);
  expect(current?.verdict).toBe('no-go');
  // The store refused nothing; and what it took is nowhere near what it would refuse.
  for (const one of commits) expect(() => sizeCommit(one)).not.toThrow();
  const entries = commits.flatMap(({ outbox = [] }) => outbox);
  expect(Math.max(...entries.map((entry) => sizeEntry(entry).size))).toBeLessThan(LIMITS.item / 100);
  expect(await home.owed()).toHaveLength(1);
}, 120_000);
