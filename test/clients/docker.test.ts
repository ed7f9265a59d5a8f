import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { type BaseImage, baseImage } from './support/base-image.ts';
import { aHome, expectReadable, type Registry } from './support/registry.ts';
import { attempt, needTools, run } from './support/tools.ts';

jest.setTimeout(300_000);

let base: BaseImage;
let home: Registry;
let work: string;
let daemon: ChildProcess;
let said = '';
beforeAll(async () => {
  await needTools('docker', 'dockerd');
  base = await baseImage();
  home = await aHome();
  work = await mkdtemp(join(tmpdir(), 'cavendish-docker-'));
  daemon = startDaemon();
  await answering();
});
afterAll(async () => {
  const ended = once(daemon, 'close');
  daemon.kill('SIGTERM');
  await ended;
  await home.close();
  await base.remove();
  await rm(work, { recursive: true, force: true });
});

const docker = (...args: readonly string[]): ReturnType<typeof run> =>
  run('docker', '--host', `unix://${work}/docker.sock`, ...args);

/** A daemon of its own, without networks: pushing and pulling is all that it is for. */
function startDaemon(): ChildProcess {
  const off = ['--iptables=false', '--ip6tables=false', '--bridge=none', '--storage-driver=vfs'];
  const places = ['--data-root', join(work, 'data'), '--exec-root', join(work, 'exec'), '--pidfile', join(work, 'pid')];
  const child = spawn('dockerd', [...off, ...places, '--host', `unix://${work}/docker.sock`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  return child;
}

async function answering(): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    const { code } = await attempt('docker', '--host', `unix://${work}/docker.sock`, 'info');
    if (code === 0) return;
    if (daemon.exitCode !== null) break;
    await sleep(500);
  }
  throw new Error(`dockerd does not answer, so nothing was tested: ${said}`);
}

describe('docker', () => {
  it('pushes a real image and pulls it back byte for byte', async () => {
    const reference = `${home.address}/docker/minbase:1.0`;
    const id = (await docker('import', base.tar, reference)).output.trim();
    await docker('push', reference);

    const manifest = await home.manifest('docker/minbase', '1.0');
    expect(manifest.blobs[0]?.digest).toBe(id);
    expect(await home.pushes()).toMatchObject([{ repository: 'docker/minbase', tag: '1.0', digest: manifest.digest }]);
    await expectReadable(home.address, 'docker/minbase:1.0');

    await docker('rmi', reference);
    await docker('pull', reference);
    const [pulled] = JSON.parse((await docker('inspect', reference)).output) as { Id: string; RepoDigests: string[] }[];
    expect(pulled?.Id).toBe(id);
    expect(pulled?.RepoDigests).toContain(`${home.address}/docker/minbase@${manifest.digest}`);
  });

  it('pushes again to another tag and another repository, and sends no layer twice', async () => {
    const before = await home.manifest('docker/minbase', '1.0');
    const from = `${home.address}/docker/minbase:1.0`;
    for (const name of ['docker/minbase:1.1', 'docker/other:1.0']) {
      await docker('tag', from, `${home.address}/${name}`);
      const { output } = await docker('push', `${home.address}/${name}`);
      expect(output).toMatch(/Layer already exists|Mounted from/u);
    }
    expect((await home.manifest('docker/other', '1.0')).bytes.equals(before.bytes)).toBe(true);
    expect((await home.pushes()).map(({ repository, tag }) => `${repository}:${tag ?? ''}`)).toEqual([
      'docker/minbase:1.1',
      'docker/other:1.0',
    ]);
  });

  it('says what it pulls is not there', async () => {
    const { code, errors } = await attempt(
      'docker',
      '--host',
      `unix://${work}/docker.sock`,
      'pull',
      `${home.address}/docker/minbase:2.0`,
    );
    expect(code).not.toBe(0);
    expect(errors).toMatch(/not found|is not in this registry/u);
  });
});
