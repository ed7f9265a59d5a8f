import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startChild } from '../support/child.ts';
import { dpkgStatus, osRelease } from '../support/debian.ts';
import { dockerSave, file, image, layer, writeLayout } from '../support/images.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const CLI = join(import.meta.dirname, '../../bin/cavendish.ts');

let folder: TemporaryFolder;
let data: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
});

afterAll(async () => {
  await folder.remove();
});

async function debian(architecture = 'amd64') {
  const entries = [
    file('etc/os-release', osRelease()),
    file('var/lib/dpkg/status', dpkgStatus([{ name: 'bash', version: '5.2.15-2' }])),
    file('arch', architecture),
  ];
  return image([await layer(entries)], { platform: { os: 'linux', architecture } });
}

describe('the command line', () => {
  const commands =
    'up judge images show base lineage sbom affected sight sightings feeds appetite replay inbox doctor dead-letters match versions'.split(
      ' ',
    );

  it.each(commands)('explains %s', async (command) => {
    const { code, stdout } = await run([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: cavendish ${command}`);
  });

  it('says its version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u) });
  });

  it.each([
    [[], 'Usage'],
    [['juge', 'x'], 'Did you mean judge?'],
    [['judge'], "missing required argument 'what'"],
    [['judge', 'x', '--stage', 'prod'], 'Allowed choices are development, testing, production'],
    [['judge', 'x', '--at', 'soon'], '2026-11-23T00:00:00Z'],
    [['judge', 'x', '--at', '2026-13-01'], 'It is an instant'],
    [['up', '--port', '70000'], 'a number from 0 to 65535'],
    [['images', '--dta', 'x'], 'Did you mean --data?'],
  ])('refuses %j, and says what is right', async (argv, words) => {
    const { code, stderr } = await run(argv);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
  });

  it.each([
    [['images'], 'there is no Cavendish data in'],
    [['inbox'], 'there is no Cavendish data in'],
    [['sightings'], 'there is no Cavendish data in'],
    [['affected', 'CVE-2026-1'], 'there is no Cavendish data in'],
    [['doctor'], 'there is no Cavendish data in'],
    [['dead-letters', 'redrive', '--all'], 'there is no Cavendish data in'],
    [['show', 'x'], 'there is no Cavendish data in'],
    [['judge', './nowhere.tar'], 'there is no file or folder ./nowhere.tar'],
    [['judge', 'team/UPPER'], 'team/UPPER'],
    [['feeds', 'import', '/nowhere'], '/nowhere'],
    [['appetite', 'check', '/nowhere.yaml'], '/nowhere.yaml'],
  ])('fails at %j with the reason', async (argv, words) => {
    const { code, stdout, stderr } = await run([...argv, '--data', join(folder.path, 'none')]);
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('completes commands', async () => {
    const shell = startChild(CLI, ['complete', '--', 'ju']);
    await shell.ended();
    expect(shell.output()).toContain('judge\t');
  });

  it('leaves a folder alone that is no home', async () => {
    const other = join(folder.path, 'project');
    await mkdir(other);
    await writeFile(join(other, 'package.json'), '{}');
    expect(await run(['up', '--data', other])).toMatchObject({
      code: 64,
      stderr: expect.stringContaining('keeps nothing there'),
    });
  });

  it('has words for what is empty', async () => {
    await run(['judge', '-', '--data', data], { stdin: Readable.from([await dockerSave([await debian()])]) });

    expect((await run(['images', '--data', data])).stdout).toContain('Nothing has been judged yet');
    expect((await run(['images', '--json', '--data', data])).stdout).toBe('[]\n');
    expect((await run(['inbox', '--data', data])).stdout).toContain('No notice yet');
    expect((await run(['feeds', '--data', data])).stdout).toContain('No intelligence is held');
  });
});

describe('judge', () => {
  it('takes an archive from standard input', async () => {
    const stdin = Readable.from([await dockerSave([await debian()])]);
    const { code, stdout } = await run(['judge', '-', '--json', '--data', data], { stdin });

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'unknown',
      stage: 'production',
      stageFrom: 'default',
      placement: null,
    });
  });

  it('judges every platform, or the one that is named', async () => {
    const layout = join(folder.path, 'multi');
    await writeLayout(layout, [await debian(), await debian('arm64')]);

    const both = await run(['judge', layout, '--json', '--data', data]);
    expect(JSON.parse(both.stdout)).toHaveLength(2);
    const one = await run(['judge', layout, '--platform', 'linux/arm64', '--json', '--data', data]);
    expect(JSON.parse(one.stdout)).toMatchObject({ image: { platform: { os: 'linux', architecture: 'arm64' } } });
    const none = await run(['judge', layout, '--platform', 'linux/s390x', '--data', data]);
    expect(none).toMatchObject({ code: 70, stderr: expect.stringContaining('It has: linux/amd64, linux/arm64.') });
  });

  it('knows an image by the repository that it is judged as', async () => {
    const layout = join(folder.path, 'as');
    await writeLayout(layout, [await debian()]);
    const { stdout } = await run(['judge', layout, '--as', 'sample/mine:2', '--json', '--data', data]);

    expect(JSON.parse(stdout)).toMatchObject({
      image: { reference: 'sample/mine:2' },
      asset: { id: 'sample' },
      stageFrom: 'asset',
      placement: { registry: 'embedded', repository: 'sample/mine' },
    });
  });

  it('judges by the appetite that is named, and a stage that only observes stops nothing', async () => {
    const layout = join(folder.path, 'observed');
    await writeLayout(layout, [await debian()]);
    const { stdout: text } = await run(['appetite', 'show', '--text']);
    const appetite = join(folder.path, 'appetite.yaml');
    await writeFile(appetite, text.replaceAll('mode: enforce', 'mode: observe'));

    const { code, stdout } = await run(['judge', layout, '--appetite', appetite, '--json', '--data', data]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'unknown', blocking: false, appetite: { source: appetite } });
  });

  it('shows people the answer, the gaps and what to do about feeds', async () => {
    const layout = join(folder.path, 'shown');
    await writeLayout(layout, [await debian()]);
    const { stdout, stderr } = await run(['judge', layout, '--data', data]);

    expect(stdout).toContain('UNKNOWN');
    expect(stdout).toContain('no repository is given: the default stage');
    expect(stdout).toContain('? unanswered-package: no advisories are held');
    expect(stdout).toContain('cavendish feeds import PATH');
    expect(stderr).toContain('scan');
    // Nothing here is a terminal.
    expect(stdout).not.toContain('\u001b[');
  });
});

describe('appetite', () => {
  it('is right by default, and says what it says', async () => {
    expect((await run(['appetite', 'check', '--json'])).stdout).toContain('"valid": true');
    expect((await run(['appetite', 'show'])).stdout).toContain('For production: a no-go and an unknown stop the image');
  });
});

describe('feeds', () => {
  it('are imported into the data folder that is named, complete for what is said', async () => {
    const other = join(folder.path, 'feeds-home');
    const record = {
      id: 'DSA-1-1',
      modified: '2026-11-20T00:00:00Z',
      affected: [
        {
          package: { ecosystem: 'Debian:12', name: 'bash' },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
        },
      ],
    };
    const path = join(folder.path, 'osv.json');
    await writeFile(path, JSON.stringify([record]));
    const imported = await run(['feeds', 'import', path, '--complete', 'Debian:12', '--data', other]);
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringContaining('answers for Debian:12') });

    const { stdout } = await run(['feeds', '--json', '--data', other]);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ id: 'osv-debian', completeFor: [{ ecosystem: 'Debian:12', packages: 'all' }] }),
    ]);
    expect((await run(['images', '--data', data])).code).toBe(0);
    expect((await run(['feeds', '--data', data])).stdout).toContain('No intelligence is held');
  });

  it('answer as JSON where that is asked of the import', async () => {
    const other = join(folder.path, 'feeds-json');
    const { code, stdout } = await run(['feeds', 'import', join(folder.path, 'osv.json'), '--json', '--data', other]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ feeds: [{ id: 'osv-debian', completeFor: [] }] });
  });
});
