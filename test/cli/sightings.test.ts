import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aDigest } from '../support/assessments.ts';
import { dockerSave } from '../support/images.ts';
import { aDebianImage } from '../support/placed-work.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const NOW = new Date('2026-11-24T12:00:00.000Z');
const LATER = new Date('2026-11-24T15:00:00.000Z');

let folder: TemporaryFolder;
let data: string;

async function tell(argv: readonly string[], input = '', now = NOW) {
  return await run([...argv, '--data', data], { now: () => now, stdin: Readable.from([input]) });
}

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  await run(['judge', '-', '--data', data], { stdin: Readable.from([await dockerSave([await aDebianImage()])]) });
});

afterAll(async () => {
  await folder.remove();
});

describe('sight and sightings', () => {
  const [one, other] = [aDigest('one'), aDigest('other')];

  it('has words for what is empty', async () => {
    expect((await tell(['sightings'])).stdout).toContain('Nothing is known to run.');
    expect((await tell(['sightings', '--json'])).stdout).toBe('[]\n');
    expect((await tell(['sightings', one])).stdout).toContain('never seen to run');
  });

  it('tells what runs, since when, and that it ended', async () => {
    expect((await tell(['sight', one, '--where', 'shop'])).stdout).toMatch(
      /^[\da-f]{12} {2}runs in shop \(production\) since 2026-11-24 12:00 UTC\n$/u,
    );
    expect(JSON.parse((await tell(['sightings', '--json'])).stdout)).toEqual([
      {
        ...{ digest: one, where: 'shop', environment: 'production', image: null, source: 'cli' },
        ...{ firstSeen: NOW.toISOString(), lastSeen: NOW.toISOString(), endedAt: null },
      },
    ]);
    const ended = await tell(['sight', one, '--where', 'shop', '--ended', '--at', '2026-11-24T13:00Z'], '', LATER);
    expect(ended.stdout).toContain('no longer runs in shop (production), as of 2026-11-24 13:00 UTC');
    expect((await tell(['sightings'])).stdout).toContain('Nothing is known to run.');
    expect((await tell(['sightings', one])).stdout).toContain('0 running, 1 ended');
  });

  it('takes a list of all that runs at a place, and ends the rest', async () => {
    const list = `docker-pullable://registry.example.com/team/app@${one}\nregistry.example.com/team/tool@${other}\n`;
    await tell(['sight', '-', '--where', 'eks/prod', '--only'], list);
    expect((await tell(['sightings'])).stdout).toMatch(/team\/app .* eks\/prod[\s\S]*team\/tool .* eks\/prod/u);

    const later = ['--where', 'eks/prod', '--only', '--at', '2026-11-24T14:00Z'];
    expect((await tell(['sight', '-', ...later], list.split('\n')[0], LATER)).stdout).toContain(
      '1 other ended in eks/prod',
    );
    expect(JSON.parse((await tell(['sightings', '--json'])).stdout)).toMatchObject([{ digest: one }]);
    expect((await tell(['sight', '-', ...later.slice(0, -1), '2026-11-24T15:00Z'], '', LATER)).stdout).toContain(
      '1 other ended',
    );
  });

  it.each([
    [['sight', one], "required option '--where <place>' not specified"],
    [['sight', one, '--where', 'a\nb'], 'It is one line of text'],
    [['sight', one, '--where', 'a', '--environment', 'prod'], 'Allowed choices are development, testing, production'],
    [['sight', one, '--where', 'a', '--ended', '--only'], 'cannot be used with'],
  ])('refuses %j', async (argv, words) => {
    const { code, stderr } = await tell(argv);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
  });

  it('believes nothing that is yet to come', async () => {
    const { code, stderr } = await tell(['sight', other, '--where', 'lab', '--at', '2026-11-25']);
    expect([code, stderr]).toEqual([70, expect.stringContaining('2026-11-25T00:00:00.000Z is yet to come')]);
  });

  it('writes nothing where a name is not known', async () => {
    const { code, stderr } = await tell(['sight', other, 'team/unknown:1', '--where', 'lab']);
    expect(code).toBe(70);
    expect(stderr).toContain('nothing on the board is called "team/unknown:1"');
    expect((await tell(['sight', '-', '--where', 'lab'])).stderr).toContain('no image is named');
    expect((await tell(['sightings', other])).stdout).not.toContain('lab');
  });
});
