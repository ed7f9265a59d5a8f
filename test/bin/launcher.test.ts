import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const LAUNCHER = join(import.meta.dirname, '../../bin/cavendish.js');

/** A Node of today that says it is an old one, and tells the program that it was started by one. */
const PRETENDED: readonly string[] = [
  process.execPath,
  '--import',
  'data:text/javascript,Object.defineProperty(process,"version",{value:"v20.20.2"})',
];

/** The old Nodes to start the launcher on: a pretended one, and the machine's own where it has one. */
function oldNodes(): readonly (readonly [string, readonly string[]])[] {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'node'))
    .filter((path) => existsSync(path))
    .find((path) => /^v(1[2-9]|2[0-3])\./u.test(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout));
  return [['a pretended old Node', PRETENDED], ...(found === undefined ? [] : [['an old Node', [found]] as const])];
}

/** A program in place of Cavendish, in TypeScript: says what it was given and what it runs on. */
const PROGRAM = `
const [command, value]: string[] = process.argv.slice(2);
if (command === 'exit') process.exitCode = Number(value);
if (command === 'die') process.kill(process.pid, value as NodeJS.Signals);
if (command === 'warn') { process.emitWarning('strange', 'ExperimentalWarning'); process.emitWarning('plain'); }
if (command === 'wait') {
  process.once('SIGTERM', () => { console.log('told to end'); process.exitCode = 3; clearInterval(timer); });
  const timer = setInterval(() => {}, 1000);
}
console.log(process.versions.node.split('.')[0], JSON.stringify(process.argv.slice(2)));
`;

let folder: string;

function put(path: string, text: string, mode = 0o644): void {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
}

/** The `node` package as its install script leaves it. */
function bundle(node: 'today' | 'absent' | 'unbuilt' | { readonly script: string }): void {
  if (node === 'absent') return;
  put('node_modules/node/package.json', '{}');
  if (node === 'today') {
    mkdirSync(join(folder, 'node_modules/node/bin'));
    symlinkSync(process.execPath, join(folder, 'node_modules/node/bin/node'));
  } else if (node !== 'unbuilt') {
    put('node_modules/node/bin/node', node.script, 0o755);
  }
}

function launch(node: readonly string[], ...args: readonly string[]) {
  const [command = '', ...options] = node;
  const { status, signal, stdout, stderr } = spawnSync(
    command,
    [...options, join(folder, 'bin/cavendish.js'), ...args],
    {
      encoding: 'utf8',
    },
  );
  return { status, signal, stdout, stderr };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cavendish-launcher-'));
  put('package.json', '{ "type": "module" }');
  put('bin/cavendish.ts', PROGRAM);
  copyFileSync(LAUNCHER, join(folder, 'bin/cavendish.js'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the launcher on a Node that is new enough', () => {
  const today = [process.execPath];

  it('runs the program in the same process, with its arguments', () => {
    expect(launch(today, 'a', 'b c')).toMatchObject({ status: 0, stdout: expect.stringContaining('["a","b c"]') });
  });

  it('hides experimental warnings and no others', () => {
    const { stderr } = launch(today, 'warn');

    expect(stderr).toContain('Warning: plain');
    expect(stderr).not.toContain('strange');
  });

  it('says to install where nothing is installed', () => {
    put('bin/cavendish.ts', `import 'zod';`);

    expect(launch(today)).toMatchObject({ status: 70, stderr: expect.stringContaining('Run: npm ci\n') });
  });

  it('shows what else goes wrong, and fails', () => {
    bundle('unbuilt');
    put('bin/cavendish.ts', `throw new Error('the roof is down');`);

    expect(launch(today)).toMatchObject({ status: 70, stderr: expect.stringContaining('the roof is down') });
  });
});

describe('the launcher of an installed package', () => {
  const inPackage = (path: string): string => join('node_modules/cavendish', path);

  beforeEach(() => {
    rmSync(join(folder, 'bin'), { recursive: true });
    put(inPackage('package.json'), '{ "type": "module" }');
    put(inPackage('dist/bin/cavendish.js'), `console.log('compiled', process.argv.slice(2).join());`);
    mkdirSync(join(folder, inPackage('bin')));
    copyFileSync(LAUNCHER, join(folder, inPackage('bin/cavendish.js')));
  });

  it.each(['node_modules/node', inPackage('node_modules/node')])(
    'runs the compiled program, on the Node in %s where this one is old',
    (place) => {
      mkdirSync(join(folder, place, 'bin'), { recursive: true });
      symlinkSync(process.execPath, join(folder, place, 'bin/node'));
      for (const [command = '', ...options] of [[process.execPath], PRETENDED]) {
        const { stdout } = spawnSync(command, [...options, join(folder, inPackage('bin/cavendish.js')), 'a'], {
          encoding: 'utf8',
        });
        expect(stdout).toBe('compiled a\n');
      }
    },
  );
});

describe.each(oldNodes())('the launcher on %s', (_, node) => {
  it('runs the program on the Node that came with it', () => {
    bundle('today');

    expect(launch(node, 'a', 'b c')).toEqual({
      status: 0,
      signal: null,
      stdout: `${process.versions.node.split('.', 1).join('')} ["a","b c"]\n`,
      stderr: '',
    });
  });

  it.each([0, 1, 70])('passes exit code %i on', (code) => {
    bundle('today');

    expect(launch(node, 'exit', String(code)).status).toBe(code);
  });

  it('dies of the signal that the program died of', () => {
    bundle('today');

    expect(launch(node, 'die', 'SIGKILL')).toMatchObject({ status: null, signal: 'SIGKILL' });
  });

  it('hands SIGTERM on, and waits for the program to end', async () => {
    bundle('today');
    const [command = '', ...options] = node;
    const child = spawn(command, [...options, join(folder, 'bin/cavendish.js'), 'wait'], { stdio: 'pipe' });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(child.stdout, 'data');

    child.kill('SIGTERM');

    expect(await once(child, 'close')).toEqual([3, null]);
    expect(said).toContain('told to end');
  });

  it.each([
    { what: 'nothing is installed', bundled: 'absent', run: 'npm ci\n' },
    { what: 'the install script did not run', bundled: 'unbuilt', run: 'npm rebuild node --ignore-scripts=false\n' },
    { what: 'the binary does not run', bundled: { script: 'no program' }, run: 'npm rebuild node' },
    { what: 'the binary fails', bundled: { script: '#!/bin/sh\nexit 1' }, run: 'npm rebuild node' },
    { what: 'it is old too', bundled: { script: '#!/bin/sh\necho v22.1.0' }, run: 'npm rebuild node' },
  ] as const)('says what to do where $what', ({ bundled, run }) => {
    bundle(bundled);

    const { status, stdout, stderr } = launch(node, 'up');

    expect({ status, stdout }).toEqual({ status: 70, stdout: '' });
    expect(stderr).toContain('Cavendish needs Node 24 or newer. This is Node ');
    expect(stderr).toContain(`Run: ${run}`);
  });

  it('says how to get the package where it was left out', () => {
    mkdirSync(join(folder, 'node_modules'));

    expect(launch(node).stderr).toContain('Run: npm ci --include=optional');
  });
});
