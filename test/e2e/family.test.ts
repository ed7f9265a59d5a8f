/** A family that is pushed to a running home, the children before their bases, each packed otherwise. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { pushImage } from '../../lib/adapters/oci/push-image.ts';
import type { Digest } from '../../lib/core/image/digest.ts';
import { aFamily, type Member } from '../support/family.ts';
import { holdAdvisories } from '../support/family-home.ts';
import { writeLayout } from '../support/images.ts';
import { run, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const family = await aFamily(
  { debian: 'gzip', python: 'zstd', shop: 'plain', desk: 'zstd', deskLabelled: 'gzip' },
  true,
);

const PUSHED: readonly (readonly [Member, repository: string, tag: string])[] = [
  ['deskLabelled', 'team/desk-labelled', '2.0'],
  ['shop', 'team/shop', '1.0'],
  ['desk', 'team/desk', '1.0'],
  ['python', 'base/python', '3.12'],
  ['debian', 'base/debian', '12'],
];

let folder: TemporaryFolder;
let data: string;

async function json<T>(...argv: readonly string[]): Promise<T> {
  return JSON.parse((await run([...argv, '--json', '--data', data])).stdout) as T;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  await holdAdvisories(data, ['perl', 'nginx']);
  const home = await startHome({ data });
  for (const [member, repository, tag] of PUSHED) {
    const layout = join(folder.path, member);
    await writeLayout(layout, [family[member]]);
    await pushImage({ address: home.address, repository, tag, layout });
    const { digest } = family[member].manifest;
    await home.until((event) => event.event === 'verdict' && event.assessment.image.digest === digest);
  }
  await home.stop();
  // What is left to be judged again is done, whatever was under way.
  await (
    await startHome({ data, once: true })
  ).ended;
});

afterAll(() => folder.remove());

describe('a family that was pushed the children first', () => {
  it.each<readonly [string, readonly string[]]>([
    ['base/debian:12', []],
    ['base/python:3.12', ['base/debian:12']],
    ['team/shop:1.0', ['base/python:3.12', 'base/debian:12']],
    ['team/desk:1.0', ['base/python:3.12', 'base/debian:12']],
    ['team/desk-labelled:2.0', ['team/desk:1.0', 'base/python:3.12', 'base/debian:12']],
  ])('knows the bases of %s', async (name, bases) => {
    const [tree] = await json<{ bases: { names: string[] }[] }[]>('lineage', name);
    const { lineage } = await json<{ lineage: { bases: { names: string[] }[] } }>('show', name);

    expect(tree?.bases.flatMap(({ names }) => names)).toEqual(bases);
    // What was judged before its bases were known was judged again.
    expect(lineage.bases.flatMap(({ names }) => names)).toEqual(bases);
  });

  it('gives each finding to who brought it', async () => {
    interface Shown {
      readonly findings: readonly { package: { name: string }; inheritedFrom: Digest | null }[];
    }
    const whose = async (name: string) =>
      Object.fromEntries(
        (await json<Shown>('show', name)).findings.map((one) => [one.package.name, one.inheritedFrom]),
      );
    const debian = family.debian.manifest.digest;

    expect(await whose('base/debian:12')).toEqual({ perl: null });
    expect(await whose('team/shop:1.0')).toEqual({ nginx: null, perl: debian });
    expect(await whose('team/desk-labelled:2.0')).toEqual({ perl: debian });
  });

  it('is replayed with the bases that were known then', async () => {
    const { assessment } = await json<{ assessment: string }>('show', 'team/shop:1.0');

    expect((await run(['replay', assessment, '--data', data])).stdout).toContain('identical');
  });

  it('tells a vulnerability of the base once, with all that is built on it', async () => {
    interface Overview {
      findings: { vulnerability: string }[];
      clones: { placement: { repository: string } }[];
    }
    const [base, ...others] = await json<Overview[]>('lineage', 'bases', 'base/debian:12');

    expect(others).toEqual([]);
    expect(base?.findings.map(({ vulnerability }) => vulnerability)).toEqual(['DSA-perl']);
    expect(base?.clones.map(({ placement }) => placement.repository)).toEqual([
      'base/python',
      'team/desk',
      'team/desk-labelled',
      'team/shop',
    ]);
  });

  it('left no work that nobody does', async () => {
    expect((await run(['dead-letters', '--data', data])).stdout).toBe('None.\n');
  });
});
