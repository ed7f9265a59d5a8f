/**
 * Kills the home with SIGKILL at random moments between a push and its verdict, and starts it again:
 * the verdict is there each time, with one assessment and one notice, and all of them replay.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { pushImage } from '../../lib/adapters/oci/push-image.ts';
import { type Child, startChild } from '../support/child.ts';
import { dpkgStatus, osRelease } from '../support/debian.ts';
import { file, image, layer, writeLayout } from '../support/images.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const ROUNDS = 30;
/** Longer than it takes from a push to its notice here, in milliseconds. */
const LATEST = 250;
const CLI = new URL('../../bin/cavendish.ts', import.meta.url).pathname;

let folder: TemporaryFolder;
let data: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = `${folder.path}/home`;
  const { ended } = startChild(CLI, ['up', '--sample', '--once', '--data', data]);
  expect(await ended()).toMatchObject({ code: 0 });
  // One reader gets all of them here, which is more than an hour has room for by default: the rest would wait for a round-up.
  const { stdout } = await run(['appetite', 'show', '--text', '--data', data]);
  await writeFile(join(data, 'appetite.yaml'), `${stdout}\nnotices: { mostAnHour: 1000 }\n`);
}, 60_000);

afterAll(async () => {
  await folder.remove();
});

async function start(): Promise<{ readonly child: Child; readonly address: string }> {
  const child = startChild(CLI, ['up', '--data', data]);
  await child.says('data in');
  const [, address = ''] = /registry at (\S+)/u.exec(child.output()) ?? [];
  return { child, address };
}

async function layoutOf(round: number): Promise<string> {
  const status = dpkgStatus([{ name: 'perl-base', version: '5.36.0-7+deb12u3', source: 'perl' }]);
  const built = image([
    await layer([
      file('etc/os-release', osRelease()),
      file('var/lib/dpkg/status', status),
      file('round', String(round)),
    ]),
  ]);
  const layout = `${folder.path}/layout-${String(round)}`;
  await writeLayout(layout, [built]);
  return layout;
}

async function json<T>(...argv: readonly string[]): Promise<T> {
  const { stdout, stderr } = await run([...argv, '--json', '--data', data]);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

interface Shown {
  readonly verdict: string;
  readonly assessment: string;
  readonly history: readonly { readonly assessment: string }[];
}

async function untilJudged(repository: string): Promise<Shown> {
  for (let tries = 0; tries < 200; tries += 1) {
    const board = await json<readonly { readonly placement: { readonly repository: string } }[]>('images');
    if (board.some(({ placement }) => placement.repository === repository))
      return await json<Shown>('show', `${repository}:1`);
    await sleep(50);
  }
  throw new Error(`${repository} was never judged`);
}

async function noticesOf(repository: string): Promise<number> {
  const notices = await json<readonly { readonly subject: string }[]>('inbox');
  return notices.filter(({ subject }) => subject.includes(`${repository}:1 `)).length;
}

describe('a home that is killed', () => {
  const moments: number[] = [];

  it.each(Array.from({ length: ROUNDS }, (_, round) => [round]))(
    'has judged what it accepted, once (round %i)',
    async (round) => {
      const repository = `kill/round-${String(round)}`;
      const layout = await layoutOf(round);
      const first = await start();
      await pushImage({ address: first.address, repository, tag: '1', layout });
      const moment = Math.random() * LATEST;
      moments.push(moment);
      await sleep(moment);
      first.child.kill('SIGKILL');
      await first.child.ended();

      const second = await start();
      try {
        const { verdict, history, assessment } = await untilJudged(repository);
        expect(verdict).toBe('no-go');
        expect(history).toHaveLength(1);
        for (let tries = 0; tries < 100 && (await noticesOf(repository)) === 0; tries += 1) await sleep(50);
        expect(await noticesOf(repository)).toBe(1);
        expect(await json('replay', assessment)).toMatchObject({ outcome: 'identical' });
      } finally {
        second.child.kill('SIGTERM');
        expect(await second.child.ended()).toMatchObject({ code: 0 });
      }
    },
    60_000,
  );

  it('was killed at moments that are spread', () => {
    expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(LATEST / 3);
  });
});
