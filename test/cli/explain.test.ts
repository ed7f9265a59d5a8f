import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openLaptop } from '../../lib/cli/compose/laptop.ts';
import { importFeeds } from '../../lib/pipeline/feeds/import-feeds.ts';
import { affecting, anAdvisory } from '../support/advisory-builders.ts';
import { AT } from '../support/feed-home.ts';
import { advisory, aSource, cve } from '../support/feed-parts.ts';
import { judgeFamily } from '../support/judged-family.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
let data: string;

async function explain(...argv: readonly string[]) {
  return await run(['explain', ...argv, '--data', data], { now: () => AT });
}

/** Every member has perl 1.0-1; the shop has nginx too. */
beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  const laptop = await openLaptop({ data, as: 'beside', now: AT });
  const modified = '2026-08-01T00:00:00.000Z';
  const taken = anAdvisory('GHSA-1', { modified, aliases: ['CVE-2026-0002'], withdrawn: '2026-08-01T00:00:00.000Z' });
  const older = anAdvisory('DSA-3', {
    modified,
    upstream: ['CVE-2026-0002'],
    affected: [
      affecting([{ introduced: '0' }, { fixed: '1.0-1' }]),
      affecting([{ introduced: '0' }], { ecosystem: 'Debian:11' }),
    ],
  });
  const facts = [
    cve('CVE-2026-0002', modified, { disputed: true }),
    cve('CVE-2026-0003', modified, { state: 'REJECTED' }),
  ];
  await importFeeds({ sources: aSource([advisory(taken), advisory(older), ...facts]), at: AT }, laptop);
  await judgeFamily(laptop);
  await laptop.close();
});

afterAll(async () => {
  await folder.remove();
});

describe('explain', () => {
  it('says by which records, ranges and comparisons a package is affected', async () => {
    const { code, stdout } = await explain('team/desk:1.0', 'DSA-1');
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'DSA-1 in team/desk:1.0, production: affected',
      expect.stringMatching(/^As judged at 20\d\d-\d\d-\d\d \d\d:\d\d UTC {3}Assessment: [0-9a-f]+$/u),
      '',
      'perl 1.0-1 of Debian:12: affected',
      '  DSA-1, of 2026-08-01: affected',
      '    Debian:12: introduced in the first version: affected',
      '',
      'perl: a finding, no fix is named',
      '',
    ]);
  });

  it('says why it is not: what fixed it, what is of another release, what was withdrawn; and what else may hide', async () => {
    const { stdout } = await explain('team/desk:1.0', 'CVE-2026-0002');
    expect(stdout.split('\n').filter((line) => !line.startsWith('As judged'))).toEqual([
      'CVE-2026-0002 in team/desk:1.0, production: not affected',
      'The CVE record CVE-2026-0002 is disputed.',
      '',
      'perl 1.0-1 of Debian:12: not affected',
      '  DSA-3, of 2026-08-01: not affected',
      '    Debian:12: introduced in the first version, fixed in 1.0-1 (the same version): not affected',
      '    Debian:11: of another release, it says nothing of this one',
      '  GHSA-1, of 2026-08-01: withdrawn on 2026-08-01, it counts no more',
      '    Debian:12: introduced in the first version: affected',
      '',
      expect.stringContaining('It may be in what was not read or is not answered for: unanswered-package'),
      '',
    ]);
  });

  it.each([
    ['a vulnerability that no record names', ['CVE-2026-0404'], 'no advisory that was read names it for a package'],
    ['one whose record was rejected', ['CVE-2026-0003'], 'The CVE record CVE-2026-0003 was rejected'],
    ['a package that is not there', ['DSA-1', '--package', 'zsh'], 'the image has no package of that name'],
    ['a package of another advisory', ['DSA-1', '--package', 'nginx'], 'no advisory that was read names it'],
  ])('says so of %s', async (_, argv, words) => {
    const { code, stdout } = await explain('team/shop:1.0', ...argv);
    expect(code).toBe(0);
    expect(stdout).toContain(words);
  });

  it('answers programs, of one package by any of its names', async () => {
    for (const name of ['perl', 'pkg:deb/debian/perl@1.0-1?arch=amd64&distro=debian-12']) {
      const { stdout } = await explain('team/desk:1.0', 'DSA-1', '--package', name, '--json');
      expect(JSON.parse(stdout)).toMatchObject({
        ...{ stage: 'production', outcome: 'affected', aliases: [], cve: null, lapsed: [], barred: [] },
        subjects: [{ ecosystem: 'Debian:12', name: 'perl', packages: [{ name: 'perl' }], records: [{ id: 'DSA-1' }] }],
        findings: [{ vulnerability: 'DSA-1', package: { name: 'perl' }, exceptions: [] }],
      });
    }
  });

  it('knows no image that the board does not', async () => {
    expect(await explain('team/nowhere:1.0', 'DSA-1')).toMatchObject({
      code: 70,
      stderr: expect.stringContaining('nothing on the board is called "team/nowhere:1.0"'),
    });
  });
});
