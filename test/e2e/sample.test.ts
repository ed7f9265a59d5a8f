import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { SAMPLE } from '../../lib/cli/sample/sample.ts';
import { dpkgStatus, osRelease } from '../support/debian.ts';
import { file, image, layer, writeLayout } from '../support/images.ts';
import { run, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const AT = ['--at', SAMPLE.date];

let folder: TemporaryFolder;
let data: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = `${folder.path}/home`;
  const home = await startHome({ data, sample: true, once: true });
  expect(await home.ended).toBe(0);
});

afterAll(async () => {
  await folder.remove();
});

describe('the sample', () => {
  it('is on the board: no-go for production', async () => {
    const { code, stdout } = await run(['images', '--json', '--data', data]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        tag: '12.15',
        stage: 'production',
        verdict: 'no-go',
        blocking: true,
        at: '2026-11-23T00:00:00.000Z',
        placement: expect.objectContaining({ repository: 'sample/debian', digest: SAMPLE.digest }),
      }),
    ]);
  });

  it('is announced once, and a second start does nothing twice', async () => {
    const home = await startHome({ data, sample: true, once: true });
    expect(await home.ended).toBe(0);
    expect(home.events.filter(({ event }) => event === 'push' || event === 'notice')).toEqual([]);
    expect(home.events).toContainEqual({ event: 'sample', message: expect.stringContaining('nothing is done twice') });

    const { stdout } = await run(['inbox', '--json', '--data', data]);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        kind: 'verdict-changed',
        subject: expect.stringContaining('NO-GO: sample/debian:12.15'),
      }),
    ]);
  });

  it.each([
    ['development', 0, 'go'],
    ['production', 1, 'no-go'],
  ])('is judged from its layout for %s with exit code %i', async (stage, exitCode, verdict) => {
    const { code, stdout } = await run(['judge', SAMPLE.layout, '--stage', stage, '--json', '--data', data, ...AT]);

    expect(code).toBe(exitCode);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ verdict, stage, placement: null, stageFrom: 'given' });
    expect(Object.values<number>(document.counts).reduce((sum, count) => sum + count, 0)).toBe(15);
    expect(document.findings).toHaveLength(16);
  });

  it('is shown whole, and replays to the same bytes', async () => {
    const { stdout } = await run(['show', 'sample/debian:12.15', '--json', '--data', data]);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ verdict: 'no-go', tags: ['12.15'], history: [{ verdict: 'no-go' }] });

    const replayed = await run(['replay', document.assessment, '--json', '--data', data]);
    expect(replayed.code).toBe(0);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ outcome: 'identical', differences: [] });
  });

  it('gives an SBOM of its 88 packages', async () => {
    const { code, stdout } = await run(['sbom', SAMPLE.layout, '--data', data]);

    expect(code).toBe(0);
    const { components } = JSON.parse(stdout) as { components: readonly { readonly purl?: string }[] };
    expect(components.filter(({ purl }) => purl?.startsWith('pkg:deb/debian/') === true)).toHaveLength(88);
  });

  it('is unknown without intelligence, and says why', async () => {
    const empty = `${folder.path}/empty`;
    const { code, stdout } = await run([
      'judge',
      SAMPLE.layout,
      '--stage',
      'development',
      '--json',
      '--data',
      empty,
      ...AT,
    ]);

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'unknown',
      score: { inherent: null, residual: null, open: null },
      gaps: expect.arrayContaining([expect.objectContaining({ kind: 'unanswered-package', tolerated: false })]),
    });
  });

  it('with one package more, that its feeds do not answer for, is unknown for development, naming it', async () => {
    const packages = [
      { name: 'perl-base', version: '5.36.0-7+deb12u3', source: 'perl' },
      { name: 'left-pad', version: '1.0' },
    ];
    const entries = [file('etc/os-release', osRelease()), file('var/lib/dpkg/status', dpkgStatus(packages))];
    const layout = `${folder.path}/one-more`;
    await writeLayout(layout, [image([await layer(entries)])]);
    const { code, stdout } = await run(['judge', layout, '--stage', 'development', '--json', '--data', data, ...AT]);

    expect(code).toBe(2);
    const { verdict, gaps } = JSON.parse(stdout) as {
      verdict: string;
      gaps: readonly { subject: string; tolerated: boolean }[];
    };
    expect(verdict).toBe('unknown');
    expect(gaps.filter(({ tolerated }) => !tolerated).map(({ subject }) => subject)).toEqual(['Debian:12/left-pad']);
  });

  it('is pushed again where the appetite has come to name another stage, and is judged for that', async () => {
    const { stdout } = await run(['appetite', 'show', '--text']);
    const appetite = `${folder.path}/testing.yaml`;
    await writeFile(appetite, stdout.replace(/(- id: sample\n(?:.*\n)*?\s+stage:) production/u, '$1 testing'));
    const home = await startHome({ data, sample: true, once: true, appetite });

    expect(await home.ended).toBe(0);
    expect(home.events).toContainEqual(
      expect.objectContaining({ event: 'verdict', assessment: expect.objectContaining({ stage: 'testing' }) }),
    );
  });
});
