/** `base` and `lineage` on a home with a family: a base that was added, one that was pushed, and their clones. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aFamily, aNewer } from '../support/family.ts';
import { APPETITE, holdAdvisories, push } from '../support/family-home.ts';
import { writeLayout } from '../support/images.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const family = await aFamily({ shop: 'zstd', desk: 'plain' });
const NOW = new Date('2026-11-25T10:00:00.000Z');

let folder: TemporaryFolder;
let data: string;

async function cavendish(...argv: readonly string[]) {
  return await run([...argv, '--data', data], { now: () => NOW });
}

async function json<T>(...argv: readonly string[]): Promise<T> {
  return JSON.parse((await cavendish(...argv, '--json')).stdout) as T;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  await holdAdvisories(data, ['perl', 'nginx']);
  await writeFile(join(data, 'appetite.yaml'), APPETITE);
  await push(data, [
    { built: family.python, repository: 'base/python', tag: '3.12', at: '2026-11-01T00:00:00.000Z' },
    { built: family.shop, repository: 'team/shop', tag: '1.0', at: '2026-11-02T00:00:00.000Z' },
    { built: family.desk, repository: 'team/desk', tag: '1.0', at: '2026-11-03T00:00:00.000Z' },
    { built: family.deskLabelled, repository: 'team/desk', tag: '2.0', at: '2026-11-04T00:00:00.000Z' },
  ]);
  await writeLayout(join(folder.path, 'debian'), [family.debian]);
  await writeLayout(join(folder.path, 'newer'), [await aNewer()]);
});

afterAll(() => folder.remove());

describe('base and lineage before anybody named a base', () => {
  it('say what there is to do', async () => {
    expect((await cavendish('base')).stdout).toContain('cavendish base add REFERENCE --name debian:12');
    expect((await cavendish('lineage', 'export', '--format', 'mermaid')).stdout).toContain('base/python:3.12');
    expect((await cavendish('lineage', 'bases')).stdout).toMatch(
      /base\/python:3\.12 +2026-11-23 +3 +3 +testing, production/u,
    );
    expect((await cavendish('show', 'team/shop:1.0')).stdout).toContain('built on base/python:3.12');
  });

  it.each([
    [['lineage'], 64, "missing required argument 'image'"],
    [['lineage', 'nothing'], 70, 'neither on the board nor among the bases'],
    [['lineage', 'export', '--format', 'svg'], 64, 'Allowed choices are dot, mermaid, json'],
    [['base', 'add', './x', '--name', 'two words'], 64, 'It is a name as in debian:12'],
    [
      ['base', 'approve', 'base/python:3.12', '--stage', 'prod', '--until', '2027-01-01', '--by', 'A'],
      64,
      'development, testing',
    ],
    [
      ['base', 'approve', 'base/python:3.12', '--stage', 'testing', '--until', '2020-01-01', '--by', 'A'],
      70,
      'before it began',
    ],
    [['base', 'revoke', 'base/python:3.12', '--by', 'A'], 70, 'not approved'],
  ])('refuse %j, and say why', async (argv, code, words) => {
    expect(await cavendish(...argv)).toMatchObject({ code, stderr: expect.stringContaining(words) });
  });
});

describe('a family on the command line', () => {
  beforeAll(async () => {
    await cavendish('base', 'add', join(folder.path, 'debian'), '--name', 'debian:12');
    await cavendish('base', 'add', join(folder.path, 'newer'), '--name', 'debian:12');
  });

  it('is drawn from the farthest base to the last clone', async () => {
    const { stdout } = await cavendish('lineage', family.debian.manifest.digest);

    expect(stdout.split('\n').map((line) => line.slice(0, 30).trimEnd())).toEqual([
      expect.stringMatching(/^debian:12 /u),
      expect.stringMatching(/^└─ base\/python:3\.12 /u),
      expect.stringMatching(/^ {3}├─ team\/shop:1\.0 /u),
      expect.stringMatching(/^ {3}└─ team\/desk:1\.0 /u),
      expect.stringMatching(/^ {6}└─ team\/desk:2\.0 /u),
      '',
      expect.stringMatching(/^No base of it is known/u),
      '',
    ]);
    const [tree] = await json<{ bases: { names: string[] }[]; image: { stands: unknown[] } }[]>(
      'lineage',
      'team/desk:2.0',
    );
    expect(tree?.bases.map(({ names }) => names)).toEqual([['team/desk:1.0'], ['base/python:3.12'], ['debian:12']]);
    expect(tree?.image.stands).toMatchObject([{ stage: 'testing', tags: ['2.0'] }]);
  });

  it('shows a vulnerability of the base once, with all that is built on it, whose that is, and what a newer build ends', async () => {
    const { stdout } = await cavendish('lineage', 'bases', family.debian.manifest.digest);

    expect(stdout.match(/DSA-perl/gu)).toHaveLength(1);
    expect(stdout).toContain('removes 1 vulnerability, adds none');
    const [base] = await json<object[]>('lineage', 'bases', family.debian.manifest.digest);
    expect(base).toMatchObject({
      names: ['debian:12'],
      owners: ['platform team', 'shop team'],
      stages: ['testing', 'production'],
      findings: [{ vulnerability: 'DSA-perl' }],
      changes: { removed: [{ vulnerability: 'DSA-perl' }], added: [] },
    });
    expect((base as { clones: { tags: string[] }[] }).clones.map(({ tags }) => tags)).toEqual([
      ['3.12'],
      ['1.0'],
      ['2.0'],
      ['1.0'],
    ]);
  });

  it('approves a base to the end of a day, lists that, and takes it back', async () => {
    const approve = ['base', 'approve', 'debian:12', '--stage', 'production', '--until', '2027-03-31', '--by', 'Ana'];

    expect((await cavendish(...approve)).stdout).toContain('is approved for production until 2027-04-01T00:00Z by Ana');
    const [newest, older] = await json<object[]>('base', 'list');
    expect(newest).toMatchObject({ approval: { stages: ['production'], by: 'Ana' }, newest: null });
    expect(older).toMatchObject({ approval: null, newest: { name: 'debian:12' } });
    expect((await cavendish('base', 'list')).stdout).toMatch(/debian:12 .* production .* Ana/u);
    expect((await cavendish('base', 'revoke', 'debian:12', '--by', 'Bo')).stdout).toContain('is no longer approved');
    expect(await json('base', 'list')).toMatchObject([{ approval: null }, { approval: null }]);
  });

  it('says in show what is inherited, to which base to move, and what that changes', async () => {
    await push(data, [{ built: family.shop, repository: 'team/shop', tag: '1.1', at: '2026-11-20T00:00:00.000Z' }]);
    await push(data, [{ built: family.debian, repository: 'base/debian', tag: '12', at: '2026-11-20T00:00:00.000Z' }]);
    await push(data, [{ built: family.python, repository: 'base/python', tag: '3', at: '2026-11-21T00:00:00.000Z' }]);
    const { stdout } = await cavendish('show', 'base/python:3');

    expect(stdout).toMatch(/Whose +own: 0 \(score 0\.0\); inherited: 1 \(score 1\.7\); built on debian:12/u);
    expect(stdout).toMatch(/DSA-perl .* debian:12$/mu);
    expect(stdout).toMatch(
      /built on debian:12, which is not its newest build: move to debian:12 \([0-9a-f]{12} of 2026-11-24\), which removes 1 vulnerability and adds none/u,
    );
    const shop = await json<{ findings: { package: { name: string }; inheritedFrom: string | null }[] }>(
      'show',
      'team/shop:1.1',
    );
    expect(Object.fromEntries(shop.findings.map((one) => [one.package.name, one.inheritedFrom]))).toEqual({
      nginx: null,
      perl: family.debian.manifest.digest,
    });
    expect(await json('show', 'base/python:3')).toMatchObject({
      baseAdvice: {
        outdated: true,
        to: { name: 'debian:12' },
        removes: [{ vulnerability: 'DSA-perl', source: 'perl' }],
      },
    });
  });
});
