/**
 * Kills `feeds refresh` with SIGKILL at random moments, and runs it again: each time the home holds either what it
 * held or what is published, whole, and one more run always ends with what is published.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { startChild } from '../support/child.ts';
import { type FeedMirror, startFeedMirror } from '../support/feed-mirror.ts';
import { cveIds, epssFile, kevFile, putOsv } from '../support/refresh-home.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const ROUNDS = 12;
/** Longer than a refresh takes here, in milliseconds. */
const LATEST = 2500;
const CLI = join(import.meta.dirname, '../../bin/cavendish.ts');
const ONLY = ['--only', 'kev,epss,osv'];

let folder: TemporaryFolder;
let mirror: FeedMirror;
beforeAll(async () => {
  folder = await temporaryFolder();
  mirror = await startFeedMirror();
});
afterAll(async () => {
  await mirror.close();
  await folder.remove();
});

interface Held {
  readonly id: string;
  readonly count: number;
}

it('never leaves half of a feed, however a refresh ends', async () => {
  const { address } = mirror;
  const addresses = {
    kev: `${address}/kev.json`,
    epss: `${address}/epss.csv`,
    osv: `${address}/osv`,
    ecosystems: ['Debian'],
  };
  const env = { CAVENDISH_FEEDS: JSON.stringify({ ...addresses, quarantine: { grow: { share: 1000 } } }) };
  const data = join(folder.path, 'home');
  const held = async () => {
    const { code, stdout } = await run(['feeds', '--json', '--data', data]);
    return code === 0 ? (JSON.parse(stdout) as readonly Held[]) : [];
  };

  for (let round = 0; round < ROUNDS; round += 1) {
    const day = new Date(Date.now() - (ROUNDS - round) * 60_000).toISOString();
    const count = 2000 + round * 10;
    mirror.put('/kev.json', kevFile(day.slice(0, 10), ...cveIds(count)).replace('T00:00:00Z', day.slice(10)));
    mirror.put('/epss.csv', epssFile(day.slice(0, 10), cveIds(count)).replace('T00:00:00+0000', day.slice(10)));
    putOsv(mirror, 'Debian', Object.fromEntries(cveIds(count / 10).map((id) => [id, { modified: day }])));

    const before = await held();
    const child = startChild(CLI, ['feeds', 'refresh', ...ONLY, '--data', data], env);
    await sleep(Math.random() * LATEST);
    child.kill('SIGKILL');
    await child.ended();
    for (const { id, count: now } of await held()) {
      const wanted = id === 'osv-debian' ? count / 10 : count;
      expect([before.find((one) => one.id === id)?.count, wanted]).toContain(now);
    }

    expect(await run(['feeds', 'refresh', ...ONLY, '--data', data], { env })).toMatchObject({ code: 0 });
    expect((await held()).map((one) => one.count)).toEqual([count, count, count / 10]);
    expect((await run(['feeds', 'diff', '--data', data])).code).toBe(0);
  }
}, 240_000);
