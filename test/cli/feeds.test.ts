/** `feeds refresh` and what people do with what it set aside, as they run it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { status } from '../support/feed-faults.ts';
import { type FeedMirror, startFeedMirror } from '../support/feed-mirror.ts';
import { cveIds, epssFile, kevFile } from '../support/refresh-home.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
let mirror: FeedMirror;
let data: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  mirror = await startFeedMirror();
});
afterAll(async () => {
  await mirror.close();
  await folder.remove();
});

let home = 0;
beforeEach(() => {
  data = join(folder.path, `home-${home++}`);
  mirror.put('/kev.json', kevFile('2026-08-07', ...cveIds(100)));
  mirror.put('/epss.csv', epssFile('2026-08-07', cveIds(10)));
});

const NOW = new Date('2026-08-07T12:00:00Z');

async function feeds(...argv: readonly string[]) {
  const env = {
    CAVENDISH_FEEDS: JSON.stringify({ kev: `${mirror.address}/kev.json`, epss: `${mirror.address}/epss.csv` }),
  };
  return await run(['feeds', ...argv, '--data', data], { env, now: () => NOW });
}

describe('feeds refresh', () => {
  it('says what it holds, and what is not new', async () => {
    const first = await feeds('refresh', '--only', 'kev,epss');
    expect(first).toMatchObject({
      code: 0,
      stdout: 'kev: 100 records of 2026-08-07, new\nepss: 10 records of 2026-08-07, new\n',
    });
    expect(first.stderr).toContain(`${mirror.address}/kev.json`);

    expect(await feeds('refresh', '--only', 'kev')).toMatchObject({ code: 0, stdout: 'kev: nothing new\n' });
    expect((await feeds()).stdout).toContain(`${mirror.address}/kev.json`);
  });

  it('fails where a feed failed, says which, and holds the others', async () => {
    mirror.fail('/kev.json', status(403));
    const { code, stdout } = await feeds('refresh', '--only', 'kev,epss');

    expect(code).toBe(70);
    expect(stdout).toContain('kev: failed, what is held stays');
    expect(stdout).toContain('epss: 10 records');
  });

  it('answers programs', async () => {
    const { stdout, stderr } = await feeds('refresh', '--only', 'kev', '--json');

    expect(JSON.parse(stdout)).toMatchObject([{ feed: 'kev', outcome: 'held', imported: { count: 100 } }]);
    expect(stderr).not.toContain('fetch');
  });

  it('reads the addresses in the data folder', async () => {
    await mkdir(data, { recursive: true });
    await feeds();
    await run(['feeds', 'import', '--data', data, join(import.meta.dirname, '../../lib/cli/sample/kev.json')]);
    await writeFile(join(data, 'feeds.yaml'), 'kev: ftp://mirror\n');

    expect(await run(['feeds', 'refresh', '--data', data])).toMatchObject({
      code: 70,
      stderr: expect.stringContaining('feeds.yaml: "kev"'),
    });
  });

  it.each([
    [['--only', 'nvd'], 'They are kev, epss, osv, cve.'],
    [['--home', 'aws:Cavendish'], 'On AWS the stack refreshes'],
  ])('refuses %j', async (argv, words) => {
    const { code, stderr } = await feeds('refresh', ...argv);

    expect(code).not.toBe(0);
    expect(stderr).toContain(words);
  });
});
