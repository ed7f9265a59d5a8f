/**
 * What is found of languages is what their package managers list themselves, of packages from the
 * registries that people have: npm, pnpm, yarn and pip.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { scanImage } from '../../lib/scanner/scan-image.ts';
import { image, layerOf, openImage } from '../support/images.ts';
import { memoryLayerCache } from '../support/layer-cache.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const MANIFEST = {
  name: 'app',
  version: '1.0.0',
  dependencies: { express: '4.17.1', lodash: '4.17.20', '@babel/core': '7', eslint: '8', renamed: 'npm:is-odd@3.0.1' },
};
const DISTRIBUTIONS = ['Django==3.2.0', 'requests==2.25.0', 'ruamel.yaml', 'zope.interface', 'Flask-Login'];

const execute = promisify(execFile);
let folder: TemporaryFolder;
let tools: string;

async function run(cwd: string, command: string, ...options: readonly string[]): Promise<string> {
  const { stdout } = await execute(command, options, { cwd, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Names and versions that a scan of the folder finds, each once. */
async function found(root: string, type: string): Promise<readonly string[]> {
  const tar = join(folder.path, 'root.tar');
  await run(root, 'tar', '-cf', tar, '.');
  const built = image([layerOf(await readFile(tar), 'plain')]);
  const { packages, gaps } = await scanImage(openImage(built), { cache: memoryLayerCache() });
  expect(gaps.map(({ kind }) => kind)).toEqual(['no-package-database']);
  expect(new Set(packages.map((one) => one.type))).toEqual(new Set([type]));
  return sorted(packages.map(({ name, version }) => `${name} ${version}`));
}

/** Of the lines `FOLDER:NAME@VERSION`, as npm and pnpm list what they installed; the first is the application. */
async function listed(root: string, ...command: readonly [string, ...string[]]): Promise<readonly string[]> {
  const lines = (await run(root, ...command)).trim().split('\n').slice(1);
  // Where a package has another name in the application, npm says `renamed@npm:is-odd@3.0.1`.
  return sorted(
    lines.map((line) => (/:(?:[^:]+@npm:)?([^:]+)$/u.exec(line)?.[1] ?? line).replace(/@([^@]+)$/u, ' $1')),
  );
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

async function application(name: string): Promise<string> {
  const root = join(folder.path, name);
  await mkdir(root);
  await writeFile(join(root, 'package.json'), JSON.stringify(MANIFEST));
  return root;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  tools = join(folder.path, 'tools');
  await mkdir(tools);
  await run(tools, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', 'pnpm@9', 'yarn@1');
}, 300_000);

afterAll(async () => {
  await folder.remove();
});

describe('what is installed is what is found', () => {
  it('of npm', async () => {
    const root = await application('npm');
    await run(root, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund');
    expect(await found(root, 'npm')).toEqual(await listed(root, 'npm', 'ls', '--all', '--parseable', '--long'));
  }, 300_000);

  it('of pnpm, with its store beside it', async () => {
    const root = await application('pnpm');
    const pnpm = join(tools, 'node_modules/pnpm/bin/pnpm.cjs');
    await run(root, 'node', pnpm, 'install', '--ignore-scripts', '--store-dir', join(root, '.store'));
    const theirs = await listed(root, 'node', pnpm, 'list', '--depth', 'Infinity', '--parseable', '--long');
    expect(await found(root, 'npm')).toEqual(theirs);
  }, 300_000);

  it('of yarn', async () => {
    const root = await application('yarn');
    await run(root, 'node', join(tools, 'node_modules/yarn/bin/yarn.js'), 'install', '--ignore-scripts', '--silent');
    expect(await found(root, 'npm')).toEqual(await listed(root, 'npm', 'ls', '--all', '--parseable', '--long'));
  }, 300_000);

  it('of pip, in a folder', async () => {
    const root = join(folder.path, 'python');
    await run(folder.path, 'python3', '-m', 'pip', 'install', '--quiet', '--target', root, ...DISTRIBUTIONS);
    const list = await run(folder.path, 'python3', '-m', 'pip', 'list', '--path', root, '--format', 'json');
    const theirs = (JSON.parse(list) as readonly { name: string; version: string }[]).map(
      ({ name, version }) => `${name.toLowerCase().replaceAll(/[-_.]+/gu, '-')} ${version}`,
    );
    expect(await readdir(root)).not.toEqual([]);
    expect(await found(root, 'pypi')).toEqual(sorted(theirs));
  }, 300_000);
});
