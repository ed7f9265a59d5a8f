import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openLocalEvidence } from '../../../../lib/adapters/local/evidence/local-evidence.ts';
import { digestOf } from '../../../../lib/core/canonical/canonical.ts';
import { type Digest, hexOf } from '../../../../lib/core/image/digest.ts';
import { evidenceStoreContract } from '../../../contracts/evidence-store.ts';
import { startChild } from '../../../support/child.ts';
import { canMakeSmallDisk, onSmallDisk } from '../../../support/small-disk.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../support/temporary-folder.ts';

function fileOf(folder: string, digest: Digest): string {
  const hex = hexOf(digest);
  return join(folder, 'sha256', hex.slice(0, 2), `${hex}.zst`);
}

evidenceStoreContract('a folder', async () => {
  const folder = await temporaryFolder();
  return {
    evidence: await openLocalEvidence(folder.path),
    close: () => folder.remove(),
    async alter(digest, how) {
      const file = fileOf(folder.path, digest);
      const bytes = await readFile(file);
      if (how === 'cut short') await truncate(file, bytes.length - 4);
      else if (how === 'emptied') await truncate(file, 0);
      else if (how === 'other content') await writeFile(file, zstdCompressSync('{"packages":[]}'));
      else await writeFile(file, bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 0xff));
    },
  };
});

describe('evidence in a folder', () => {
  const bytes = new TextEncoder().encode('{"a":1}'.repeat(1000));
  let folder: TemporaryFolder;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  const filesIn = async (path: string): Promise<string[]> =>
    (await readdir(path, { recursive: true, withFileTypes: true }))
      .filter((each) => each.isFile())
      .map(({ name }) => name);

  it('lies compressed under the digest of what it is uncompressed, for its owner alone', async () => {
    const evidence = await openLocalEvidence(folder.path);
    const file = fileOf(folder.path, await evidence.put(bytes));
    const stored = await readFile(file);
    expect(stored.length).toBeLessThan(bytes.length / 10);
    expect(digestOf(zstdDecompressSync(stored))).toBe(digestOf(bytes));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is not written again where it is held', async () => {
    const evidence = await openLocalEvidence(folder.path);
    const file = fileOf(folder.path, await evidence.put(bytes));
    const { ino, mtimeMs } = await stat(file);
    await evidence.put(bytes);
    expect(await stat(file)).toMatchObject({ ino, mtimeMs });
  });

  it('takes as much as the limit says, and refuses to store or unpack more', async () => {
    const generous = await openLocalEvidence(folder.path);
    const digest = await generous.put(bytes);
    const exact = await openLocalEvidence(folder.path, { maxBytes: bytes.length });
    expect(await exact.get(digest)).toHaveLength(bytes.length);
    await exact.put(bytes);
    const strict = await openLocalEvidence(folder.path, { maxBytes: bytes.length - 1 });
    await expect(strict.get(digest)).rejects.toMatchObject({ code: 'limit-exceeded' });
    await expect(strict.put(bytes)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('never unpacks a bomb that somebody put in its place', async () => {
    const evidence = await openLocalEvidence(folder.path, { maxBytes: 100_000 });
    const digest = await evidence.put(bytes);
    await writeFile(fileOf(folder.path, digest), zstdCompressSync(new Uint8Array(50_000_000)));
    await expect(evidence.get(digest)).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  it('is whole or not there when its writer is killed, and the holder of the lock clears up', async () => {
    const child = startChild(join(import.meta.dirname, 'processes', 'put-many.ts'), [folder.path]);
    await child.says('\n');
    await wait(Math.random() * 50);
    child.kill('SIGKILL');
    await child.ended();
    const [digest = ''] = child.output().split('\n');
    const leftover = join(
      folder.path,
      'sha256',
      hexOf(digest as Digest).slice(0, 2),
      `.x.zst.${child.pid}-0123456789abcdef.tmp`,
    );
    const living = leftover.replace(String(child.pid), String(process.pid));
    await writeFile(leftover, 'half');
    await writeFile(living, 'half');

    await openLocalEvidence(folder.path);
    expect(await filesIn(folder.path)).toContain(leftover.split('/').at(-1));
    const evidence = await openLocalEvidence(folder.path, { sweep: true });
    const names = await filesIn(folder.path);
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([living.split('/').at(-1)]);
    for (const said of child.output().trimEnd().split('\n')) expect(await evidence.get(said as Digest)).not.toBeNull();
    for (const name of names.filter((each) => each.endsWith('.zst'))) {
      expect(await evidence.get(`sha256:${name.slice(0, 64)}`)).not.toBeNull();
    }
  });

  (canMakeSmallDisk() ? it : it.skip)(
    'is refused on a full disk, leaving nothing behind and nothing lost',
    async () => {
      await onSmallDisk(200_000, async (path) => {
        const evidence = await openLocalEvidence(path);
        const held = await evidence.put(bytes);
        const noise = crypto.getRandomValues(new Uint8Array(65_536));
        const large = Buffer.concat([noise, noise.map((n) => n ^ 1), noise.map((n) => n ^ 2), noise.map((n) => n ^ 3)]);
        await expect(evidence.put(large)).rejects.toMatchObject({ code: 'storage-full' });
        expect(await filesIn(path)).toEqual([`${hexOf(held)}.zst`]);
        expect(await evidence.get(held)).toHaveLength(bytes.length);
      });
    },
  );

  it('says so where the folder cannot be made', async () => {
    await mkdir(folder.path, { recursive: true });
    await writeFile(join(folder.path, 'file'), '');
    await expect(openLocalEvidence(join(folder.path, 'file', 'x'))).rejects.toThrow();
  });
});
