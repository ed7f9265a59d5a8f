/** `feeds refresh` and what people do with what it set aside, as they run it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { status } from '../support/feed-faults.ts';
import { type FeedMirror, startFeedMirror } from '../support/feed-mirror.ts';
import { cveIds, epssFile, kevFile } from '../support/refresh-home.ts';
import { run, startHome } from '../support/running-home.ts';
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

describe('what a refresh set aside', () => {
  async function setAside(): Promise<void> {
    await feeds('refresh', '--only', 'kev');
    mirror.put('/kev.json', kevFile('2026-08-07', ...cveIds(50)), { lastModified: 'Fri, 07 Aug 2026 13:00:00 GMT' });
    const { code, stdout } = await feeds('refresh', '--only', 'kev');
    expect(code).toBe(0);
    expect(stdout).toContain('kev: set aside, what is held stays');
  }

  it('is shown, told in the inbox, inspected and released', async () => {
    await setAside();
    expect((await feeds()).stdout).toContain('Set aside, waiting for a word');
    expect(JSON.parse((await feeds('--json')).stdout)).toMatchObject([
      { id: 'kev', setAside: [{ reasons: [{ kind: 'shrinks' }] }] },
    ]);
    expect((await run(['inbox', '--data', data])).stdout).toContain('1 feed set aside');

    const inspected = await feeds('inspect', 'kev');
    expect(inspected.stdout).toContain('it shrinks from 100 records to 50');
    expect(inspected.stdout).toContain('50 no longer there');
    const [, version = ''] = /kev \(([0-9a-f]{12})\)/u.exec(inspected.stdout) ?? [];
    expect(await feeds('release', 'kev', version, '--by', 'Ada', '--why', 'it is so')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('released by Ada at 2026-08-07T12:00: it is so'),
    });
    expect((await feeds()).stdout).toContain('50 records');
    expect((await feeds('diff', 'kev')).stdout).toContain('50 no longer there');
  });

  it('is rejected, and no longer shown', async () => {
    await setAside();
    const [{ hash }] = JSON.parse((await feeds('inspect', '--json')).stdout) as [{ hash: string }];
    expect(await feeds('reject', 'kev', hash.slice(7), '--by', 'Ada', '--why', 'no', '--json')).toMatchObject({
      code: 0,
    });
    expect((await feeds('inspect')).stdout).toBe('Nothing is set aside.\n');
    expect(JSON.parse((await feeds('inspect', '--all', '--json')).stdout)).toMatchObject([
      { state: 'rejected', by: 'Ada' },
    ]);
    expect((await feeds()).stdout).toContain('100 records');
  });

  it('needs who says so, and why', async () => {
    expect(await feeds('release', 'kev', '--by', 'Ada')).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('--why'),
    });
  });
});

describe('feeds diff', () => {
  it('says what changed in every feed, to people and to programs', async () => {
    await feeds('refresh', '--only', 'kev,epss');
    const { stdout } = await feeds('diff');
    expect(stdout).toContain('epss: nothing → 10 records of 2026-08-07, model v5');
    expect(stdout).toContain('  100 added\n    CVE-2026-0001  dateAdded 2026-08-07, dueDate 2026-08-07\n');
    expect(stdout).toContain('… and 80 more (--most)');
    expect(JSON.parse((await feeds('diff', 'kev', '--json', '--most', '2')).stdout)).toMatchObject([
      { feed: 'kev', groups: [{ kind: 'added', count: 100, changes: [{ id: 'CVE-2026-0001' }, {}] }] },
    ]);
    expect(await feeds('diff', '--from', 'ab')).toMatchObject({ code: 64 });
  });
});

describe('up --refresh-feeds', () => {
  it('refreshes when it starts, and tells of each feed', async () => {
    await run(['feeds', 'import', '--data', data, join(import.meta.dirname, '../../lib/cli/sample/epss.csv')]);
    await writeFile(join(data, 'feeds.yaml'), JSON.stringify({ ...unreachable(), kev: `${mirror.address}/kev.json` }));
    const up = await startHome({ data, refreshFeeds: 'hourly', now: () => NOW });
    const told = await up.until((event) => event.event === 'feed' && event.feed === 'kev');
    await up.until((event) => event.event === 'feed' && event.feed === 'cve');

    expect(told).toMatchObject({ outcome: 'held', imported: { count: 100 } });
    expect(await up.stop()).toBe(0);
  });

  /** Nothing of the internet is asked in tests. */
  function unreachable() {
    const { address } = mirror;
    return { epss: `${address}/none`, cve: `${address}/none`, osv: `${address}/none` };
  }
});
