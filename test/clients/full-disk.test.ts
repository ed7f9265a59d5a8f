import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { pushImage } from '../../lib/adapters/oci/push-image.ts';
import { file, image, layer, writeLayout } from '../support/images.ts';
import { onSmallDisk } from '../support/small-disk.ts';
import { aHome, expectReadable, type Registry } from './support/registry.ts';
import { attempt, needTools, type Ran } from './support/tools.ts';

jest.setTimeout(120_000);

const ROOM = 4 * 1024 * 1024;

let work: string;
beforeAll(async () => {
  await needTools('mount', 'crane', 'skopeo');
  work = await mkdtemp(join(tmpdir(), 'cavendish-full-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

/** @throws where this machine lets nobody mount a disk: then nothing was tested */
function onFullDisk(test: (home: Registry, disk: string) => Promise<void>): Promise<void> {
  return onSmallDisk(ROOM, async (disk) => {
    const home = await aHome(disk);
    try {
      await test(home, disk);
    } finally {
      await home.close();
    }
  });
}

async function aLayout(bytes: number): Promise<string> {
  const folder = await mkdtemp(join(work, 'layout-'));
  await writeLayout(folder, [image([await layer([file('random', randomBytes(bytes))])])]);
  return folder;
}

type Pushing = (layout: string, home: Registry) => Promise<Pick<Ran, 'errors'> & { readonly code: number | null }>;

const push = (layout: string, { address }: Registry, tag: string): ReturnType<typeof pushImage> =>
  pushImage({ address, repository: 'full/app', tag, layout });

const CLIENTS: readonly [string, Pushing][] = [
  ['crane', (layout, { address }) => attempt('crane', '--insecure', 'push', layout, `${address}/full/app:1.0`)],
  [
    'skopeo',
    (layout, { address }) => {
      const how = ['--insecure-policy', 'copy', '--retry-times=0', '--dest-tls-verify=false'];
      return attempt('skopeo', ...how, `oci:${layout}`, `docker://${address}/full/app:1.0`);
    },
  ],
  [
    'our own client',
    (layout, home) =>
      push(layout, home, '1.0').then(
        () => ({ code: 0, errors: '' }),
        (error: unknown) => ({ code: 1, errors: String(error) }),
      ),
  ],
];

describe('a full disk under the registry', () => {
  it.each(CLIENTS)('is told to %s, leaves nothing half-written, and the registry lives on', (_, pushing) =>
    onFullDisk(async (home, disk) => {
      const { code, errors } = await pushing(await aLayout(2 * ROOM), home);
      expect(code).not.toBe(0);
      // skopeo shows the status of a chunk that was refused, and not the words.
      expect(errors).toMatch(/storage full|507 Insufficient Storage/u);
      expect(await readdir(join(disk, 'uploads'))).toEqual([]);
      expect(await home.pushes()).toEqual([]);

      await push(await aLayout(1000), home, 'small');
      await expectReadable(home.address, 'full/app:small');
    }),
  );

  it('has no room for a manifest, and says so', () =>
    onFullDisk(async (home, disk) => {
      const { digest } = await push(await aLayout(1000), home, '1');
      const { bytes, mediaType } = await home.manifest('full/app', digest);
      await expect(writeFile(join(disk, 'filler'), Buffer.alloc(ROOM))).rejects.toMatchObject({ code: 'ENOSPC' });
      const response = await fetch(`http://${home.address}/v2/full/app/manifests/2`, {
        method: 'PUT',
        headers: { 'content-type': mediaType },
        body: Buffer.concat([bytes, Buffer.alloc(8192, ' ')]),
      });
      expect(response.status).toBe(507);
      expect(await response.text()).toContain('storage full');
      expect(await readdir(join(disk, 'uploads'))).toEqual([]);
      expect(await home.pushes()).toHaveLength(1);
    }));
});
