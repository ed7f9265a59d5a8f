/** Programs that other people wrote, run as they are. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where each comes from, for whoever lacks one. */
const FROM = {
  dockerd: 'Debian: docker.io',
  docker: 'Debian: docker.io or docker-cli',
  skopeo: 'Debian: skopeo',
  buildah: 'Debian: buildah',
  mmdebstrap: 'Debian: mmdebstrap',
  mount: 'Debian: mount',
  crane: 'go install github.com/google/go-containerregistry/cmd/crane@latest',
} as const;

export type Tool = keyof typeof FROM;

export interface Ran {
  readonly output: string;
  readonly errors: string;
}

/** @throws where one is not installed: a suite that can't run must not pass */
export async function needTools(...tools: readonly Tool[]): Promise<void> {
  for (const tool of tools) {
    if (!(await isInstalled(tool))) throw new Error(`${tool} is not installed, so nothing was tested (${FROM[tool]})`);
  }
}

/** @throws with what it wrote where it fails */
export async function run(tool: Tool, ...args: readonly string[]): Promise<Ran> {
  const { code, ...ran } = await attempt(tool, ...args);
  if (code !== 0) throw new Error(`${tool} ${args.join(' ')} ended with ${code}:\n${ran.errors}${ran.output}`);
  return ran;
}

/** Runs what may fail. */
export async function attempt(tool: Tool, ...args: readonly string[]): Promise<Ran & { readonly code: number | null }> {
  const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, errors };
}

async function isInstalled(tool: Tool): Promise<boolean> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    try {
      await access(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      // Not in this folder: it may be in the next.
    }
  }
  return false;
}
