import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { dynamoRegister } from '../../../lib/adapters/aws/register/register.ts';
import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import type { Placement } from '../../../lib/core/image/placement.ts';
import { componentKey, layerImageKey } from '../../../lib/core/register/index-keys.ts';
import { digestKey } from '../../../lib/core/register/keys.ts';
import { candidatesOf } from '../../../lib/pipeline/judge-again/candidates.ts';
import type { RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';
import { anAppetiteFile } from '../../support/appetites.ts';
import { aDigest, aPlacement } from '../../support/assessments.ts';
import { type SeededTable, startDynalite } from '../../support/dynalite.ts';
import { about, aFeedHome, DAY_1, DAY_2 } from '../../support/feed-home.ts';
import { advisory } from '../../support/feed-parts.ts';

let table: SeededTable;
const local = openLocalStore(':memory:');
const appetite = { value: parseAppetite(anAppetiteFile(), 'a test') };

beforeAll(async () => {
  table = await startDynalite();
});
afterAll(async () => {
  local.close();
  await table.close();
});

/** So many images with perl, and others without; each has a layer of its own. */
async function put(register: RegisterStore, affected: number, others: number): Promise<readonly Placement[]> {
  const placed = Array.from({ length: affected + others }, (_, at) =>
    aPlacement({ repository: `shop/app-${at}`, digest: aDigest(`image ${at}`) }),
  );
  for (const [at, placement] of placed.entries()) {
    const layer = aDigest(`layer ${at}`);
    const keys = [
      componentKey(`Debian/${at < affected ? 'perl' : 'zlib'}`, layer),
      layerImageKey(layer, placement.digest),
    ];
    const rows = [...keys.map((key) => ({ ...key, body: {} })), { ...digestKey(placement), body: { placement } }];
    await register.commit({ puts: [], history: rows });
  }
  return placed.slice(0, affected);
}

async function found(register: RegisterStore) {
  let requests = 0;
  const counted: RegisterStore = {
    ...register,
    query: (query) => {
      if (!query.pk.startsWith('UNSETTLED#')) requests += 1;
      return register.query(query);
    },
  };
  const feeds = aFeedHome();
  await feeds.take([advisory(about('DSA-1', DAY_1, 'perl')), advisory(about('DSA-2', DAY_1, 'zlib'))]);
  const [before] = await feeds.intelligence.feeds();
  await feeds.take([advisory(about('DSA-1', DAY_2, 'perl'))]);
  const [after] = await feeds.intelligence.feeds();
  if (before === undefined || after === undefined) throw new Error('no feed is held');
  const change = { id: after.feed.id, kind: after.feed.kind, before: before.hash, after: after.hash };
  const cause = { kind: 'feeds' as const, at: '2026-11-23T00:00:00.000Z', changes: [change] };
  const placements: Placement[] = [];
  for await (const one of candidatesOf(cause, { register: counted, intelligence: feeds.intelligence, appetite }))
    placements.push(one);
  return { placements, requests };
}

it.each([
  ['SQLite', () => local.register],
  ['DynamoDB', () => ({ ...dynamoRegister({ client: table.client, table: table.table }), commit: table.seed })],
] as const)('candidates on %s are asked for one by one, however many others there are', async (_, open) => {
  const register = open();
  const affected = await put(register, 6, 40);
  const { placements, requests } = await found(register);

  expect(placements.map(({ repository }) => repository).sort()).toEqual(
    affected.map(({ repository }) => repository).sort(),
  );
  // The bucket, and for each image its layer and its placements.
  expect(requests).toBe(1 + 6 + 6);
});
