/** The command line as people have it, against moto. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import type { ApiFront } from '../../support/api-front.ts';
import { type ApiCaller, callingApi } from './api.ts';
import { awsEnvironment } from './environment.ts';

const CAVENDISH = join(import.meta.dirname, '..', '..', '..', 'bin', 'cavendish.ts');

export interface Answer {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

interface Home {
  readonly moto: { readonly endpoint: string };
  readonly api: Pick<ApiFront, 'url'>;
}

/** As the operator. */
export async function cavendish(home: Home, ...args: readonly string[]): Promise<Answer> {
  return await cavendishAs('OPERATOR', home, ...args);
}

export async function cavendishAs(caller: ApiCaller, { moto, api }: Home, ...args: readonly string[]): Promise<Answer> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CAVENDISH, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      ...awsEnvironment(moto.endpoint),
      ...callingApi(api, caller),
      CAVENDISH_HOME: 'aws:Cavendish',
    },
  });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, output, errors };
}

/** @throws with what it said where it fails, or does not answer JSON */
export async function cavendishJson(home: Home, ...args: readonly string[]): Promise<unknown> {
  const { code, output, errors } = await cavendish(home, ...args, '--json');
  if (code !== 0) throw new Error(`cavendish ${args.join(' ')} ended with ${code}: ${errors}${output}`);
  return JSON.parse(output);
}
