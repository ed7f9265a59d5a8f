import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';

import { run } from '../support/running-home.ts';
import { vectorsOf } from '../support/version-vectors.ts';

const SIGNS = new Map([
  ['<', '-1'],
  ['=', '0'],
  ['>', '1'],
]);

function compare(ecosystem: string, chunks: readonly (string | Uint8Array)[], ...options: readonly string[]) {
  return run(['versions', 'compare', ecosystem, ...options], { stdin: Readable.from(chunks) });
}

describe('versions compare', () => {
  it.each([
    ['Debian:12', '1.0~rc1', '1.0', '-1\n'],
    ['Alpine:v3.20', '1.2.3-r1', '1.2.3-r01', '0\n'],
    ['Red Hat:enterprise_linux:9::baseos', '2.0.1a', '2.0.1', '1\n'],
    ['npm', '1.2.3', '1.x', 'unparsable "1.x": it is not of the form 1.2.3-pre+build\n'],
  ])('answers for %s: %s, %s', async (ecosystem, a, b, stdout) => {
    expect(await run(['versions', 'compare', ecosystem, a, b])).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('answers as JSON', async () => {
    const { stdout } = await run(['versions', 'compare', 'npm', '1.2.3', '1.2.4', '--json']);
    expect(JSON.parse(stdout)).toEqual({ a: '1.2.3', b: '1.2.4', order: -1 });
    const refused = await run(['versions', 'compare', 'npm', 'latest', '1', '--json']);
    expect(JSON.parse(refused.stdout)).toEqual({
      a: 'latest',
      b: '1',
      order: null,
      unparsable: 'latest',
      why: 'it is not of the form 1.2.3-pre+build',
    });
  });

  it('takes a version that begins with a hyphen', async () => {
    expect(await run(['versions', 'compare', 'PyPI', '--', '-class.-jw', '1.0'])).toMatchObject({ stdout: '-1\n' });
  });

  it('answers pairs from standard input, a line each, in their order', async () => {
    const vectors = vectorsOf('alpine-versions.txt');
    const { code, stdout } = await compare('Alpine:v3.20', [vectors.map(({ a, b }) => `${a}\t${b}\n`).join('')]);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([...vectors.map(({ is }) => SIGNS.get(is)), '']);
  });

  it('reads lines however they come in pieces, the last without a break, those of Windows too', async () => {
    const bytes = new TextEncoder().encode('1.1.α\t1.1.β\r\n1\t2\n2\t1');
    const { stdout } = await compare(
      'Red Hat',
      Array.from(bytes, (byte) => Uint8Array.of(byte)),
    );
    expect(stdout).toBe('0\n-1\n1\n');
  });

  it('has an answer for each line that is no pair', async () => {
    const { code, stdout } = await compare('npm', ['1\n\n1\t2\t3\n1\t\u001b[31m\n1\t1\n']);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'unparsable "1": it is no pair: two versions with a tab between',
      'unparsable "": it is no pair: two versions with a tab between',
      'unparsable "1\t2\t3": it is no pair: two versions with a tab between'.replaceAll('\t', '\ufffd'),
      'unparsable "\ufffd[31m": it has space in it',
      '0',
      '',
    ]);
  });

  it('lets go of what is too long, and answers what follows', async () => {
    function* endless() {
      for (let megabytes = 0; megabytes < 64; megabytes += 1) yield '1'.repeat(1_048_576);
      yield `\n1\t2\n${'1'.repeat(1025)}\t1\n`;
    }
    const { stdout } = await run(['versions', 'compare', 'npm'], { stdin: Readable.from(endless()) });
    expect(stdout.split('\n')).toEqual([
      'unparsable "": the line is longer than 4096 characters',
      '-1',
      `unparsable "${'1'.repeat(64)}…": it is longer than 1024 characters`,
      '',
    ]);
    const json = await compare('npm', ['1'.repeat(5000)], '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ a: null, b: null, order: null });
  });

  it('can be ended', async () => {
    const ending = new AbortController();
    const stdin = new PassThrough();
    const running = run(['versions', 'compare', 'npm'], { stdin, signal: ending.signal });
    ending.abort();
    expect(await running).toMatchObject({ code: 70, stderr: 'error: it was ended before the last line\n' });
  });

  it.each([
    [['debian:12', '1', '2'], 'did you mean "Debian"?'],
    [['Alpin', '1', '2'], 'did you mean "Alpine"?'],
    [['constructor'], 'it is one of AlmaLinux, Alpaquita, Alpine'],
    [['npm', '1'], 'it takes two'],
    [[], "missing required argument 'ecosystem'"],
  ])('refuses %j, and says what is right', async (argv, words) => {
    const { code, stdout, stderr } = await run(['versions', 'compare', ...argv]);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(words);
  });

  it('names all ecosystems that it knows', async () => {
    const { code, stdout } = await run(['versions', 'compare', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Rocky Linux, RubyGems, SUSE');
  });
});
