/** A refresh that is killed in the middle: what was held stays, and the next one goes on where it ended. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { startChild } from '../support/child.ts';
import { stall } from '../support/feed-faults.ts';
import { type FeedMirror, startFeedMirror } from '../support/feed-mirror.ts';
import { cveIds, epssFile, kevFile } from '../support/refresh-home.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const CLI = join(import.meta.dirname, '../../bin/cavendish.ts');
const BEGUN = 60_000;

let folder: TemporaryFolder;
let mirror: FeedMirror;
beforeEach(async () => {
  folder = await temporaryFolder();
  mirror = await startFeedMirror();
});
afterEach(async () => {
  await mirror.close();
  await folder.remove();
});

async function untilWritten(downloads: string): Promise<void> {
  for (;;) {
    const names = await readdir(downloads).catch(() => []);
    const sizes = await Promise.all(
      names
        .filter((name) => name.endsWith('.part'))
        .map(async (name) => {
          // What was fetched whole is gone the next moment.
          return await stat(join(downloads, name)).then(
            ({ size }) => size,
            () => 0,
          );
        }),
    );
    if (sizes.some((size) => size >= BEGUN)) return;
    await sleep(10);
  }
}

it('keeps what was held, and goes on behind the bytes that were there', async () => {
  const data = join(folder.path, 'home');
  const env = {
    CAVENDISH_FEEDS: JSON.stringify({ kev: `${mirror.address}/kev.json`, epss: `${mirror.address}/epss.csv` }),
  };
  const now = (): Date => new Date('2026-08-08T12:00:00Z');
  const feeds = async (...argv: readonly string[]) => await run(['feeds', ...argv, '--data', data], { env, now });
  const held = async () => JSON.parse((await feeds('--json')).stdout) as readonly unknown[];

  mirror.put('/epss.csv', epssFile('2026-08-07', cveIds(5000)));
  await feeds('refresh', '--only', 'epss');
  const today = new Date().toISOString().slice(0, 10);
  mirror.put('/kev.json', kevFile(today, ...cveIds(100)));
  mirror.put('/epss.csv', epssFile(today, cveIds(5000)), {
    lastModified: new Date(`${today}T00:00:00Z`).toUTCString(),
  });
  mirror.fail('/epss.csv', stall(BEGUN));

  const child = startChild(CLI, ['feeds', 'refresh', '--only', 'kev,epss', '--data', data], env);
  await untilWritten(join(data, 'downloads'));
  child.kill('SIGKILL');
  await child.ended();

  expect(await held()).toMatchObject([
    { id: 'epss', date: '2026-08-07T00:00:00.000Z', count: 5000 },
    { id: 'kev', count: 100 },
  ]);
  mirror.seen();
  const again = await run(['feeds', 'refresh', '--only', 'kev,epss', '--data', data], { env });
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(`epss: 5000 records of ${today}, replaced`) });
  expect(mirror.seen()).toMatchObject([
    { path: '/kev.json', status: 304 },
    { path: '/epss.csv', status: 206, range: expect.stringMatching(/^bytes=\d{5}-$/u) },
  ]);
  expect(await readdir(join(data, 'downloads'))).toEqual(['lock']);
});
