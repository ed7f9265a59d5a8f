/**
 * The package as another team gets it: packed, installed into an empty CDK app with npm, its types
 * checked, synthesised, and its command line run. Takes a minute and the npm cache; `npm run test:package`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { FUNCTIONS } from '../../lib/stacks/functions/names.ts';

const ROOT = join(import.meta.dirname, '../..');
const MINUTES = 60_000;

const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { Cavendish, type CavendishProps } from 'cavendish';

const props: CavendishProps = { repositories: ['team/*'] };
const app = new App({ outdir: 'cdk.out' });
new Cavendish(new Stack(app, 'Theirs'), 'Risk', props);
app.synth();
`;

let folder: string;

/** Runs a program in the app's folder on this Node, and gives what it printed. */
function run(command: string, ...args: readonly string[]): string {
  const PATH = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout;
}

function lockedVersion(name: string): string {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  return `${name}@${lock.packages[`node_modules/${name}`].version}`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cavendish-package-'));
  run('npm', 'pack', ROOT, '--silent');
  const filename = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "theirs", "type": "module", "private": true }');
  const peers = ['aws-cdk-lib', 'constructs', 'typescript', '@types/node'].map(lockedVersion);
  run(
    'npm',
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    `./${filename ?? 'nothing was packed'}`,
    ...peers,
  );
}, 5 * MINUTES);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the package', () => {
  it('ships JavaScript, types and bundles, and no TypeScript that Node would have to strip', () => {
    const installed = join(folder, 'node_modules/cavendish');
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });

    expect(files.filter((file) => /(?<!\.d)\.ts$/u.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['dist/lib/stacks/index.js', 'dist/lib/stacks/index.d.ts']));
    expect(readdirSync(join(installed, 'dist/functions')).sort()).toEqual([...FUNCTIONS].sort());
  });

  it(
    'is a construct in a CDK app of somebody else, by its types and when it is synthesised',
    () => {
      writeFileSync(join(folder, 'app.ts'), APP);
      run('npx', 'tsc', '--module', 'nodenext', '--target', 'es2024', '--strict', '--skipLibCheck', 'app.ts');
      run('node', 'app.js');

      const template = JSON.parse(readFileSync(join(folder, 'cdk.out/Theirs.template.json'), 'utf8'));
      const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
      expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(FUNCTIONS.length);
      expect(types).toContain('AWS::DynamoDB::Table');
      const assets = readdirSync(join(folder, 'cdk.out')).filter((name) => name.startsWith('asset.'));
      expect(assets.filter((name) => existsSync(join(folder, 'cdk.out', name, 'index.mjs')))).toHaveLength(
        FUNCTIONS.length,
      );
    },
    2 * MINUTES,
  );

  it(
    'brings the command line, which does the main job',
    () => {
      expect(run('npx', 'cavendish', '--version').trim()).toMatch(/^\d+\.\d+\.\d+$/u);
      const shown = run('npx', 'cavendish', 'up', '--sample', '--once', '--data', join(folder, 'home'), '--port', '0');
      expect(shown).toContain('NO-GO');
    },
    MINUTES,
  );
});
