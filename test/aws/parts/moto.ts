/**
 * moto: the services of AWS that the stack is deployed to, on loopback. moto_server.py says what is
 * added to it.
 *
 * It comes from PyPI and needs Python 3.10 or newer with pip.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { cached } from './cache.ts';

const VERSION = '5.2.5';
const LAUNCHER = join(import.meta.dirname, 'moto_server.py');

/** The folder of its Python packages; fetched where it is not there yet. */
export async function installMoto(): Promise<string> {
  return await cached(`moto-${VERSION}-packages`, async (folder) => {
    const options = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--target', folder];
    await promisify(execFile)('python3', ['-m', 'pip', 'install', ...options, `moto[server]==${VERSION}`]);
  });
}

export interface Moto {
  /** `http://localhost:PORT`: by that name buckets are found as the CDK's CLI asks for them. */
  readonly endpoint: string;
  /** What it wrote of itself and of each request, for whoever looks for a fault. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts one that holds nothing. */
export async function startMoto(): Promise<Moto> {
  const packages = await installMoto();
  const python = spawn('python3', [LAUNCHER], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PYTHONPATH: packages },
  });
  let log = '';
  python.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const ended = once(python, 'exit');
  for await (const line of createInterface(python.stdout)) {
    const port = /^listening on (\d+)$/u.exec(line)?.[1];
    if (port === undefined) continue;
    python.stdout.resume();
    return {
      endpoint: `http://localhost:${port}`,
      log: () => log,
      async stop() {
        python.stdin.end();
        await ended;
      },
    };
  }
  throw new Error(`moto did not start:\n${log}`);
}
