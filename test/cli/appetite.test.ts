/** Another appetite, from rehearsal to adoption, by commands: on a home that runs, with its sample. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { presetText } from '../../lib/adapters/defaults/presets.ts';
import { SAMPLE } from '../../lib/cli/sample/sample.ts';
import type { Adoption } from '../../lib/core/appetite/adoption.ts';
import { run, type RunningHome, startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

/** The sample is judged as of the day before. */
const NOW = new Date(Date.parse(SAMPLE.date) + 86_400_000);

let folder: TemporaryFolder;
let data: string;
let home: RunningHome;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'home');
  home = await startHome({ data, sample: true, now: () => NOW });
  await home.until(({ event }) => event === 'hint');
});

afterAll(async () => {
  await home.stop();
  await folder.remove();
});

const ask = (...argv: readonly string[]) => run([...argv, '--data', data], { now: () => NOW });

async function json(...argv: readonly string[]): Promise<unknown> {
  return JSON.parse((await ask(...argv, '--json')).stdout);
}

describe('an appetite by commands', () => {
  it('shows what counts, which is the default until somebody decides', async () => {
    expect((await ask('appetite', 'show')).stdout).toMatch(/^In force: default appetite\n\nStatement\n/u);
    expect((await ask('appetite', 'show', '--text')).stdout).toBe(await presetText('balanced'));
    expect((await ask('appetite', 'history')).stdout).toContain('Nothing was adopted yet');
    expect(await json('appetite', 'history')).toEqual([]);
  });

  it('rehearses a preset over what is held, and keeps nothing', async () => {
    const before = await json('images');
    const { code, stdout, stderr } = await ask('appetite', 'rehearse', 'observe');

    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('By observe, of 1 verdict:\n  0 verdicts would be another');
    expect(stdout).toContain('sample/debian:12.15 linux/amd64 for production (still no-go, no longer stopped)');
    expect(await json('appetite', 'rehearse', 'strict')).toMatchObject({
      source: 'strict',
      judged: 1,
      changed: [{ broken: ['fixable-medium', 'unfixed-critical'], mended: ['fixable-unrated'] }],
      failed: [],
    });
    expect(await json('images')).toEqual(before);
  });

  it('tells two of them apart', async () => {
    const { stdout } = await ask('appetite', 'diff', 'in-force', 'observe');

    expect(stdout).toContain('~ statement: another text');
    expect(stdout).toContain('~ stages.production.mode: enforce -> observe');
    expect(stdout).toContain('4 differences');
    expect((await ask('appetite', 'diff', 'balanced', 'in-force')).stdout).toBe('They say the same.\n');
  });

  it('refuses a file with mistakes before anything is asked of the home', async () => {
    const file = join(folder.path, 'wrong.yaml');
    await writeFile(file, (await presetText('strict')).replace('version: 1', 'version: 2'));
    for (const argv of [
      ['rehearse', file],
      ['adopt', file, '--why', 'x', '--as', 'approver'],
      ['check', file],
    ]) {
      const { code, stderr } = await ask('appetite', ...argv);
      expect(code).toBe(70);
      expect(stderr).toContain('wrong.yaml:');
      expect(stderr).toContain('version is 2');
    }
  });

  it('lets nobody adopt who is no operator, and nobody without a reason', async () => {
    expect(await ask('appetite', 'adopt', 'observe', '--why', 'x', '--as', 'owner')).toMatchObject({
      code: 70,
      stderr: expect.stringContaining('Olive Owner (laptop:owner) may not do this') as unknown,
    });
    expect((await ask('appetite', 'adopt', 'observe', '--as', 'approver')).stderr).toContain('--why');
    expect(await json('appetite', 'history')).toEqual([]);
  });

  it('adopts one in the running home, which judges by it without a restart', async () => {
    const seen = home.events.length;
    const { code, stdout, stderr } = await ask(
      'appetite',
      'adopt',
      'observe',
      '--why',
      'look first',
      '--as',
      'approver',
    );
    expect(code).toBe(0);
    expect(stderr).toContain('not enforced');
    expect(stdout).toContain('observe is in force: sha256:');

    await home.until(
      (event) =>
        home.events.indexOf(event) >= seen && event.event === 'again' && event.step === 'judged' && event.changed > 0,
    );
    expect(await json('images')).toMatchObject([{ verdict: 'no-go', blocking: false }]);
    const [adoption] = (await json('appetite', 'history')) as Adoption[];
    expect(adoption).toMatchObject({
      ...{ name: 'observe', why: 'look first', at: NOW.toISOString() },
      by: { principal: 'laptop:approver', person: 'Amir Approver' },
    });
    const { assessment } = ((await json('images')) as { readonly assessment: string }[])[0] ?? {};
    expect((await ask('replay', assessment ?? '')).stdout).toContain('identical');
  });

  it('keeps each version by its digest, and goes back to one by it', async () => {
    const [{ before, hash } = { before: '', hash: '' }] = (await json('appetite', 'history')) as Adoption[];
    const shown = await ask('appetite', 'show', before.slice(7, 19), '--text');
    expect(shown.stdout).toBe(await presetText('balanced'));
    expect((await ask('appetite', 'diff', before, hash.slice(7, 15))).stdout).toContain('4 differences');

    const seen = home.events.length;
    await ask('appetite', 'adopt', before, '--why', 'seen enough', '--as', 'approver');
    await home.until(
      (event) => home.events.indexOf(event) >= seen && event.event === 'again' && event.step === 'judged',
    );
    expect(await json('images')).toMatchObject([{ verdict: 'no-go', blocking: true }]);
    expect(await json('appetite', 'history')).toHaveLength(2);
  });

  it('says where the file of the home differs from what was adopted, and by which file nothing may be judged', async () => {
    const file = join(data, 'appetite.yaml');
    await writeFile(file, await presetText('ssvc'));

    expect((await ask('appetite', 'show')).stdout).toContain(
      `${file} differs from it and does not count until it is adopted.`,
    );
    expect((await ask('doctor', '--patience', '0')).stdout).toContain(`${file} differs from it and does not count`);
    expect((await ask('appetite', 'check')).stdout).toContain(`${file} is right`);
    await home.stop();
    await expect(startHome({ data, appetite: file, now: () => NOW })).rejects.toMatchObject({ code: 'wrong-use' });
  });
});

describe('without a home', () => {
  it('shows, compares and prints what comes with Cavendish', async () => {
    const nowhere = join(folder.path, 'nowhere');
    expect((await run(['appetite', 'show', '--text', '--data', nowhere])).stdout).toBe(await presetText('balanced'));
    expect((await run(['appetite', 'presets'])).stdout).toMatch(
      /^balanced .*\nstrict .*\nobserve .*\nbod-26-04 .*\nssvc /u,
    );
    expect((await run(['appetite', 'presets', 'ssvc'])).stdout).toBe(await presetText('ssvc'));
    expect((await run(['appetite', 'presets', 'lenient'])).stderr).toContain('Allowed choices are balanced');
    expect(JSON.parse((await run(['appetite', 'schema'])).stdout)).toMatchObject({
      title: 'Risk appetite of Cavendish',
    });
    expect((await run(['appetite', 'diff', 'bod-26-04', 'in-force', '--data', nowhere])).stdout).toContain(
      'differences',
    );
  });
});
