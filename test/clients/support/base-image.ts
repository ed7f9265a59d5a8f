/** A real image to push: a Debian minbase made on the spot and a small layer on it, as an OCI layout. */
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { blobsOf, file, image, layer, layerOf, tarOf, writeLayout } from '../../support/images.ts';
import { attempt, needTools } from './tools.ts';

export interface BaseImage {
  /** The folder of the layout; it lists one image. */
  readonly layout: string;
  /** The root file system, as a tar. */
  readonly tar: string;
  /** Bytes of all blobs. */
  readonly size: number;
  readonly remove: () => Promise<void>;
}

const SUITE = 'bookworm';
/** It takes 20 s to make: one run after another uses the same. */
const KEPT = join(tmpdir(), `cavendish-clients-${SUITE}.tar`);

export async function baseImage(): Promise<BaseImage> {
  await needTools('mmdebstrap');
  const folder = await mkdtemp(join(tmpdir(), 'cavendish-base-'));
  const tar = (await isThere(KEPT)) || (await makeRoot()) ? KEPT : await aFewFiles(folder);
  const built = image([layerOf(await readFile(tar)), await layer([file('etc/team', 'app\n')])]);
  await writeLayout(folder, [built]);
  return {
    layout: folder,
    tar,
    size: blobsOf(built).reduce((sum, { bytes }) => sum + bytes.length, 0),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @returns whether it could be made: it takes a mirror of Debian */
async function makeRoot(): Promise<boolean> {
  const draft = `${KEPT}.${process.pid}`;
  const { code, errors } = await attempt('mmdebstrap', '--variant=minbase', '--format=tar', SUITE, draft);
  if (code === 0) await rename(draft, KEPT);
  else console.warn(`a few files stand for Debian, which can not be had here: ${errors.slice(-300)}`);
  return code === 0;
}

async function aFewFiles(folder: string): Promise<string> {
  const path = join(folder, 'root.tar');
  await writeFile(path, await tarOf([file('etc/os-release', 'ID=debian\nVERSION_ID="12"\n')]));
  return path;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
