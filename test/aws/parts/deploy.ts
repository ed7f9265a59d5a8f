/** The CDK's own way onto an account that has nothing: synth, bootstrap, deploy. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { defaultAppetiteText } from '../../../lib/adapters/defaults/default-appetite.ts';
import { principalOfRole } from '../../support/api-front.ts';
import { ACCOUNT, awsEnvironment, REGION } from './environment.ts';

const CLI = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');

const CONFIG = join(import.meta.dirname, '..', 'cavendish.yaml');

export const STACK = 'Cavendish';

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

export interface Deployed {
  /** The bucket that the CDK publishes to. */
  readonly assets: string;
  readonly template: Template;
  readonly outputs: Readonly<Record<string, string>>;
}

/** @throws with all that the CLI said, where a step fails */
export async function deployStack(endpoint: string): Promise<Deployed> {
  const folder = await mkdtemp(join(tmpdir(), 'cavendish-deploy-'));
  try {
    const config = await writeConfig(folder);
    const [app, outputsFile] = [join(folder, 'cdk.out'), join(folder, 'outputs.json')];
    await cdk(endpoint, 'synth', '--quiet', '--output', app, '--context', `config=${config}`);
    await cdk(endpoint, 'bootstrap', '--app', app);
    // Change sets give no outputs there.
    const how = [
      '--require-approval',
      'never',
      '--ci',
      '--method=direct',
      '--exclusively',
      '--outputs-file',
      outputsFile,
    ];
    await cdk(endpoint, 'deploy', STACK, '--app', app, ...how);
    const outputs = await readJson<Readonly<Record<string, Deployed['outputs']>>>(outputsFile);
    return {
      assets: `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`,
      template: await readJson<Template>(join(app, `${STACK}.template.json`)),
      outputs: outputs[STACK] ?? {},
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The example people of the appetite that ships, who here also come as roles of AWS and have mailboxes. */
const PEOPLE = [
  { principal: 'laptop:owner', role: 'owner', email: 'olive@example.com' },
  { principal: 'laptop:approver', role: 'operator', email: 'amir@example.com' },
] as const;

/** The config with the appetite that ships, in which the example people are as those above. */
async function writeConfig(folder: string): Promise<string> {
  const [config, appetite] = [join(folder, 'cavendish.yaml'), join(folder, 'appetite.yaml')];
  const text = PEOPLE.reduce(
    (written, { principal, role, email }) => {
      const inQuotes = `'${principal}'`;
      const [before = '', after = ''] = written.split(`principals: [${inQuotes}`);
      return `${before}email: ${email}\n    principals: [${inQuotes}, '${principalOfRole(role)}'${after}`;
    },
    await defaultAppetiteText(),
  );
  await writeFile(appetite, text);
  await writeFile(config, `${await readFile(CONFIG, 'utf8')}appetite: appetite.yaml\n`);
  return config;
}

async function cdk(endpoint: string, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [CLI, ...args], {
    maxBuffer: 2 ** 26,
    env: {
      ...process.env,
      ...awsEnvironment(endpoint),
      CI: 'true',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_DISABLE_VERSION_CHECK: '1',
    },
  });
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
